// Watches a page for what must never happen: a violation of the security policy, an error in the console, an exception, a
// question for the place or the camera.
//
// Always true: a failed request in a valley without signal is no complaint, nor is not yet being signed in; anything else is. Deliberately not here: deciding
// when to look (`assertClean` does, at the end of a case).

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const NO_SIGNAL = /net::ERR_(INTERNET_DISCONNECTED|EMPTY_RESPONSE|CONNECTION_(RESET|REFUSED|CLOSED)|INCOMPLETE_CHUNKED_ENCODING|FAILED|NETWORK_CHANGED)/

/** Complaints of all pages of a context. */
export function watch(context, name) {
  const complaints = []
  const add = (what) => NO_SIGNAL.test(what) || complaints.push(`${name}: ${what}`)
  context.on('console', (message) => {
    // The workbench asks who is signed in; that nobody is, or that there is no county yet, is an answer.
    if (message.location().url.endsWith('/api/session') && /401|503/.test(message.text())) return
    if (message.type() === 'error' || /Content Security Policy|Trusted/i.test(message.text())) add(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => add(String(error.error().stack ?? error.error())))
  const told = context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
    const never = [
      [Geolocation.prototype, 'getCurrentPosition'],
      [Geolocation.prototype, 'watchPosition'],
      [globalThis.MediaDevices?.prototype ?? {}, 'getUserMedia'],
    ]
    for (const [owner, name] of never) owner[name] = () => console.error(`the app asked for ${name}`)
  })
  return { complaints, told }
}

/** Fails with everything that was complained about. */
export function assertClean(...watches) {
  assert.deepEqual(
    watches.flatMap((one) => one.complaints),
    [],
  )
}

/** Refuses place and camera, as a careful person does in the browser's own settings. */
export async function refuse(context, origin) {
  await context.clearPermissions()
  const session = await context.browser().newBrowserCDPSession()
  for (const name of ['geolocation', 'camera', 'microphone']) {
    await session.send('Browser.setPermission', { permission: { name }, setting: 'denied', origin })
  }
  await session.detach()
}

/** Leaves a picture in the folder named by SCREENSHOTS, if there is one. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
