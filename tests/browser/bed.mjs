// Where the cases of a file begin: a running county without its year, and a browser.
//
// Always true: both are gone after the file's last case. Deliberately not here: phones and clerks; each case has its own.

import { after, before } from 'node:test'
import { launch } from './chromium.mjs'
import { County } from './county.mjs'
import { startServer } from './server.mjs'

/** `server`, `county` and `browser` are there once a case runs. */
export function countyBed() {
  const bed = {}
  before(async () => {
    bed.server = await startServer()
    bed.county = new County(bed.server)
    bed.browser = await launch()
  })
  after(async () => {
    await bed.browser?.close()
    await bed.server?.stop()
  })
  return bed
}
