/**
 * What all screens share: the view that the worker gave, the bar with the last outcome, a message about an error.
 *
 * Always true: the view is the worker's; screens only read it. Deliberately not here: routes and settings.
 */
import { computed, shallowRef, watch } from 'vue'
import type { UndoStep, View } from '../shared/messages'
import { levelOf } from '../shared/ids'
import { call, onChanged } from './client'
import type { Next } from './list/follow'
import { needsRecords, onOpen, route } from './routes'
import { settings } from './settings'
import { words, type WordKey } from './words'

export const view = shallowRef<View | null>(null)
export const outcome = shallowRef<{ text: string; steps: UndoStep[]; next?: Next[] } | null>(null)
export const trouble = shallowRef<WordKey | null>(null)

/** Villages that this phone serves; tables of townships are no villages. */
export const villages = computed(() => (view.value?.villages ?? []).filter(({ unit }) => levelOf(unit) === 'village'))

/** The village that is shown: the chosen one, or the first. */
export const village = computed(() => {
  return villages.value.find((table) => table.unit === settings.village) ?? villages.value[0] ?? null
})

/**
 * Whether no station is this phone's any more. One that is new has its stations since it was enrolled, so that none at all
 * means: handed over, or taken back.
 */
export const hasNoStation = computed(() => view.value?.enrolled?.units.length === 0)

let isReading = false
let isStale = false
/** What is new is drawn after this: a large piece of work between a tap and what it leads to would be waited for. */
let quiet: Promise<unknown> = Promise.resolve()

/** Draws nothing new until `done` is over, however it ends. */
export function keepQuiet(done: Promise<unknown>): void {
  quiet = done.catch(() => undefined)
}

/** Resolves with the first view, or with the trouble that there is none. */
export function startState(): Promise<void> {
  onChanged(() => void refreshSoon())
  watch(route, (next) => {
    if (needsRecords(next) && !view.value?.isWhole) void refresh()
  })
  onOpen(() => {
    outcome.value = null
    trouble.value = null
  })
  return refresh()
}

/** A hidden page paints nothing, nor does a test without a screen; they wait so long instead. */
const UNPAINTED_MS = 100
/** A page that is hidden only now paints nothing any more; a slow phone's frame comes sooner than this. */
const NEVER_PAINTED_MS = 3000

/** Resolves once what was set stands on the screen, so that a large piece of work comes after it. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const isPainting = 'requestAnimationFrame' in globalThis && !document.hidden
    setTimeout(resolve, isPainting ? NEVER_PAINTED_MS : UNPAINTED_MS)
    if (isPainting) requestAnimationFrame(() => setTimeout(resolve))
  })
}

/** Where a browser cannot say when it is idle, or never is: so long. */
const IDLE_MS = 2000

/** Resolves once nobody waits for the screen: for what is needed later. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: IDLE_MS })
    else setTimeout(resolve, IDLE_MS)
  })
}

/** Reads the view anew; wishes that come meanwhile are carried out in one. */
export async function refresh(): Promise<void> {
  isStale = true
  if (isReading) return
  isReading = true
  try {
    while (isStale) {
      isStale = false
      const told = await call('view', { isWhole: needsRecords(route.value) })
      await quiet
      const news = JSON.parse(told) as Partial<View>
      if (news.wiped && view.value?.enrolled) return startAnew()
      // What is not new keeps its object, so that nothing is drawn anew without need.
      if (Object.keys(news).length > 0) view.value = { ...view.value, ...news } as View
    }
  } catch {
    trouble.value = 'storage_failed'
  } finally {
    isReading = false
  }
}

/** The phone was wiped: nothing of anybody stays in this page or its worker either. */
function startAnew(): void {
  history.replaceState(null, '', '/')
  location.reload()
}

let isSoon = false

/** What the worker announces comes in when nobody waits for the screen; several announcements come in as one. */
async function refreshSoon(): Promise<void> {
  if (isSoon) return
  isSoon = true
  await idle()
  isSoon = false
  await refresh()
}

/** Takes back what the bar says. */
export async function undoLast(): Promise<void> {
  const last = outcome.value
  if (!last || last.steps.length === 0) return
  try {
    await call('undo', { steps: last.steps })
    outcome.value = { text: words('undone'), steps: [] }
  } catch {
    trouble.value = 'call_failed'
  }
}
