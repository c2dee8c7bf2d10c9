/**
 * Query strings: from what is asked to the address, and from the address bar back to filters.
 *
 * Always true: what is empty is left out, order is fixed, so that equal filters have equal addresses. Deliberately not
 * here: which filters a view offers.
 */

/** What is asked, by name; empty text means "any". */
export type Asked = Record<string, string | undefined>

/** How many rows a page of the visits table has. */
export const ROWS_PER_PAGE = 50

/** `?campaign=…&unit=…`, or nothing where nothing is asked. */
export function toQuery(asked: Asked): string {
  const pairs = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  pairs.sort(([one], [other]) => (one < other ? -1 : 1))
  return `?${new URLSearchParams(pairs as [string, string][]).toString()}`
}

/** Filters of the visits view. */
export interface VisitFilters {
  township: string
  village: string
  campaign: string
  kind: string
  outcome: string
  state: string
  from: string
  to: string
  person: string
}

/** No filter at all. */
export const NO_FILTERS: Readonly<VisitFilters> = {
  township: '',
  village: '',
  campaign: '',
  kind: '',
  outcome: '',
  state: '',
  from: '',
  to: '',
  person: '',
}

/** What the server is asked for these filters and this page, counted from 1. */
export function visitsAsked(filters: VisitFilters, page: number): Asked {
  const { township, village, ...rest } = filters
  const offset = (Math.max(page, 1) - 1) * ROWS_PER_PAGE
  return {
    ...rest,
    // A village's code begins with its township's, so the narrower of the two says it all.
    unit: village || township,
    offset: offset > 0 ? String(offset) : '',
    limit: String(ROWS_PER_PAGE),
  }
}

/** Filters and page out of the address bar; what is unknown there is ignored. */
export function visitFiltersFrom(query: Asked): { filters: VisitFilters; page: number } {
  const filters = { ...NO_FILTERS }
  for (const name of Object.keys(NO_FILTERS) as (keyof VisitFilters)[]) filters[name] = query[name] ?? ''
  const page = Number(query['page'] ?? '1')
  return { filters, page: Number.isInteger(page) && page > 0 ? page : 1 }
}

/** Filters and page as they stand in the address bar: all but the name, which stands in no address. */
export function visitFiltersInto(filters: VisitFilters, page: number): Asked {
  return { ...filters, person: '', page: page > 1 ? String(page) : '' }
}
