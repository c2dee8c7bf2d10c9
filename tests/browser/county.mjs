// The county as a program asks it: links, registers, records; and waiting until it has something.
//
// Always true: waiting ends with a sentence about what was waited for; it looks again each time a feed moves. Deliberately
// not here: what is expected.

const PATIENCE_MS = 60_000
const LISTEN_MS = 500

export class County {
  constructor({ url, api_token: token }) {
    Object.assign(this, { url, token })
  }

  async ask(method, path, body) {
    const headers = { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) }
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) })
    const text = await answer.text()
    return { status: answer.status, value: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
  }

  /** As `ask`, where nothing else than success will do. */
  async must(method, path, body) {
    const { status, value } = await this.ask(method, path, body)
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(value)}`)
    return value
  }

  async enrolmentLink(unit, person) {
    return (await this.must('POST', '/api/county/links', { unit, person })).url
  }

  /** A sign-in link for somebody new of the county's staff. */
  async signInLink(person) {
    return (await this.must('POST', '/api/county/links', { unit: null, person })).url
  }

  /** Villages in which at least five people are still to be visited: `{ unit, name }`, those with most first. */
  async villages() {
    const campaign = (await this.must('GET', '/api/county/campaigns')).find(({ open }) => open)
    const waiting = new Map()
    for (const { unit } of await this.must('GET', `/api/county/pending?campaign=${campaign.id}`)) {
      waiting.set(unit, (waiting.get(unit) ?? 0) + 1)
    }
    const names = new Map((await this.must('GET', '/api/county/units')).map(({ unit, name }) => [unit, name]))
    const sorted = [...waiting].filter(([, people]) => people >= 5).sort(([, one], [, other]) => other - one)
    return sorted.map(([unit]) => ({ unit, name: names.get(unit) }))
  }

  async records(asked) {
    return this.must('POST', '/api/county/records', asked)
  }

  /** Resolves with what `find` gives once it gives something. */
  async waitFor(what, find) {
    const until = performance.now() + PATIENCE_MS
    const events = new Events(this)
    try {
      for (;;) {
        const found = await find(this)
        if (found) return found
        if (performance.now() > until) throw new Error(`waited in vain for ${what}`)
        await events.next()
      }
    } finally {
      events.close()
    }
  }

  /** Waits for a record of a register that `fits`; resolves with its row. */
  async recordOf(register, fits = () => true) {
    return this.waitFor(`a record of ${register}`, async () => (await this.records({ register, limit: 200 })).rows.find(fits))
  }
}

/** The stream of events, as a thing to wait on. */
class Events {
  constructor({ url, token }) {
    this.stop = new AbortController()
    const headers = { cookie: `__Host-staff=${token}` }
    this.reader = fetch(`${url}/api/events`, { headers, signal: this.stop.signal })
      .then(({ body }) => body.getReader())
      .catch(() => null)
  }

  /** Resolves once something came, or it was quiet for a while. */
  async next() {
    const quiet = new Promise((resolve) => setTimeout(resolve, LISTEN_MS))
    const reader = await this.reader
    this.reading ??= reader?.read().catch(() => ({ done: true }))
    const heard = await Promise.race([quiet, this.reading])
    if (heard) this.reading = null
    if (heard?.done) this.reader = Promise.resolve(null)
  }

  close() {
    this.stop.abort()
  }
}
