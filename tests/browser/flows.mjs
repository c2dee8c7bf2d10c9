// What a worker taps for one piece of work, on defaults: the flows that are counted and timed.
//
// Always true: a flow begins at the first screen with the list and ends with the tap that confirms. Deliberately not here:
// counting, timing, and waiting for what is shown then.

export const FLOWS = {
  /** The standard visit to the first household that is left. */
  async festival_visit(taps, page) {
    await taps.tap(page, page.locator('ul.rows button.row:enabled').first())
    await taps.tap(page, page.getByRole('button', { name: '送到家了' }))
    return {}
  },
}
