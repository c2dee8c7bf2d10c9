/**
 * Which page is shown with which filters: kept in the address bar's fragment, so that reload, back and a copied
 * address work.
 *
 * Always true: a fragment that names no page shows the overview; the sign-in code in a fragment is never a page.
 * Deliberately not here: what a page does with its filters.
 */
import { ref } from 'vue'
import { toQuery, type Asked } from './server/query'

export const PAGES = [
  'overview',
  'visits',
  'records',
  'matters',
  'pending',
  'feedback',
  'campaigns',
  'roster',
  'report',
  'lists',
  'registers',
  'people',
  'held',
] as const
export type Page = (typeof PAGES)[number]

export interface Place {
  page: Page
  query: Asked
}

/** `#/visits?kind=army_day` as a place. */
export function placeFrom(fragment: string): Place {
  const [path = '', search = ''] = fragment.replace(/^#\/?/, '').split('?', 2)
  const page = PAGES.find((name) => name === path) ?? 'overview'
  return { page, query: Object.fromEntries(new URLSearchParams(search)) }
}

/** The fragment of a place. */
export function fragmentOf(page: Page, query: Asked = {}): string {
  return `#/${page}${toQuery(query)}`
}

/** The code of a sign-in link, if the fragment is one. */
export function codeFrom(fragment: string): string {
  return /^#code=(.+)$/.exec(fragment)?.[1] ?? ''
}

/** Where the workbench stands now. */
export const place = ref<Place>({ page: 'overview', query: {} })

/** Follows the address bar from now on. */
export function followAddressBar(): void {
  addEventListener('hashchange', readAddressBar)
  readAddressBar()
}

function readAddressBar(): void {
  place.value = placeFrom(location.hash)
}

/** Notes filters in the address bar without a step of the history. */
export function noteFilters(page: Page, query: Asked): void {
  history.replaceState(null, '', `${location.pathname}${fragmentOf(page, query)}`)
  place.value = { page, query }
}

/** Takes a spent code out of the address bar and out of the history. */
export function forgetCode(): void {
  history.replaceState(null, '', `${location.pathname}${fragmentOf('overview')}`)
  place.value = { page: 'overview', query: {} }
}
