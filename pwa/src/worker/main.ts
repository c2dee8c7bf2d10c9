/**
 * The worker: owns the database, the keys, the documents and the exchange; answers the page's calls.
 *
 * Always true: calls that save wait for the disk alone, never for the network or for Automerge. Deliberately not here:
 * anything about a screen.
 */
import type { CallName, Calls, Failed, ToPage, ToWorker, View } from '../shared/messages'
import { exportUnsent } from './export'
import { loadWork } from './loader'
import { openDatabase, readMeta } from './store/database'
import { dropDraft, saveDraft, saveIntents, undo } from './store/intents'
import { News } from './store/news'
import { openRecord, readView } from './store/view'
import { finishWipe } from './store/wipe'
import { Events } from './sync/events'
import { exchange, sealWaiting, type Surroundings } from './sync/exchange'
import { NotAnAnswer } from './sync/exchange_bytes'
import { ExchangeError, reach, sendExchange } from './sync/http'
import { Schedule, underLock } from './sync/schedule'

declare const self: DedicatedWorkerGlobalScope

/** Long enough for two names tapped one after the other to travel together. */
const AFTER_SAVE_MS = 1500
const AFTER_EVENT_MS = 300
/** A county's phones do not come back all at once. */
const AFTER_REFUSAL_MS = 30_000

/** Needed by few, once: the first screen does not wait for them. */
const loadEnrol = (): Promise<typeof import('./sync/enrol')> => import('./sync/enrol')
const loadAway = (): Promise<typeof import('./store/away')> => import('./store/away')
const loadPins = (): Promise<typeof import('./store/pins')> => import('./store/pins')

const opening = openDatabase()
const tabs = new BroadcastChannel('zoufang')
const schedule = new Schedule(run, nameOf, changed)
const events = new Events(
  () => schedule.request(AFTER_EVENT_MS),
  () => schedule.request(AFTER_REFUSAL_MS * (1 + Math.random())),
)
const news = new News()
/** The first screen's view is read while its page is still loading; what changes meanwhile makes it worthless. */
let ahead: Promise<View> | null = opening.then((database) => readView(database, schedule.state, false))
ahead.catch(() => undefined)
let isVisible = true
/** Records that were opened here: a form may still be open on them. */
const opened = new Set<string>()

type Answers = { [K in CallName]: (ask: Calls[K]['ask']) => Promise<Calls[K]['answer']> }

const answers: Answers = {
  view: async ({ isWhole }) => {
    const begun = isWhole ? null : ahead
    ahead = null
    return news.tell(await (begun ?? opening.then((database) => readView(database, schedule.state, isWhole))))
  },
  enrol: async ({ code }) => enrolWith(code),
  save: async ({ intents, draftKey }) => {
    await saveIntents(await opening, intents, draftKey, Date.now())
    return saved()
  },
  undo: async ({ steps }) => {
    await undo(await opening, steps, Date.now())
    return saved()
  },
  open: async ({ recordId }) => {
    opened.add(recordId)
    return openRecord(await opening, recordId)
  },
  history: async ({ recordId }) => (await loadWork()).readHistory(await opening, recordId),
  saveDraft: async (draft) => {
    await saveDraft(await opening, draft)
    return null
  },
  dropDraft: async ({ key }) => {
    await dropDraft(await opening, key)
    changed()
    return null
  },
  exchange: async () => {
    schedule.request(0)
    return null
  },
  fetchAway: async ({ addresses }) => {
    await (await loadAway()).want(await opening, addresses, Date.now())
    schedule.request(0)
    return saved()
  },
  exportUnsent: async () => {
    const { database, device } = { database: await opening, device: await readMeta(await opening, 'device') }
    if (device) await underLock(() => sealWaiting(surroundings(database), device))
    return exportUnsent(database)
  },
  setPin: async ({ pin }) => toldOf(await (await loadPins()).setPin(await opening, pin)),
  usePerson: async ({ id, pin }) => toldOf(await (await loadPins()).usePerson(await opening, id, pin, Date.now())),
  visible: async ({ visible }) => {
    isVisible = visible
    if (visible) schedule.request(0)
    else events.close()
    return null
  },
}

function surroundings(database: Surroundings['database']): Surroundings {
  return { database, send: sendExchange, loadWork, now: () => Date.now() }
}

async function run(): Promise<void> {
  const database = await opening
  await finishWipe(database)
  if (await readMeta(database, 'device')) {
    await reach()
    await exchange(surroundings(database))
    // What fails here fails nobody: it is done again another time.
    await loadAway().then(
      (away) => away.leaveDaily(database, opened),
      () => undefined,
    )
  }
  const isEnrolled = (await readMeta(database, 'device')) !== undefined
  if (!isEnrolled) events.close()
  else if (isVisible) events.ensure()
}

async function enrolWith(code: string): Promise<Calls['enrol']['answer']> {
  try {
    const { enrol } = await loadEnrol()
    const waiting = await enrol(await opening, code, Date.now())
    if (waiting) return waiting
    schedule.request(0)
    changed()
    return null
  } catch (error) {
    return error instanceof ExchangeError ? error.failed : { code: nameOf(error), zh: '', en: '' }
  }
}

function toldOf(failed: Failed | null): Failed | null {
  if (!failed) changed()
  return failed
}

function saved(): null {
  schedule.request(AFTER_SAVE_MS)
  changed()
  return null
}

function nameOf(error: unknown): string {
  if (error instanceof ExchangeError) return error.failed.code
  return error instanceof NotAnAnswer ? 'not_the_county' : 'internal'
}

/** Tells this tab's page and those of the other tabs that the view is to be read anew. */
function changed(): void {
  ahead = null
  post({ event: 'changed' })
  tabs.postMessage('changed')
}

function post(message: ToPage): void {
  self.postMessage(message)
}

tabs.addEventListener('message', () => {
  ahead = null
  post({ event: 'changed' })
})
self.addEventListener('online', () => schedule.request(0))
self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const { id, name, ask } = event.data
  const answer = answers[name] as (asked: unknown) => Promise<unknown>
  answer(ask).then(
    (result) => post({ id, answer: result }),
    (error: unknown) => post({ id, failed: String(error) }),
  )
})
