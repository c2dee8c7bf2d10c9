/**
 * A county that answers the workbench's questions from memory, in the shapes of the real server.
 *
 * Always true: it knows every built-in register's file and makes its records up from a fixed seed, so that two runs see
 * the same. Deliberately not here: rules of the real server beyond what a page needs to be tried.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Matter } from '../../../src/shared/generated.ts'
import type { RegisterFile } from '../../../src/shared/register_file.ts'
import type { RecordDetail, RecordEdit, RecordRow, RegisterInfo } from '../../../src/page/workbench/server/shapes.ts'
import { MockCampaigns } from './campaigns.ts'
import { MockFirstRun } from './first_run.ts'
import { LISTS } from './lists.ts'
import { makeRecords, UNITS } from './records.ts'
import { MockRoster } from './roster.ts'

const FOLDER = new URL('../../../../sync-protocol/registers/', import.meta.url)

/** An answer: status and JSON, or text for a file. */
export interface Answer {
  status: number
  body: unknown
}

export function builtInFiles(): RegisterFile[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as RegisterFile)
}

export class MockCounty {
  registers: RegisterInfo[] = builtInFiles().map((source) => ({
    name: source['x-register'],
    version: source['x-version'],
    own: false,
    source,
  }))
  lists = structuredClone(LISTS)
  matters: Matter[] = []
  campaigns = new MockCampaigns()
  firstRun = new MockFirstRun()
  roster = new MockRoster()
  records: { row: RecordRow; fields: Record<string, unknown> }[] = this.registers.flatMap(({ source }) =>
    makeRecords(source, 24),
  )
  /** Every question, in order: what a test looks at. */
  asked: { method: string; path: string; body: unknown }[] = []
  private readonly made = Date.UTC(2026, 6, 26, 2, 32)

  answer(method: string, address: string, body: unknown): Answer {
    const [path = '', search = ''] = address.split('?', 2)
    this.asked.push({ method, path, body })
    if (/^\/api\/county\/held\/[^/]+\/(accept|decline|reopen)$/.test(path)) return ok({})
    const first = this.firstRun.answer(method, path, body)
    if (first) return first
    const last = decodeURIComponent(path.split('/').at(-1) ?? '')
    if (path === '/api/county/registers' && method === 'POST') return this.upload(body)
    if (path === '/api/county/registers') return ok(this.registers)
    if (path === '/api/county/lists') return ok(this.lists)
    if (path.startsWith('/api/county/lists/')) return this.writeList(last, body)
    const [, campaign] = path.split('/api/county/campaigns/')
    if (campaign) return this.campaigns.answer(method, campaign.split('/').map(decodeURIComponent), body)
    const [, roster] = /^\/api\/county\/((?:tree|imports|people)(?:\/.*)?)$/.exec(path) ?? []
    if (roster) return this.roster.answer(method, roster.split('/').map(decodeURIComponent), search, body)
    if (path === '/api/county/records') return this.page(body as Record<string, unknown>)
    if (path.startsWith('/api/county/records/')) return method === 'POST' ? this.edit(last, body) : this.detail(last)
    if (path === '/api/county/export') return { status: 200, body: '\ufeff编号,姓名\r\n1,李**\r\n' }
    return this.plain(path, new URLSearchParams(search))
  }

  private plain(path: string, search: URLSearchParams): Answer {
    const coverage = { unit: '990101', name: '示例县', targets: 2110, visited: 1873, led_households: 420 }
    const totals = { person_times: 1873, persons: 1873, value_fen: 66_920_000, open_doubles: 0 }
    const answers: Record<string, unknown> = {
      '/api/session': {
        person: '刘敏',
        role: 'county_clerk',
        unit: '',
        county: '990101',
        county_name: '示例县',
        filing_no: '示例-2026-0001',
      },
      '/api/county/units': UNITS,
      '/api/county/matters': this.matters,
      '/api/county/stations': [],
      '/api/county/phones': [],
      '/api/county/pending': [],
      '/api/county/visits': { rows: [], matching: 0, totals, as_of_ms: this.made },
      '/api/county/overview': {
        campaigns: [
          {
            id: 'c1',
            name: '八一走访慰问',
            document_no: '示例字1号',
            from: '2026-07-18',
            until: '2026-07-31',
            open: false,
            spent_fen: 0,
          },
        ],
        campaign_id: 'c1',
        leadership: { households_min: 2, households_max: 3 },
        townships: [coverage],
        county: coverage,
        totals,
        open_matters: 0,
        waiting: [],
        as_of_ms: this.made,
      },
      '/api/report/annual': REPORT,
    }
    const found = answers[path]
    return found === undefined ? refused(404, 'not_found', `没有 ${path} ${search.toString()}`) : ok(found)
  }

  private page(query: Record<string, unknown>): Answer {
    const rows = this.records
      .map(({ row }) => row)
      .filter((row) => row.register === query['register'])
      .filter((row) => row.unit.startsWith(String(query['unit'] ?? '')))
      .filter((row) => !query['step'] || row.step === query['step'])
      .filter((row) => !query['text'] || row.title.includes(String(query['text'])))
      .filter((row) => !query['state'] || standing(row) === query['state'] || row.state === query['state'])
    const offset = Number(query['offset'] ?? 0)
    const source = this.registers.find(({ name }) => name === query['register'])?.source
    const measures = Object.keys(source?.['x-measures'] ?? {})
    return ok({
      rows: rows.slice(offset, offset + Number(query['limit'] ?? 50)),
      matching: rows.length,
      figures: Object.fromEntries(
        measures.map((name, index) => [name, name.endsWith('_fen') ? 3_400_000 : 33 + index]),
      ),
      as_of_ms: this.made,
    })
  }

  private detail(id: string): Answer {
    const found = this.records.find(({ row }) => row.record_id === id)
    if (!found) return refused(404, 'record_unknown', '没有这条记录。')
    const first = {
      change: `${id}-1`,
      author: found.row.author,
      device: '7F3A',
      written_ms: this.made - 3_600_000,
      received_ms: this.made,
      note: '',
      changes: Object.entries(found.fields).map(([field, value]) => ({ field, old: [], new: value })),
    }
    const detail: RecordDetail = { ...found, history: [first], matters: [], heads: [`head-of-${id}`] }
    return ok(detail)
  }

  private edit(id: string, body: unknown): Answer {
    const { fields, heads, note } = body as RecordEdit
    const found = this.records.find(({ row }) => row.record_id === id)
    if (!found) return refused(404, 'record_unknown', '没有这条记录。')
    if (note.trim() === '' || heads.length === 0) return refused(422, 'note_missing', '请写说明。')
    Object.assign(found.fields, fields)
    Object.assign(found.row.columns, fields)
    if ('void_reason' in fields) found.row.void_reason = fields['void_reason'] as string | null
    const source = this.registers.find(({ name }) => name === found.row.register)?.source
    found.row.step = waiting(source, found.fields)
    return this.detail(id)
  }

  private upload(body: unknown): Answer {
    const source = body as RegisterFile & { 'x-extends'?: string }
    if (!source['x-label']) {
      const faults = [
        { pointer: '/x-label', code: 'label_missing', zh: '没有中文和英文名称。', en: 'The label is missing.' },
        { pointer: '/properties/kind/x-widget', code: 'widget_unknown', zh: '不认识“chioce”。', en: 'No such widget.' },
      ]
      const error = { code: 'register_faults', zh: '文件有错。', en: 'The file has faults.', about: '' }
      return { status: 422, body: { error, faults } }
    }
    const info = { name: source['x-register'], version: source['x-version'], own: true, source }
    this.registers = [...this.registers.filter(({ name }) => name !== info.name), info]
    this.records.push(...makeRecords(source, 3))
    return ok(info)
  }

  private writeList(id: string, body: unknown): Answer {
    const list = this.lists.find((each) => each.id === id)
    if (!list) return refused(404, 'list_unknown', '没有这个清单。')
    const { valid_from, items } = body as { valid_from: string; items: (typeof list.versions)[0]['items'] }
    list.versions.push({ version: list.versions.length + 1, valid_from, items })
    return ok(list)
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body: structuredClone(body) }
}

function refused(status: number, code: string, zh: string): Answer {
  return { status, body: { error: { code, zh, en: code, about: '' } } }
}

function standing(row: RecordRow): string {
  if (row.void_reason !== null) return 'void'
  if (row.open_matters > 0) return 'matter'
  return row.invalid_fields.length > 0 ? 'invalid' : 'counted'
}

/** The first step whose first field is not there. */
export function waiting(source: RegisterFile | undefined, fields: Record<string, unknown>): string {
  return source?.['x-steps']?.find((step) => (fields[step.fields[0] ?? ''] ?? null) === null)?.id ?? ''
}

const REPORT = {
  figures: {
    'T01.person_times': 4200,
    'T01.money_records_fen': 149_950_000,
    'T01.money_spent_fen': 150_000_000,
    'T04.person_times': 25,
    'T05.wheelchair_persons': 3,
    'T05.donation_persons': 28,
    'T05.donation_fen': 7_500_000,
    'T06.persons': 132,
    'T06.paid_fen': 15_520_000,
    'T07.families': 119,
    'T07.award_fen': 3_400_000,
    'T08.recruits': 72,
    'T08.returnees': 96,
    'T09.hung': 98,
    'T09.replaced': 210,
    'T10.outlets': 33,
    'T10.items': 108,
  },
  sentences: [
    {
      id: 'T01',
      text: '投入150万元在八一、春节前夕走访慰问60周岁以上农村籍退役士兵、参战退役人员等重点优抚对象4200人次。',
    },
    { id: 'T04', text: '凡是有退役老兵住院、去世，局领导班子都要看望慰问，今年累计慰问25人次。' },
    { id: 'T05', text: '为3名行动不便老兵送去轮椅，为28名困难退役军人捐赠慰问金7.5万元。' },
    { id: 'T06', text: '累计为132名退役军人开展就业、生活、医疗等帮扶解困，发放补助资金15.52万余元。' },
    { id: 'T07', text: '联合县人武部为119名荣获“四有”和荣立三等功奖励的现役军人家庭送喜报，发放奖励金3.4万元。' },
    { id: 'T08', text: '为今年新入伍的72名新兵和96名退役返乡士兵举行欢送、欢迎仪式。' },
    { id: 'T09', text: '悬挂光荣牌98块，更换210块。' },
    {
      id: 'T10',
      text: '发展拥军门店33家，涵盖餐饮、商超、医药、培训、电商等众多行业，军人、军属到“拥军门店”可享受100余项优惠项目。',
    },
  ],
  remarks: [{ id: 'T01', text: '按记录相加的金额比下拨金额少 500 元。' }],
}
