/**
 * Hears from the county that a feed moved, while the app is in sight.
 *
 * Always true: what is heard is only a reason for an exchange, never data. It is a help, not a need: without it the
 * phone still exchanges whenever it has something or comes into sight. Deliberately not here: the exchange.
 */
export class Events {
  private source: EventSource | undefined

  constructor(
    private readonly moved: () => void,
    private readonly ended: () => void,
  ) {}

  /** Opens the stream unless it is open; the cookie for it came with the last answer. */
  ensure(): void {
    if (this.source && this.source.readyState !== EventSource.CLOSED) return
    this.source = new EventSource('/api/events')
    const { source } = this
    source.addEventListener('feed', () => this.moved())
    // A broken line is mended by the browser; a refusal (the cookie has run out) is not: an exchange brings a new one.
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && source === this.source) this.ended()
    })
  }

  close(): void {
    this.source?.close()
    this.source = undefined
  }
}
