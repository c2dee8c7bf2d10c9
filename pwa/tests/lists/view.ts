/**
 * A view as the worker would give it, for tests of lists and forms: one village, its homes, a campaign, records.
 *
 * Deliberately not here: storing, and assertions.
 */
import type { Campaign, Household, RosterPerson } from '../../src/shared/generated'
import { registerOf, unitOf } from '../../src/shared/ids'
import type { Enrolled, View, ViewRecord } from '../../src/shared/messages'
import type { UnitTable } from '../../src/shared/tables'
import { ADDRESS } from '../phone'

export const VILLAGE = '990101103200'
export const TOWNSHIP = '990101103'

export function campaign(from: string, until: string): Campaign {
  const goods = [{ item: '大米', quantity: 1, measure_word: '袋', price_fen: 8000 }]
  const standard = {
    id: 'standard',
    name: '标准慰问',
    money_fen: 30000,
    pay_method: 'cash',
    goods,
    fund_source: 'county',
  }
  const names = {
    id: '2024-chunjie',
    name: '春节走访慰问',
    document_no: '示退役〔2024〕2号',
    visit_kind: 'spring_festival',
  }
  return { ...names, from, until, closed: false, packages: [standard], spent_fen: 0 }
}

export function person(reference: string, name: string, initials = ''): RosterPerson {
  const targets = [{ campaign_id: '2024-chunjie', package_id: 'standard' }]
  return { person_ref: reference, name, relative: '', initials, targets }
}

export function home(id: string, people: RosterPerson[]): Household {
  return { id, group: '1', people }
}

export function table(unit: string, name: string, part: Partial<UnitTable> = {}): UnitTable {
  const staff = [
    { id: 's-1', name: '王秀英', rank: 'village_cadre' },
    { id: 's-2', name: '周志强', rank: 'village_cadre' },
  ]
  return { unit, name, township_name: '双河镇', staff, households: [], ...part }
}

export function record(part: Partial<ViewRecord> & { id: string }): ViewRecord {
  const address = part.address ?? ADDRESS
  const place = { register: registerOf(address), unit: unitOf(address), address }
  const rest = { fields: {}, standing: 'with_the_county' as const, look: null, author: 's-1', own: true, loggedMs: 0 }
  return { ...rest, ...place, ...part }
}

type Part = Omit<Partial<View>, 'records'> & {
  households?: Household[]
  records?: (Partial<ViewRecord> & { id: string })[]
  units?: string[]
}

/** One person's phone of one village. */
export const ENROLLED: Enrolled = {
  device: '7F3A',
  person: '王秀英',
  personId: 's-1',
  hasPin: false,
  others: [],
  countyName: '示例县',
  units: [VILLAGE],
}

export function viewOf({ households = [], records = [], units = [VILLAGE], ...part }: Part): View {
  return {
    enrolled: { ...ENROLLED, units },
    wiped: null,
    county: null,
    campaigns: [],
    villages: [table(VILLAGE, '石门村', { households })],
    registers: [],
    lists: [],
    away: [],
    drafts: [],
    unsent: { count: 0, oldestMs: null },
    notices: [],
    isWhole: true,
    exchange: { phase: 'idle', lastMs: null, error: null },
    ...part,
    records: records.map(record),
  }
}
