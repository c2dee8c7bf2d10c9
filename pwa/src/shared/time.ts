/**
 * Days and moments in the county's time, which is +08:00 wherever the phone believes itself to be.
 *
 * Deliberately not here: how a day is written for people.
 */
const OFFSET_MS = 8 * 3600 * 1000

/** The day of a moment: `YYYY-MM-DD`. */
export function dayOf(moment: number): string {
  return new Date(moment + OFFSET_MS).toISOString().slice(0, 10)
}

/** A moment to the minute: `YYYY-MM-DDTHH:MM+08:00`. */
export function minuteOf(moment: number): string {
  return `${new Date(moment + OFFSET_MS).toISOString().slice(0, 16)}+08:00`
}
