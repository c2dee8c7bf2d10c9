/**
 * Campaigns in the workbench: what a draft may become, what is sent, what is kept while somebody looks elsewhere.
 *
 * Deliberately not here: what the real server says is wrong, and who is on a list.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, nextTick } from 'vue'
import { renderToString } from 'vue/server-renderer'
import PlanMeans from '../../src/page/workbench/county/campaigns/PlanMeans.vue'
import { beginNew, begun, isUnsaved, opened } from '../../src/page/workbench/county/campaigns/opened.ts'
import {
  addPackage,
  asSent,
  chooseCategory,
  dropPackage,
  freshId,
  freshPlan,
  isChanged,
  isPriority,
  KINDS,
  leaveOut,
  listPeople,
  listPerson,
  namesOf,
  putBack,
  stateOf,
  takeNow,
  unlistPerson,
  usesOf,
} from '../../src/page/workbench/county/campaigns/plan.ts'
import {
  checkPlan,
  closeCampaign,
  copyPlan,
  matchList,
  readPlan,
  readUnlisted,
  withdrawCampaign,
  writePlan,
} from '../../src/page/workbench/server/campaign_routes.ts'
import type { Refused } from '../../src/page/workbench/server/request.ts'
import { session } from '../../src/page/workbench/server/signed.ts'
import { choices } from '../../src/page/workbench/words/fields.ts'
import { zh } from '../../src/page/workbench/words/zh.ts'
import type { CampaignMeans, CampaignPlan } from '../../src/shared/generated.ts'
import { answering } from './mock/answering.ts'
import { PLAN, STANDARD } from './mock/campaigns.ts'
import type { MockCounty } from './mock/county.ts'

let county: MockCounty
let plan: CampaignPlan

beforeEach(() => {
  county = answering()
  plan = structuredClone(PLAN)
})
afterEach(() => {
  vi.unstubAllGlobals()
  opened.value = undefined
})

describe('packages of a campaign', () => {
  it('are copies of the list of the county, each with an id of its own that goes into an address', () => {
    const listed = structuredClone(STANDARD)
    addPackage(plan, listed)
    addPackage(plan)
    const [, copy, own] = plan.campaign.packages
    copy!.goods[0]!.price_fen = 1
    expect(listed).toEqual(STANDARD)
    expect(own).toMatchObject({ name: '', money_fen: 0, goods: [], fund_source: 'county' })
    const ids = plan.campaign.packages.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(ids.every((id) => /^[\w-]{1,64}$/.test(id))).toBe(true)
  })

  it('stay while somebody gets them', () => {
    listPerson(plan, 'r1', 'c1-1')
    expect(usesOf(plan, 'c1-1')).toBe(2)
    dropPackage(plan, 'c1-1')
    expect(plan.campaign.packages).toHaveLength(1)
    chooseCategory(plan, '36', '')
    unlistPerson(plan, 'r1')
    dropPackage(plan, 'c1-1')
    expect(plan.campaign.packages).toEqual([])
    expect(plan.targets.categories).toEqual({})
  })

  it('that the county changed since are taken as they are now and stay whose they were', () => {
    const now = { ...structuredClone(STANDARD), id: 'p300', money_fen: 30_000 }
    addPackage(plan, { ...STANDARD, name: '伤残慰问' })
    takeNow(plan, now)
    expect(plan.campaign.packages.map(({ money_fen }) => money_fen)).toEqual([30_000, 20_000])
    expect(plan.campaign.packages[0]!.id).toBe(plan.targets.categories['36'])
    plan.campaign.packages[0]!.goods[0]!.price_fen = 1
    expect(now.goods[0]!.price_fen).toBe(6000)
  })
})

describe('whom a campaign is for', () => {
  it('is never both on the list and left out', () => {
    plan.targets.without = ['r1', 'r2']
    listPerson(plan, 'r1', 'c1-1')
    expect(plan.targets).toMatchObject({ people: { r1: 'c1-1' }, without: ['r2'] })
    putBack(plan, 'r2')
    expect(plan.targets.without).toEqual([])
  })

  it('follows a list file, one package for all of it, and whoever is left out is on no list', async () => {
    const form = begun(plan)
    const { people, refused } = await matchList(new Blob(['姓名,村']))
    expect(refused).toBe(1)
    form.plan.targets.without = ['r1']
    listPeople(form, people, 'c1-1')
    expect(form.plan.targets).toMatchObject({ people: { r1: 'c1-1' }, without: [] })
    expect(form.names['r1']?.name).toBe('李大山')
    leaveOut(form, people[0]!)
    leaveOut(form, people[0]!)
    expect(form.plan.targets).toMatchObject({ people: {}, without: ['r1'] })
  })

  it('is known by name when the plan is read, and the names are no part of what is sent', async () => {
    const { names, ...read } = await readPlan('c1')
    const form = begun(read, namesOf(names))
    expect(form.names).toEqual({ r1: { person_ref: 'r1', name: '李大山', unit: '990101103200' } })
    expect(isChanged(form)).toBe(false)
    expect(asSent(form.plan)).not.toHaveProperty('names')
  })

  it('has the priority recipients of the law first', () => {
    expect(['11', '36', '42', '51', '59', '1', 'own'].map(isPriority)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('is never visited at one place for all', () => {
    const saying = Object.entries(zh).filter(([, words]) => words.includes('集中'))
    expect(saying.map(([key]) => key)).toEqual(['campaign.home_rule'])
    const places = choices('handover.handover_place')
    expect(places).toHaveLength(5)
    expect(places.filter(({ value, label }) => /central|point|集中/.test(value + label))).toEqual([])
    expect(JSON.stringify(freshPlan('c9'))).not.toMatch(/place|central|point/)
    const kinds = choices('visit_kind').map(({ value }) => value)
    expect(KINDS.every((kind) => kinds.includes(kind))).toBe(true)
    expect(KINDS).not.toContain('hospital')
  })
})

describe('a campaign stands', () => {
  const days = { id: 'c1', name: '', document_no: '', from: '2026-07-18', until: '2026-07-31', spent_fen: 0 }
  it('as its days and the county say', () => {
    const state = (today: string, open = false): string => stateOf({ ...days, open }, today)
    expect(state('2026-07-20', true)).toBe('open')
    expect(['2026-07-17', '2026-07-18', '2026-07-31', '2026-08-01'].map((today) => state(today))).toEqual([
      'planned',
      'closed',
      'closed',
      'over',
    ])
  })
})

describe('what is sent', () => {
  it('has no blanks around it, and the form keeps them', async () => {
    plan.campaign.name = ' 八一 '
    plan.campaign.packages[0]!.goods[0]!.item = '大米 '
    await writePlan(asSent(plan))
    const sent = county.asked.at(-1)
    expect(sent).toMatchObject({ method: 'PUT', path: '/api/county/campaigns/c1' })
    expect((sent?.body as CampaignPlan).campaign).toMatchObject({
      name: '八一',
      packages: [{ goods: [{ item: '大米' }] }],
    })
    expect(plan.campaign.name).toBe(' 八一 ')
  })

  it('is checked first, and refused with words while something is wrong', async () => {
    plan.campaign.document_no = ' '
    const means = await checkPlan(asSent(plan))
    expect(means.faults.map(({ code, warning }) => [code, warning])).toEqual([['campaign_document', false]])
    expect(means).toMatchObject({ people: 10, unlisted: { '11': 2 } })
    const refused: unknown = await writePlan(asSent(plan)).catch((error: unknown) => error)
    expect((refused as Refused).text.code).toBe('campaign_faults')
    expect(county.campaigns.plans.get('c1')?.campaign.document_no).toBe('示例字1号')
  })

  it('closes, opens again, copies, names who is left out, and withdraws', async () => {
    expect((await closeCampaign('c1', true)).campaign.closed).toBe(true)
    expect((await closeCampaign('c1', false)).campaign.closed).toBe(false)
    const copy = await copyPlan('c1')
    expect([copy.plan.campaign.id, county.campaigns.plans.has('c2')]).toEqual(['c2', false])
    expect((await readUnlisted('c1', '990101103')).map(({ name }) => name)).toEqual(['李大山'])
    await withdrawCampaign('c1')
    expect(county.campaigns.plans.size).toBe(0)
    expect(county.asked.map(({ method, path }) => `${method} ${path.slice('/api/county/campaigns/'.length)}`)).toEqual([
      'POST c1/close',
      'POST c1/reopen',
      'POST c1/copy',
      'GET c1/unlisted',
      'DELETE c1',
    ])
  })
})

describe('what somebody writes', () => {
  it('is changed where it differs from what is kept, and only then', () => {
    const form = begun(plan)
    expect(isChanged(form)).toBe(false)
    form.plan.campaign.name += ' '
    expect(isChanged(form)).toBe(false)
    form.plan.leadership.households_max = 4
    expect(isChanged(form)).toBe(true)
    expect(form.saved?.leadership.households_max).toBe(3)
  })

  it('is offered again once something stands in it', () => {
    opened.value = beginNew()
    expect(isUnsaved()).toBe(false)
    opened.value.plan.campaign.name = '春节'
    expect(isUnsaved()).toBe(true)
    opened.value = begun(plan)
    expect(isUnsaved()).toBe(false)
  })

  it('is gone with the session', async () => {
    opened.value = begun(plan)
    session.value = null
    await nextTick()
    expect(opened.value).toBeUndefined()
  })

  it('has an id that two clerks do not share', () => {
    expect(freshId('2026', new Uint8Array([0, 15, 255, 1]))).toBe('2026-000fff01')
    const ids = Array.from({ length: 50 }, () => beginNew().plan.campaign.id)
    expect(new Set(ids).size).toBe(50)
  })
})

describe('what a plan means', () => {
  const means: CampaignMeans = {
    people: 1750,
    households: 1701,
    by_package: { 'c1-1': 1750 },
    worth_fen: 45_500_000,
    unlisted: { '11': 260 },
    faults: [
      { code: 'campaign_document', field: 'document_no', zh: '请写文号。', en: 'Write its number.', warning: false },
      { code: 'campaign_worth', field: 'packages', zh: '请核对。', en: 'Check it.', warning: true },
    ],
  }
  const shown = async (canName: boolean): Promise<string> => {
    const app = createSSRApp(PlanMeans, { plan, means, categories: [], canName, wasTried: true })
    return (await renderToString(app)).replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ')
  }

  it('is said in numbers and words, without anybody by name', async () => {
    plan.fund_fen = 40_000_000
    const words = await shown(true)
    for (const said of ['1,750 人', '1,701 户', '455,000 元', '经费还差 55,000 元', '标准慰问', '残疾军人', '260 人'])
      expect(words).toContain(said)
    expect(words.indexOf('保存前要改好')).toBeLessThan(words.indexOf('请写文号。'))
    expect(words.indexOf('请留意')).toBeLessThan(words.indexOf('请核对。'))
    expect(words).toContain('看是哪些人（敏感信息）')
  })

  it('has names only once it is kept', async () => {
    const words = await shown(false)
    expect(words).toContain('保存以后可以看是哪些人。')
    expect(words).not.toContain('敏感信息')
  })
})
