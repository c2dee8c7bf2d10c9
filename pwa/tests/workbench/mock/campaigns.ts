/**
 * Campaigns of the made-up county: plans that are kept, checked, copied, closed and taken back.
 *
 * Always true: of what may be wrong it knows the document number alone, and it has ten people of category 36 and two of 11.
 * Deliberately not here: the real server's rules.
 */
import type {
  CampaignFault,
  CampaignMeans,
  CampaignPlan,
  Package,
  PeopleListed,
  PersonListed,
  Unlisted,
} from '../../../src/shared/generated.ts'
import type { Answer } from './county.ts'

const ROSTER: Record<string, number> = { '11': 2, '36': 10 }

export const STANDARD: Package = {
  id: 'c1-1',
  name: '标准慰问',
  money_fen: 20_000,
  pay_method: 'cash',
  goods: [{ item: '大米', quantity: 1, measure_word: '袋', price_fen: 6000 }],
  fund_source: 'county',
}

export const PLAN: CampaignPlan = {
  campaign: {
    id: 'c1',
    name: '2026年八一走访慰问',
    document_no: '示例字1号',
    visit_kind: 'army_day',
    from: '2026-07-18',
    until: '2026-07-31',
    closed: false,
    packages: [STANDARD],
    spent_fen: 0,
  },
  targets: { categories: { '36': 'c1-1' }, people: {}, without: [] },
  leadership: { households_min: 2, households_max: 3 },
  fund_fen: 0,
  fund_source: 'county',
  revision: 0,
}

const UNLISTED: Unlisted = {
  person_ref: 'r1',
  name: '李大山',
  unit: '990101103200',
  unit_name: '石门村',
  why: 'not_a_category',
}

const NAMED: PersonListed = { person_ref: 'r1', name: '李大山', unit: '990101103200' }

const LISTED: PeopleListed = {
  lines: 2,
  people: [NAMED],
  refused: 1,
  faults: [
    {
      sheet: '',
      line: 3,
      column: '',
      value: '王五',
      code: 'person_unknown',
      zh: '名册里没有这个人。',
      en: 'The roster has nobody like that.',
      warning: false,
    },
  ],
}

export class MockCampaigns {
  plans = new Map<string, CampaignPlan>([[PLAN.campaign.id, structuredClone(PLAN)]])

  /** Below `/api/county/campaigns/`. */
  answer(method: string, [id = '', verb = '']: string[], body: unknown): Answer {
    if (id === 'check') return ok(means(body as CampaignPlan))
    if (id === 'list') return ok(LISTED)
    if (method === 'PUT') return this.write(body as CampaignPlan)
    const plan = this.plans.get(id)
    if (!plan) return no(404, 'not_found')
    if (method === 'DELETE') return this.plans.delete(id) ? { status: 204, body: '' } : no(404, 'not_found')
    if (verb === 'unlisted') return ok([UNLISTED])
    if (verb === 'copy')
      return ok({ plan: copied(plan), packages_changed: [{ ...STANDARD, money_fen: 30_000 }], names: [NAMED] })
    if (method === 'GET') return ok({ ...plan, names: [NAMED] })
    if (method === 'POST') plan.campaign.closed = verb === 'close'
    return ok(plan)
  }

  private write(plan: CampaignPlan): Answer {
    if (faults(plan).length > 0) return no(422, 'campaign_faults')
    this.plans.set(plan.campaign.id, structuredClone(plan))
    return ok(plan)
  }
}

function means(plan: CampaignPlan): CampaignMeans {
  const { categories } = plan.targets
  const people = Object.keys(categories).reduce((sum, code) => sum + (ROSTER[code] ?? 0), 0)
  const unlisted = Object.fromEntries(Object.entries(ROSTER).filter(([code]) => !(code in categories)))
  return { people, households: people, by_package: {}, worth_fen: 26_000 * people, unlisted, faults: faults(plan) }
}

function faults({ campaign }: CampaignPlan): CampaignFault[] {
  if (campaign.document_no !== '') return []
  const [zh, en] = ['请写文号。', 'Write its number.']
  return [{ code: 'campaign_document', field: 'document_no', zh, en, warning: false }]
}

function copied(plan: CampaignPlan): CampaignPlan {
  return { ...plan, campaign: { ...plan.campaign, id: 'c2', document_no: '' } }
}

function ok(body: unknown): Answer {
  return { status: 200, body: structuredClone(body) }
}

function no(status: number, code: string): Answer {
  return { status, body: { error: { code, zh: code, en: code, about: '' } } }
}
