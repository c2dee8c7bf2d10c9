/**
 * The routes of the workbench, each as one function with the types of question and answer.
 *
 * Always true: addresses are put together here and nowhere else. Deliberately not here: state; what a failure means.
 */
import type {
  AnnualReport,
  Link,
  LinkRequest,
  Matter,
  Overview,
  Pending,
  Session,
  Settlement,
  UnitName,
  VisitDetail,
  VisitPage,
} from '../../../shared/generated'
import { toQuery, type Asked } from './query'
import { ask } from './request'

/** Who is signed in. */
export const readSession = (): Promise<Session> => ask('GET', '/api/session')
/** Spends a sign-in code. */
export const signIn = (code: string): Promise<Session> => ask('POST', '/api/session', { code })
/** Ends the session on the server. */
export const signOut = (): Promise<void> => ask('DELETE', '/api/session')

/** All units of the county, sorted by code. */
export const readUnits = (): Promise<UnitName[]> => ask('GET', '/api/county/units')

/** A page of merged visits. The question travels in the body: it may hold a name, and names stand in no address. */
export const readVisits = ({ offset, limit, ...asked }: Asked, sensitive = false): Promise<VisitPage> =>
  ask('POST', '/api/county/visits', { ...asked, sensitive, offset: Number(offset ?? 0), limit: Number(limit ?? 0) })

/** One visit with all that happened to it. */
export const readVisit = (recordId: string): Promise<VisitDetail> =>
  ask('GET', `/api/county/visits/${encodeURIComponent(recordId)}`)

/** Matters still open, or those settled. */
export const readMatters = (open: boolean): Promise<Matter[]> => ask('GET', `/api/county/matters?open=${open}`)

/** Settles one; the answer is the matter as it then stands. */
export const settleMatter = (id: string, settlement: Settlement): Promise<Matter> =>
  ask('POST', `/api/county/matters/${encodeURIComponent(id)}/settle`, settlement)

/** Coverage of a campaign; of the default one where none is named. */
export const readOverview = (campaign: string): Promise<Overview> =>
  ask('GET', `/api/county/overview${toQuery({ campaign })}`)

/** Who is still to be visited. */
export const readPending = (asked: Asked): Promise<Pending[]> => ask('GET', `/api/county/pending${toQuery(asked)}`)

/** A fresh one-time link, for a phone or for a colleague. */
export const makeLink = (request: LinkRequest): Promise<Link> => ask('POST', '/api/county/links', request)

/** Sentences and figures of a year. */
export const readReport = (unit: string, year: number): Promise<AnnualReport> =>
  ask('GET', `/api/report/annual${toQuery({ unit, year: String(year) })}`)
