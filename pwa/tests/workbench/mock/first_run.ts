/**
 * The first day of the made-up county: whether it is made yet, and what of its beginnings is there.
 *
 * Always true: while there is no county every question but the one about its making is answered 503. What
 * tells that a county has begun is answered only where a test says what is done. Deliberately not here: the real server's codes.
 */
import type { CampaignState, Station, UnitDays } from '../../../src/shared/generated.ts'
import type { Founding } from '../../../src/shared/generated.ts'
import type { Done } from '../../../src/page/workbench/server/first_run.ts'
import type { Answer } from './county.ts'

export const SETUP_CODE = 'K7P2'

const NAMES = { '990101': '示例县', '990101103': '双河镇', '990101103200': '石门村' }
const TREE: UnitDays[] = Object.entries(NAMES).map(([unit, name]) => ({
  unit,
  name,
  valid_from: null,
  valid_to: null,
  replaced_by: null,
}))
const PHONE = {
  id: '7f3a',
  device: '7F3A',
  people: ['王秀英'],
  units: ['990101103200'],
  enrolled_ms: 0,
  unsent: null,
  home: '990101103200',
  withdrawn: null,
}
const STATION: Station = {
  unit: '990101103200',
  name: '石门村',
  people: [],
  phones: [PHONE],
  waiting: [],
  held: 0,
  last_day: null,
  merged_into: null,
}
const CAMPAIGN = { id: 'c1', name: '八一走访慰问' } as CampaignState

export class MockFirstRun {
  isFounded = true
  /** Questions that are still answered as before the county was made. */
  changingOver = 0
  /** Without `units` there are a county and a township, and no village. */
  done: Done | undefined
  founding: Founding | undefined

  /** What concerns the first day, or nothing. */
  answer(method: string, path: string, body: unknown): Answer | undefined {
    if (path === '/api/setup' && method === 'POST') return this.found(body as Founding)
    if (path === '/api/setup')
      return ok({ founded: this.isFounded && this.changingOver-- <= 0, secure: this.done?.address ?? true })
    if (!this.isFounded) return no(503, 'not_founded', '')
    if (!this.done) return undefined
    const { units, roster, campaign, phone } = this.done
    if (path === '/api/county/tree' && method === 'GET') return ok(units ? TREE : TREE.slice(0, 2))
    if (path === '/api/county/people' && method === 'POST') return ok({ people: [], total: roster ? 50_000 : 0 })
    if (path === '/api/county/campaigns') return ok(campaign ? [CAMPAIGN] : [])
    if (path === '/api/county/stations') return ok([{ ...STATION, phones: phone ? [PHONE] : [] }])
    return undefined
  }

  private found(founding: Founding): Answer {
    if (this.isFounded) return no(409, 'founded', '')
    if (founding.code !== SETUP_CODE) return no(404, 'code_unknown', '')
    if (founding.county.endsWith('0000')) return no(400, 'bad_request', 'county')
    this.isFounded = true
    this.founding = founding
    const { county, county_name, person } = founding
    return { status: 201, body: { person, role: 'administrator', unit: '', county, county_name, filing_no: '' } }
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body: structuredClone(body) }
}

function no(status: number, code: string, about: string): Answer {
  return { status, body: { error: { code, zh: `没有成：${code}`, en: code, about } } }
}
