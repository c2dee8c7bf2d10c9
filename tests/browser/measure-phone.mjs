// Measures work on a slow phone: `node measure-phone.mjs SERVER CODE RECORDS` prints one JSON object.
//
// Method: a phone is enrolled in a browser with a profile on disk and waits until all of the village is on it. Then there is
// no network any more, and the page's processor time is cut to a sixth by the browser's own switch (which leaves workers
// alone). Each opening is that of a closed app: a fresh browser process on the same profile, counted from the beginning of
// the navigation to the frame that shows the first household. A visit is saved when the frame with its confirmation is
// shown, counted from the moment the finger lets go. Always true: a flow is counted from the closed app, on defaults. Deliberately not
// here: the village (the harness brings it).

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOn } from './chromium.mjs'
import { stored, untilOfflineReady, untilRecords } from './kept.mjs'
import { startRelay } from './relay.mjs'
import { countTyped, Taps } from './taps.mjs'
import { FLOWS } from './flows.mjs'

const SLOWED = 6
const OPENINGS = Number(process.env.OPENINGS ?? 20)
const VISITS_EACH = 3
const evidence = process.env.EVIDENCE

const [server, code, records] = process.argv.slice(2)
const profile = mkdtempSync(join(tmpdir(), 'zoufang-phone-'))
const relay = await startRelay(server)
const address = `${relay.url}/`

/** In the page: notes when the first household is shown, and how long each tap takes to its confirmation. */
function timeTheScreen() {
  const timed = (globalThis.timed = { list_ms: null, saved_ms: [] })
  const listeners = new Set()
  const note = (change) => (change(), listeners.forEach((listener) => listener()))
  /** Resolves once `reached` holds. Nobody looks at the page meanwhile: looking costs time, too. */
  globalThis.once = (reached) =>
    new Promise((resolve) => {
      const look = () => reached(timed) && (listeners.delete(look), resolve())
      listeners.add(look)
      look()
    })
  let touched = null
  const shown = (take) =>
    requestAnimationFrame(() => {
      // What is posted in a frame runs after it was painted.
      const channel = new MessageChannel()
      channel.port1.onmessage = () => note(() => take(performance.now()))
      channel.port2.postMessage(null)
    })
  addEventListener('pointerup', (event) => (touched = event.timeStamp), true)
  const isConfirmation = (node) => node.nodeType === 1 && (node.matches('.outcome') || node.querySelector('.outcome'))
  new MutationObserver((changes) => {
    if (timed.list_ms === null && document.querySelector('ul.rows button.row')) {
      timed.list_ms = 0
      shown((now) => (timed.list_ms = now))
    }
    if (touched === null || !changes.some(({ addedNodes }) => [...addedNodes].some(isConfirmation))) return
    const from = touched
    touched = null
    shown((now) => timed.saved_ms.push(now - from))
  }).observe(document, { childList: true, subtree: true })
}

/** Opens a closed phone: a fresh process on the same profile. Returns the browser's context and an empty page. */
async function takeUp(options = {}) {
  const context = await launchOn(profile, {
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...options,
  })
  await countTyped(context)
  await context.addInitScript(timeTheScreen)
  const page = context.pages()[0] ?? (await context.newPage())
  page.isTouch = true
  return { context, page }
}

async function slow(context, page) {
  await context.setOffline(true)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
}

/** Resolves with the number of people once the records are there, with all that the app needs without a network. */
async function fetchAll() {
  const { context, page } = await takeUp()
  await page.goto(`${address}#enrol=${code}`)
  await page.locator('main.enrol button[type=submit]').click()
  await page.locator('ul.rows button.row').first().waitFor()
  await untilRecords(page, Number(records))
  await untilOfflineReady(page)
  const tables = await stored(page, 'tables')
  const homes = tables.filter(({ name }) => name === 'village').flatMap(({ value }) => value.households)
  await context.close()
  return homes.reduce((sum, home) => sum + home.people.length, 0)
}

/** How much slower the page's thread is than it would be: a fixed piece of arithmetic, with and without. */
async function slowdown() {
  const { context, page } = await takeUp()
  await page.goto('about:blank')
  const work = () => page.evaluate(() => {
    const once = () => {
      const started = performance.now()
      let sum = 0
      for (let number = 0; number < 2e7; number += 1) sum += Math.sqrt(number)
      return sum > 0 ? performance.now() - started : 0
    }
    return Math.min(once(), once(), once())
  })
  const plain = await work()
  await slow(context, page)
  const slowed = await work()
  await context.close()
  return slowed / plain
}

async function openTimed(page) {
  await page.goto(address, { waitUntil: 'commit' })
  await page.evaluate(() => globalThis.once(({ list_ms }) => list_ms > 0))
}

async function isSaved(page, count = 1) {
  await page.evaluate((wanted) => globalThis.once(({ saved_ms }) => saved_ms.length >= wanted), count)
}

/** One opening and some visits, timed. */
async function timedRound() {
  const { context, page } = await takeUp()
  await slow(context, page)
  await openTimed(page)
  const taps = new Taps()
  for (let visit = 1; visit <= VISITS_EACH; visit += 1) {
    await FLOWS.festival_visit(taps, page)
    await isSaved(page, visit)
  }
  const timed = await page.evaluate(() => globalThis.timed)
  await context.close()
  return timed
}

/** Where the time of an opening and its first visit goes: a trace that the browser's own tools open. */
async function traced() {
  const { context, page } = await takeUp()
  await slow(context, page)
  const session = await context.newCDPSession(page)
  const keep = async (name, work) => {
    const categories = 'devtools.timeline,v8.execute,blink.user_timing,disabled-by-default-v8.cpu_profiler'
    await session.send('Tracing.start', { transferMode: 'ReturnAsStream', categories })
    await work()
    const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
    await session.send('Tracing.end')
    const { stream: handle } = await ended
    let text = ''
    for (let piece = { eof: false }; !piece.eof; text += piece.data) piece = await session.send('IO.read', { handle })
    writeFileSync(join(evidence, `${name}.trace.json`), text)
  }
  await keep('opening-and-visit', async () => {
    await openTimed(page)
    await FLOWS.festival_visit(new Taps(), page)
    await isSaved(page)
  })
  await context.close()
}

/** A flow from the closed app, counted. */
async function counted(name) {
  const folder = evidence && join(evidence, name)
  const { context, page } = await takeUp(folder ? { recordHar: { path: join(evidence, `${name}.har`) } } : {})
  await slow(context, page)
  const taps = new Taps(folder)
  await openTimed(page)
  await taps.add(page, 'open', '走访')
  const found = await FLOWS[name](taps, page)
  if (found.isSaved) await isSaved(page)
  const typed = await page.evaluate(() => globalThis.typedLetters)
  if (folder) {
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, 'end.png') })
    writeFileSync(join(evidence, `${name}.json`), JSON.stringify({ taps: taps.list, typed, ...found }, null, 1))
  }
  await context.close()
  return { taps: taps.count, typed, ...found }
}

function p95(values) {
  const sorted = [...values].sort((one, other) => one - other)
  return Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1])
}

const people = await fetchAll()
relay.down()
const flows = {}
for (const name of Object.keys(FLOWS)) flows[name] = await counted(name)
const rounds = []
for (let opening = 0; opening < OPENINGS; opening += 1) rounds.push(await timedRound())
const lists = rounds.map(({ list_ms }) => list_ms)
const saved = rounds.flatMap(({ saved_ms }) => saved_ms)
const cpu_slowed = await slowdown()
if (evidence) await traced()
if (evidence) writeFileSync(join(evidence, 'phone-times.json'), JSON.stringify({ lists, saved, cpu_slowed }, null, 1))
rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
console.log(
  JSON.stringify({
    open_to_list_ms_p95: p95(lists),
    open_to_list_runs: lists.length,
    tap_to_saved_ms_p95: p95(saved),
    tap_to_saved_runs: saved.length,
    festival_visit_taps: flows.festival_visit.taps,
    festival_visit_typed: flows.festival_visit.typed,
    ceremony_taps: flows.ceremony.taps,
    ceremony_typed: flows.ceremony.typed,
    outlet_fields: flows.outlet.fields.length,
    records: Number(records),
    people,
    cpu_slowed: Math.round(cpu_slowed * 10) / 10,
  }),
)
process.exit(0)
