/**
 * The filters of a register's table: out of the address bar, back into it, and as the question to the server.
 *
 * Always true: searched text may be a name and stands in no address; what is empty filters nothing. Deliberately not
 * here: which choices a register offers.
 */
import { ROWS_PER_PAGE, type Asked } from '../server/query'

export interface RecordFilters {
  township: string
  village: string
  from: string
  to: string
  state: string
  step: string
  kind: string
  text: string
}

export const NO_FILTERS: Readonly<RecordFilters> = {
  township: '',
  village: '',
  from: '',
  to: '',
  state: '',
  step: '',
  kind: '',
  text: '',
}

/** What the server is asked. Sensitive columns come only where somebody asked for them. */
export function recordsAsked(register: string, filters: RecordFilters, page: number, sensitive: boolean): Asked {
  const { township, village, ...rest } = filters
  return {
    ...rest,
    register,
    unit: village || township,
    sensitive: sensitive ? 'true' : '',
    offset: String((Math.max(page, 1) - 1) * ROWS_PER_PAGE),
    limit: String(ROWS_PER_PAGE),
  }
}

/** Filters and page out of the address bar; what is unknown there is ignored. */
export function filtersFrom(query: Asked): { filters: RecordFilters; page: number } {
  const filters = { ...NO_FILTERS }
  for (const name of Object.keys(NO_FILTERS) as (keyof RecordFilters)[]) filters[name] = query[name] ?? ''
  const page = Number(query['page'] ?? '1')
  return { filters, page: Number.isInteger(page) && page > 0 ? page : 1 }
}

/** The same as they stand in the address bar. */
export function filtersInto(register: string, filters: RecordFilters, page: number): Asked {
  return { ...filters, register, text: '', page: page > 1 ? String(page) : '' }
}
