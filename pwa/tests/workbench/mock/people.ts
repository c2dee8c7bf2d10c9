/**
 * Stations, phones and held work of the made-up county.
 *
 * Deliberately not here: answering.
 */
import type {
  HeldWork,
  Link,
  Matter,
  Session,
  SheetLine,
  Station,
  StationPhone,
  WaitingPhone,
} from '../../../src/shared/generated.ts'

const VILLAGE = { unit: '990101103200', name: '石门村' }
const MOMENT = Date.UTC(2026, 6, 26, 2, 32)

export const CLERK: Session = {
  person: '刘敏',
  role: 'county_clerk',
  unit: '',
  county: '990101',
  county_name: '示例县',
  filing_no: '',
}

export const PHONE: StationPhone = {
  id: '7f3a',
  device: '7F3A',
  people: ['王秀英', '冯小兰'],
  units: [VILLAGE.unit],
  home: VILLAGE.unit,
  withdrawn: null,
  enrolled_ms: MOMENT,
  unsent: { records: 3, since_ms: MOMENT },
}

export const VACANT: Station = {
  ...VILLAGE,
  people: [],
  phones: [],
  waiting: [],
  held: 0,
  last_day: null,
  merged_into: null,
}
export const STATION: Station = {
  ...VACANT,
  people: [
    { id: 'p1', name: '王秀英', since: '2026-01-01' },
    { id: 'p2', name: '冯小兰', since: '2026-07-01' },
  ],
  phones: [PHONE],
  held: 2,
}

export const WAITING: WaitingPhone = {
  id: '9b',
  person: '林小满',
  unit: VILLAGE.unit,
  digits: '4071',
  since_ms: MOMENT,
}

export const LINK: Link = {
  url: 'https://zoufang.example/#enrol=K7P2-9QRS-TUVW-X234',
  qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
  expires_ms: MOMENT,
}

/** A slip for that person, good until then. */
export function slip(person: string, code: string, expires_ms: number): SheetLine {
  return { ...VILLAGE, person, link: { ...LINK, url: `https://zoufang.example/#enrol=${code}`, expires_ms } }
}

const RECORD = { register: 'visit', date: '2026-07-20', is_change: false, accepted: false }
export const HELD: HeldWork = {
  id: 'm1',
  unit: VILLAGE.unit,
  unit_name: VILLAGE.name,
  person: '钱卫东',
  device: '7F3A',
  written_ms: MOMENT,
  received_ms: MOMENT,
  records: [
    { ...RECORD, id: 'r1', title: '李大山', accepted: true },
    { ...RECORD, id: 'r2', title: '周长河', is_change: true },
  ],
}

export const DECLINED: Matter = {
  id: 'm1',
  kind: 'held',
  unit: VILLAGE.unit,
  person_name: '',
  record_ids: [],
  field: null,
  values: [
    {
      id: 'v1',
      value: { address: `visit/${VILLAGE.unit}/2026`, bytes: 636 },
      author: '钱卫东',
      device: '7F3A',
      written_ms: MOMENT,
      shown: false,
    },
  ],
  heads: [],
  standard_fen: null,
  code: 'held_outside_grant',
  settled: { chosen: 'declined', note: '本人说没有去', by: '刘敏', at_ms: MOMENT },
}
