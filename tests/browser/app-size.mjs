// Measures what the web app loads: `node app-size.mjs SERVER CODE` prints one JSON object.
//
// Method: a phone is enrolled; all caches are emptied and its stored data kept; the app is opened again and every body is
// counted as the server sends it (brotli). Always true: what the service worker fetches counts for the phone, once a file;
// the list is drawn when the page itself has painted its first household, whenever somebody looks. Deliberately not here:
// the exchange's own bytes.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { launch } from './chromium.mjs'
import { startRelay } from './relay.mjs'

const QUIET_MS = 3000

/** In the page: notes the moment, of the machine's clock, at which the first household was painted. */
function noteTheList() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('ul.rows button.row')) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => (globalThis.drawn = performance.timeOrigin + performance.now())))
  })
  observer.observe(document, { childList: true, subtree: true })
}

/** Resolves once the relay has passed nothing of the app on for a while. */
async function quiet(relay) {
  let seen = -1
  while (seen !== relay.log.length) {
    seen = relay.log.length
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  }
}

async function forgetCaches(context, page) {
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  })
  const session = await context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await page.goto('about:blank')
}

/** Bytes under brotli: as sent, or, where a debug server sends plain bytes, as a release server would. */
function brotliBytes({ encoding, type, bytes, body }) {
  const isPacked = encoding === 'br' || /^image\/(png|jpeg|webp)|font/.test(type)
  return isPacked ? bytes : Math.min(bytes, brotliCompressSync(Buffer.concat(body)).length)
}

function sum(entries) {
  const files = new Map(entries.map((entry) => [entry.path.split('?')[0], brotliBytes(entry)]))
  return { bytes: [...files.values()].reduce((total, bytes) => total + bytes, 0), files }
}

const [server, code] = process.argv.slice(2)
const relay = await startRelay(server)
const browser = await launch()
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
const page = await context.newPage()
await page.goto(`${relay.url}/#enrol=${code}`)
await page.locator('main.enrol button[type=submit]').click()
await page.locator('ul.rows button.row').first().waitFor()
await quiet(relay)
await forgetCaches(context, page)

relay.log.length = 0
await page.addInitScript(noteTheList)
await page.goto(`${relay.url}/`)
await page.waitForFunction(() => globalThis.drawn)
const drawn = (await page.evaluate(() => globalThis.drawn)) - performance.timeOrigin
await quiet(relay)
const app = relay.log.filter((entry) => entry.method === 'GET' && entry.status === 200 && !entry.path.startsWith('/api/'))
const isWasm = (entry) => entry.path.endsWith('.wasm')
const first = app.filter((entry) => entry.at <= drawn)
const firstPaint = sum(first)
const phone = sum(app.filter((entry) => !isWasm(entry)))
const wasm = sum(app.filter(isWasm))
if (process.env.EVIDENCE) {
  mkdirSync(process.env.EVIDENCE, { recursive: true })
  writeFileSync(join(process.env.EVIDENCE, 'app-size-files.json'), JSON.stringify({ drawn, log: relay.log }, null, 1))
  await page.screenshot({ path: join(process.env.EVIDENCE, 'app-size.png') })
}
await browser.close()
console.log(
  JSON.stringify({
    first_paint_brotli_bytes: firstPaint.bytes,
    phone_without_wasm_brotli_bytes: phone.bytes,
    wasm_brotli_bytes: wasm.bytes,
    requests_first_paint: first.length,
    files: phone.files.size + wasm.files.size,
  }),
)
process.exit(0)
