/**
 * Which screen is shown. The phone's back button goes one screen back.
 *
 * Always true: the screen is in the browser's history, so that it survives a reload; no address carries personal data.
 * Deliberately not here: the screens.
 */
import { shallowRef } from 'vue'
import type { Fields } from '../shared/record'

export type Tab = 'today' | 'records' | 'register' | 'mine'
export type Route =
  | { name: Tab }
  | { name: 'visit'; unit: string; household: string }
  | { name: 'detail'; recordId: string }
  /** A new record of any register; `start` is the value of the register's first question, `about` the reference of whom it is,
   *  `fields` what it begins with besides. */
  | { name: 'new'; register: string; unit: string; start: string | null; about?: string | undefined; fields?: Fields }
  /** A correction, or the fields of the step that waits. */
  | { name: 'edit'; recordId: string; step?: string }
  /** Several homes in one day; from paper, with the sheet's number. */
  | { name: 'sweep'; unit: string; isPaper: boolean }
  | { name: 'feedback' }
  | { name: 'notice'; register: string }
  | { name: 'why' }
  /** For somebody who takes over; with the pictures that teach. */
  | { name: 'newcomer'; isLearning?: boolean }

const tabs: string[] = ['today', 'records', 'register', 'mine'] satisfies Tab[]

/** Screens that do with the visits of campaigns that are not over and the errors of the roster. */
const light: string[] = ['today', 'visit', 'register', 'mine', 'notice', 'why'] satisfies Route['name'][]

export const route = shallowRef<Route>({ name: 'today' })
const leaving: ((next: Route) => void)[] = []

export function isTab(name: string): name is Tab {
  return tabs.includes(name)
}

/** Whether a screen is drawn only with all records. */
export function needsRecords({ name }: Route): boolean {
  return !light.includes(name)
}

/** Called whenever another screen is opened, but not on the way back. */
export function onOpen(listener: (next: Route) => void): void {
  leaving.push(listener)
}

export function startRoutes(): void {
  const kept = history.state as { route?: Route } | null
  if (kept?.route) route.value = kept.route
  else history.replaceState({ route: route.value }, '')
  addEventListener('popstate', (event: PopStateEvent) => {
    route.value = (event.state as { route?: Route } | null)?.route ?? { name: 'today' }
  })
}

/** Opens a screen; tabs take each other's place, everything else lies on top of what was there. */
export function open(next: Route): void {
  leaving.forEach((listener) => listener(next))
  const isFlat = isTab(next.name) && isTab(route.value.name)
  history[isFlat ? 'replaceState' : 'pushState']({ route: next, isOnTop: !isFlat }, '')
  route.value = next
  scrollTo(0, 0)
}

/** One screen back; where nothing lies below (after a reload), to `otherwise`. */
export function back(otherwise: Tab = 'today'): void {
  const state = history.state as { isOnTop?: boolean } | null
  if (state?.isOnTop) return history.back()
  history.replaceState({ route: { name: otherwise } }, '')
  route.value = { name: otherwise }
}
