/**
 * The routes of registers, records and lists, each as one function.
 *
 * Always true: what may hold a name travels in a body and never in an address. Deliberately not here: state; the routes
 * of visits, matters and people (`routes.ts`).
 */
import type { Asked } from './query'
import { ask, askForFile } from './request'
import type { CountyList, ExportRequest, ListItem, RecordDetail, RecordEdit, RecordPage, RegisterInfo } from './shapes'

/** All registers that this county has, each with its file. */
export const readRegisters = (): Promise<RegisterInfo[]> => ask('GET', '/api/county/registers')

/** Uploads a file; refused with faults where it breaks the rules. */
export const uploadRegister = (source: unknown): Promise<RegisterInfo> => ask('POST', '/api/county/registers', source)

/** The county's lists with all their versions. */
export const readLists = (): Promise<CountyList[]> => ask('GET', '/api/county/lists')

/** A new version of a list from a day on. */
export const writeList = (id: string, validFrom: string, items: ListItem[]): Promise<CountyList> =>
  ask('PUT', `/api/county/lists/${encodeURIComponent(id)}`, { valid_from: validFrom, items })

/** A page of a register's records. The question travels in the body: it may hold a name. */
export const readRecords = ({ offset, limit, sensitive, ...asked }: Asked): Promise<RecordPage> => {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '')
  return ask('POST', '/api/county/records', {
    ...Object.fromEntries(given),
    sensitive: sensitive === 'true',
    offset: Number(offset ?? 0),
    limit: Number(limit ?? 0),
  })
}

/** One record with all that happened to it. */
export const readRecord = (recordId: string): Promise<RecordDetail> =>
  ask('GET', `/api/county/records/${encodeURIComponent(recordId)}`)

/** Corrects, voids, answers or takes a step. */
export const editRecord = (recordId: string, edit: RecordEdit): Promise<RecordDetail> =>
  ask('POST', `/api/county/records/${encodeURIComponent(recordId)}`, edit)

/** The table as a file. */
export const exportRecords = (request: ExportRequest): Promise<Blob> => askForFile('/api/county/export', request)
