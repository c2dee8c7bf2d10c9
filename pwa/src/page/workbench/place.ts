/**
 * Which page is shown with which filters: kept in the address bar's fragment, so that reload, back and a copied
 * address work.
 *
 * Always true: a fragment that names no page shows the overview; the code of a link in a fragment is never a page.
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
  'guide',
] as const
export type Page = (typeof PAGES)[number]

/** What is about a township, too; the other pages are the county's. */
const TOWNSHIP_PAGES: readonly Page[] = ['overview', 'visits', 'records', 'pending', 'people']

/** Whether a clerk of this unit has the page; of the county the unit is empty. */
export function hasPage(unit: string, page: Page): boolean {
  return unit === '' || TOWNSHIP_PAGES.includes(page)
}

export interface Place {
  page: Page
  query: Asked
}

/** `#/visits?kind=army_day` as a place. */
export function placeFrom(fragment: string): Place {
  const [, search = ''] = fragment.split('?', 2)
  return { page: pageNamed(fragment) ?? 'overview', query: Object.fromEntries(new URLSearchParams(search)) }
}

/** The page that a fragment names, if it names one. */
export function pageNamed(fragment: string): Page | undefined {
  const [path = ''] = fragment.replace(/^#\/?/, '').split('?', 1)
  return PAGES.find((name) => name === path)
}

/** The fragment of a place. */
export function fragmentOf(page: Page, query: Asked = {}): string {
  return `#/${page}${toQuery(query)}`
}

/** The code of a sign-in link, if the fragment is one. */
export function codeFrom(fragment: string): string {
  return /^#code=(.+)$/.exec(fragment)?.[1] ?? ''
}

/** The code of the link that makes the county, if the fragment is one. */
export function setupCodeFrom(fragment: string): string {
  return /^#setup=(.+)$/.exec(fragment)?.[1] ?? ''
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

/** Takes a spent code out of the address bar and out of the history. No page is named afterwards. */
export function forgetCode(): void {
  history.replaceState(null, '', location.pathname)
  place.value = { page: 'overview', query: {} }
}
