/**
 * Rosters of the made-up county: imports that are looked at, taken and turned back, people, and the tree of units.
 *
 * Always true: a check says `working` for as many questions as `slow` names, then what `CHECK` says. Deliberately not here:
 * reading files, and the real server's rules.
 */
import type {
  ImportCheck,
  ImportChoice,
  ImportDifference,
  ImportKind,
  ImportShown,
  LineFault,
  RosterCorrection,
  RosterShown,
  TreeCheck,
  UnitDays,
} from '../../../src/shared/generated.ts'
import type { PeopleQuery } from '../../../src/shared/generated.ts'
import type { Answer } from './county.ts'
import { UNITS } from './records.ts'

const AT = Date.UTC(2026, 6, 26, 2, 32)
const VILLAGE = '990101103200'

export const CLASH: ImportDifference = {
  person_ref: 'r2',
  name: '周长河',
  unit: VILLAGE,
  sheet: '',
  line: 5,
  kind: 'clash',
  fields: [
    { field: 'relative', last: '周建国', now: '周建华', file: '周建军' },
    { field: 'categories', last: '36', now: '36', file: '36、33' },
  ],
}

function fault(line: number, column: string, value: string, code: string, zh: string, warning = false): LineFault {
  return { sheet: '', line, column, value, code, zh, en: code, warning }
}

export const CHECK: ImportCheck = {
  added: 12,
  changed: 3,
  removed: 2,
  unchanged: 1731,
  corrections_kept: 4,
  clashes: 1,
  refused: 2,
  warned: 1,
  said: 3,
  differences: [
    CLASH,
    { person_ref: 'r7', name: '马德胜', unit: '990101103201', sheet: '', line: null, kind: 'removed', fields: [] },
    {
      person_ref: 'r3',
      name: '高玉芬',
      unit: VILLAGE,
      sheet: '大山乡',
      line: 9,
      kind: 'changed',
      fields: [
        { field: 'household', last: '990101103200-12', now: '990101103200-12', file: '990101103200-13' },
        { field: 'died_on', last: '', now: '', file: '2026-05-01' },
      ],
    },
    { person_ref: 'n1', name: '何满仓', unit: '990101104200', sheet: '大山乡', line: 12, kind: 'added', fields: [] },
  ],
  faults: [
    fault(7, '所在村', '石门', 'village_unknown', '区划里没有这个村，请检查村名或代码。'),
    fault(15, '身份证号', '', 'identity_malformed', '身份证号位数或日期不对，这一行没有导入。'),
    fault(21, '身份证号', '', 'identity_check', '身份证号校验位不对，请核对；这一行照样导入。', true),
  ],
}

/** A file as it is when it was just read. */
export function readFile(id: string, kind: ImportKind, file_name: string): ImportShown {
  return {
    id,
    kind,
    file_name,
    by: '刘敏',
    at_ms: AT,
    state: 'read',
    done: 0,
    lines: 1750,
    headings: ['序号', '姓名', '身份证号', '所在乡镇', '所在村', '组', '户号', '优抚类别', '亲属', '入伍时间', ''],
    sample: [
      ['1', '李大山', '990101********0017', '双河镇', '石门村', '三组', '12', '残疾军人', '李小山', '1971-12', ''],
      [
        '2',
        '周长河',
        '990101********0025',
        '双河镇',
        '石门村',
        '一组',
        '13',
        '农村籍退役士兵、参战',
        '周建军',
        '1975',
        '',
      ],
      ['3', '高玉芬', '990101********0033', '范川镇', '后沟村', '', '2', '烈士遗属', '', '', ''],
    ],
    mapping: {
      姓名: 'name',
      身份证号: 'identity_number',
      所在乡镇: 'township_name',
      所在村: 'village_name',
      组: 'group',
      户号: 'household',
      优抚类别: 'category',
      亲属: 'relative',
      入伍时间: 'batch',
    },
    check: null,
    failure: null,
  }
}

function person(person_ref: string, name: string, unit: string, categories: string[]): RosterShown {
  const identity_masked = `990101********00${person_ref.slice(1)}7`
  const group = person_ref === 'r3' ? '' : '三'
  const rest = { household: `${unit}-12`, group, categories, relative: '李小山', died_on: null, reported: 0 }
  return { person_ref, name, unit, identity_masked, ...rest }
}

function before(id: string, state: string, file_name: string): ImportShown {
  const check = { ...CHECK, differences: [], faults: [] }
  return { ...readFile(id, 'roster', file_name), state, check, headings: [], sample: [], at_ms: AT - 86_400_000 }
}

export class MockRoster {
  imports = [before('i2', 'applied', '2026年名册.xlsx'), before('i1', 'applied', '2025年优抚对象花名册.xlsx')]
  people = [
    person('r1', '李大山', VILLAGE, ['11']),
    person('r2', '周长河', VILLAGE, ['36', '33']),
    { ...person('r3', '高玉芬', '990101104200', ['21']), died_on: '2025-11-02', reported: 1 },
  ]
  tree: UnitDays[] = UNITS.map((unit) => ({ ...unit, valid_from: null, valid_to: null, replaced_by: null }))
  treeFaults: LineFault[] = []
  /** How often a check or the taking of a list answers that it goes on. */
  slow = 0
  private waits = 0
  private next = 'checked'

  /** Below `/api/county/`. */
  answer(method: string, [what = '', id = '', verb = '']: string[], search: string, body: unknown): Answer {
    const asked = new URLSearchParams(search)
    if (what === 'tree') return ok(method === 'GET' ? this.tree : this.takeTree(asked.get('apply') === 'true'))
    if (what === 'people') return method === 'POST' ? this.find(body as PeopleQuery) : this.correct(id, body)
    if (id === '' && method === 'GET') return ok(this.imports)
    if (id === '') return this.bring(asked)
    const shown = this.imports.find((each) => each.id === id)
    if (!shown)
      return { status: 404, body: { error: { code: 'not_found', zh: '没有这份文件。', en: 'None.', about: id } } }
    if (method === 'POST') this.begin(shown, verb, body as ImportChoice)
    else this.goOn(shown)
    return ok(shown)
  }

  private bring(asked: URLSearchParams): Answer {
    const id = `i${this.imports.length + 1}`
    this.imports.unshift(readFile(id, asked.get('kind') as ImportKind, asked.get('name') ?? ''))
    return ok(this.imports[0])
  }

  private begin(shown: ImportShown, verb: string, choice: ImportChoice): void {
    if (verb === 'undo') {
      shown.state = 'undone'
      return
    }
    Object.assign(shown, { state: 'working', mapping: choice.mapping, done: 0 })
    this.next = verb === 'apply' ? 'applied' : 'checked'
    this.waits = this.slow
    this.goOn(shown)
  }

  private goOn(shown: ImportShown): void {
    if (shown.state !== 'working') return
    shown.done = Math.floor(shown.lines / (this.waits + 1))
    if (this.waits-- > 0) return
    Object.assign(shown, { state: this.next, check: structuredClone(CHECK) })
  }

  private find({ unit, search, sensitive }: PeopleQuery): Answer {
    const found = this.people.filter((each) => each.unit.startsWith(unit) && each.name.includes(search))
    const people = found.map((each) => ({ ...each, categories: sensitive ? each.categories : [] }))
    return ok({ people, total: people.length })
  }

  private correct(id: string, body: unknown): Answer {
    const found = this.people.find((each) => each.person_ref === id)!
    const said = Object.entries(body as RosterCorrection).filter(([, value]) => value !== null)
    const { identity_number: number, ...fields } = Object.fromEntries(said)
    Object.assign(found, fields)
    if (number) found.identity_masked = '990101********0017'
    if (found.died_on === '') found.died_on = null
    return ok({ ...found, categories: [] })
  }

  private takeTree(apply: boolean): TreeCheck {
    const gone = { ...this.tree[3]!, valid_to: '2026-08-31', replaced_by: VILLAGE }
    const fresh = { ...this.tree[0]!, unit: '990101103202', name: '大坪村', valid_from: '2026-09-01' }
    const applied = apply && this.treeFaults.length === 0
    if (applied) this.tree = [...this.tree.filter(({ unit }) => unit !== gone.unit), gone, fresh]
    return { lines: 372, added: [fresh], changed: [gone], faults: this.treeFaults, applied }
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body: structuredClone(body) }
}
