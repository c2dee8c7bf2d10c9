/**
 * The first day of a county: it is made with the link of the terminal, and six steps lead to the first visit.
 *
 * Always true: what is done is what the made-up county answers. Deliberately not here: the pages that do a step.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import GuideSteps from '../../src/page/workbench/county/guide/GuideSteps.vue'
import { commandsOf, PAGE_OF, placesIn, PLACES, stateOf } from '../../src/page/workbench/county/guide/steps.ts'
import { pageNamed, setupCodeFrom } from '../../src/page/workbench/place.ts'
import {
  beginAnew,
  done,
  forgetFirstRun,
  isUnderWay,
  learnFirstRun,
  readDone,
  STEPS,
  TURN_MS,
  type Done,
  type Step,
} from '../../src/page/workbench/server/first_run.ts'
import { Refused } from '../../src/page/workbench/server/request.ts'
import { enter, findSession, isUnfounded, session } from '../../src/page/workbench/server/signed.ts'
import { foundingForm, insteadOf, type FoundingForm } from '../../src/page/workbench/shell/founding.ts'
import SetUp from '../../src/page/workbench/shell/SetUp.vue'
import ShellMenu from '../../src/page/workbench/shell/ShellMenu.vue'
import { language } from '../../src/page/workbench/words/language.ts'
import type { Session } from '../../src/shared/generated.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'
import { SETUP_CODE } from './mock/first_run.ts'

const CLERK: Session = {
  person: '刘敏',
  role: 'administrator',
  unit: '',
  county: '990101',
  county_name: '示例县',
  filing_no: '',
}
const NOTHING: Done = { address: false, county: true, units: false, roster: false, campaign: false, phone: false }
const ALL: Done = { address: true, county: true, units: true, roster: true, campaign: true, phone: true }

let county: MockCounty

beforeEach(() => {
  county = answering()
  county.firstRun.done = ALL
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('location', { protocol: 'http:', hash: '' })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  forgetFirstRun()
  session.value = undefined
  isUnfounded.value = false
  language.value = 'zh'
})

async function shown(component: Component, props: object): Promise<string> {
  return (await renderToString(createSSRApp(component, { ...props }))).replace(/<!--.*?-->/g, '')
}

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const asked = (path: string): unknown[] => county.asked.filter((question) => question.path === path)

describe('a server without a county', () => {
  beforeEach(() => {
    county.firstRun.isFounded = false
  })

  function filled(): FoundingForm {
    const form = foundingForm()
    Object.assign(form.written, { county: ' 990101 ', county_name: ' 示例县', person: '刘敏 ' })
    return form
  }

  it('is known by its answer, at the start and at a sign-in', async () => {
    await findSession()
    expect([isUnfounded.value, session.value]).toEqual([true, undefined])
    isUnfounded.value = false
    await expect(enter('old')).rejects.toMatchObject({ status: 503 })
    expect(isUnfounded.value).toBe(true)
    county.firstRun.isFounded = true
    await findSession()
    expect([isUnfounded.value, session.value?.county_name]).toEqual([false, '示例县'])
  })

  it('is made a county with what somebody wrote, tidied, and the code of the link', async () => {
    const form = filled()
    expect(await form.found(SETUP_CODE)).toBe(true)
    expect(county.firstRun.founding).toEqual({
      code: SETUP_CODE,
      county: '990101',
      county_name: '示例县',
      person: '刘敏',
    })
  })

  it('goes on only once the server serves what was made', async () => {
    vi.useFakeTimers()
    county.firstRun.changingOver = 2
    const form = filled()
    const found = form.found(SETUP_CODE)
    await vi.advanceTimersByTimeAsync(TURN_MS)
    expect([asked('/api/setup').length, form.busy.value]).toEqual([3, true])
    await vi.advanceTimersByTimeAsync(TURN_MS)
    expect([await found, asked('/api/setup').length, form.busy.value]).toEqual([true, 4, false])
  })

  it('takes the full-width digits of a Chinese keyboard', async () => {
    const form = filled()
    form.written.county = '９９０１０１'
    expect(await form.found(SETUP_CODE)).toBe(true)
    expect(county.firstRun.founding?.county).toBe('990101')
  })

  it.each([
    ['county', '99010'],
    ['county', '9901011'],
    ['county', '示例县'],
    ['county_name', '  '],
    ['person', ''],
  ] as const)('is not asked while %s is “%s”', async (field, text) => {
    const form = filled()
    form.written[field] = text
    expect(await form.found(SETUP_CODE)).toBe(false)
    expect(form.wrong.value).toEqual([field])
    expect(county.asked).toEqual([])
  })

  it('says which field it does not take', async () => {
    const form = filled()
    form.written.county = '990000'
    expect(await form.found(SETUP_CODE)).toBe(false)
    expect(form.wrong.value).toEqual(['county'])
    expect(county.firstRun.isFounded).toBe(false)
  })

  it('refuses an old link, and goes on with the newest one and what was written', async () => {
    const form = filled()
    expect(await form.found('OLD')).toBe(false)
    expect(insteadOf(form.failure.value!)).toBe('setup.newer_link')
    expect([form.wrong.value, form.written.county_name]).toEqual([[], '示例县'])
    expect(await form.found(SETUP_CODE)).toBe(true)
  })

  it('says so where somebody else was quicker', async () => {
    county.firstRun.isFounded = true
    const form = filled()
    expect(await form.found(SETUP_CODE)).toBe(false)
    expect(insteadOf(form.failure.value!)).toBe('setup.founded')
    const saying = (status: number, code: string): unknown =>
      insteadOf(new Refused(status, { code, zh: '', en: '', about: '' }))
    expect(saying(405, 'method_not_allowed')).toBe('setup.founded')
    expect([saying(0, 'offline'), saying(400, 'bad_request'), saying(503, 'busy')]).toEqual(Array(3).fill(undefined))
  })

  it('asks for three things with the link, and without it says where the link is', async () => {
    const html = await shown(SetUp, { code: SETUP_CODE })
    expect(html.match(/<input/g)).toHaveLength(3)
    for (const label of ['县级区划代码', '县名', '您的姓名']) expect(html).toContain(`>${label}</label>`)
    expect(html).not.toContain(SETUP_CODE)
    const without = await shown(SetUp, { code: '' })
    expect(without).not.toContain('<input')
    expect(plain(without)).toContain('启动服务器的终端窗口里')
  })

  it('makes nothing where the browser would not keep the sign-in', async () => {
    vi.stubGlobal('isSecureContext', false)
    const html = await shown(SetUp, { code: SETUP_CODE })
    expect(html).not.toContain('<input')
    expect(plain(html)).toContain('现在的网址不安全')
  })
})

describe('what is done', () => {
  it.each(STEPS.filter((step) => step !== 'county'))('of “%s” is what the server answers', async (step) => {
    county.firstRun.done = { ...NOTHING, [step]: true }
    expect(await readDone()).toEqual({ ...NOTHING, [step]: true })
    county.firstRun.done = { ...ALL, [step]: false }
    expect(await readDone()).toEqual({ ...ALL, [step]: false })
  })

  it('of the address is also what the browser shows', async () => {
    county.firstRun.done = NOTHING
    vi.stubGlobal('location', { protocol: 'https:' })
    expect((await readDone()).address).toBe(true)
  })

  it('is asked for no more', async () => {
    county.firstRun.done = { ...NOTHING, units: true, roster: true }
    const before = await readDone()
    await readDone(before)
    const times = ['/api/county/tree', '/api/county/people', '/api/county/campaigns', '/api/county/stations']
    expect(times.map((path) => asked(path).length)).toEqual([1, 1, 2, 2])
  })

  it('asks for nobody by name', async () => {
    await readDone()
    expect(county.asked.map(({ path }) => path).filter((path) => path.includes('people'))).toHaveLength(1)
    expect(asked('/api/county/people')).toMatchObject([{ method: 'POST', body: { unit: '', search: '' } }])
  })
})

describe('the steps', () => {
  const states = (made: Partial<Done>): string[] => STEPS.map((step) => stateOf(step, { ...NOTHING, ...made }))

  it('stand one after the other, and a missing certificate holds up the phone alone', () => {
    expect(states({})).toEqual(['now', 'done', 'now', 'later', 'later', 'later'])
    expect(states({ units: true })).toEqual(['now', 'done', 'done', 'now', 'later', 'later'])
    expect(states({ units: true, roster: true })).toEqual(['now', 'done', 'done', 'done', 'now', 'later'])
    const listed = { units: true, roster: true, campaign: true }
    expect(states(listed)).toEqual(['now', 'done', 'done', 'done', 'done', 'later'])
    expect(states({ ...listed, address: true })).toEqual(['done', 'done', 'done', 'done', 'done', 'now'])
    expect(states(ALL)).toEqual(Array(6).fill('done'))
  })

  it('lead to the page that does them, or say the command', async () => {
    const html = await shown(GuideSteps, { done: NOTHING, session: CLERK })
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      '#/roster?part=units',
      '#/roster',
      '#/campaigns',
      '#/people',
    ])
    expect(html.match(/<details/g)).toHaveLength(6)
    expect(plain(html)).toContain('看要运行的命令')
  })

  it('are said in words: why, how they stand, how many are done', async () => {
    const words = plain(await shown(GuideSteps, { done: { ...NOTHING, units: true }, session: CLERK }))
    for (const said of [
      '六步里做好了 2 步',
      '示例县（990101）',
      '第 4 步 花名册 现在做',
      '第 5 步 第一个慰问活动 以后做',
    ])
      expect(words).toContain(said)
    expect(words).toContain('zoufang admin create --data DIR --county 990101 --county-name 示例县 --person 刘敏')
    expect(words).not.toContain('都准备好了')
  })

  it('end with what comes next', async () => {
    const html = await shown(GuideSteps, { done: ALL, session: CLERK })
    expect(plain(html)).toContain('第一次走访')
    expect(html).toContain('href="#/overview"')
  })

  it('are whole in English', async () => {
    language.value = 'en'
    const session = { ...CLERK, county_name: 'Example', person: 'Liu Min' }
    for (const made of [NOTHING, ALL]) {
      const words = plain(await shown(GuideSteps, { done: made, session }))
      expect(words).not.toMatch(/\p{Script=Han}|guide\./u)
    }
  })
})

describe('the commands', () => {
  const all = STEPS.flatMap((step) => commandsOf(step, CLERK))

  it('say what each word in capitals stands for', () => {
    const capitals = all.join(' ').match(/\b[A-Z]{2,}\b/g) ?? []
    expect(new Set(capitals)).toEqual(new Set(Object.keys(PLACES)))
    expect(placesIn(commandsOf('phone', CLERK))).toEqual(['DIR', 'HOST', 'UNIT', 'NAME'])
  })

  it('exist for each step, and begin with the program', () => {
    for (const step of STEPS) expect(commandsOf(step, CLERK).length).toBeGreaterThan(0)
    expect(all.filter((command) => !command.startsWith('zoufang '))).toEqual([])
    expect(PAGE_OF.county).toBeUndefined()
  })

  it('keep a name together, whatever stands in it', () => {
    const odd = { ...CLERK, county_name: "A'B; rm", person: '阿依古丽·买买提' }
    const [create] = commandsOf('county' satisfies Step, odd)
    expect(create).toContain(`--county-name 'A'\\''B; rm' --person '阿依古丽·买买提'`)
  })
})

describe('the workbench', () => {
  async function menu(): Promise<string[]> {
    session.value = CLERK
    return [...(await shown(ShellMenu, {})).matchAll(/href="#\/(\w+)/g)].map(([, page]) => page ?? '')
  }

  it('begins with the guide until the first phone is enrolled, then it stands last', async () => {
    county.firstRun.done = { ...ALL, phone: false }
    await learnFirstRun(CLERK)
    expect(isUnderWay.value).toBe(true)
    expect((await menu())[0]).toBe('guide')
    county.firstRun.done = ALL
    await learnFirstRun(CLERK)
    expect(isUnderWay.value).toBe(false)
    const pages = await menu()
    expect([pages[0], pages.at(-1)]).toEqual(['overview', 'guide'])
  })

  it('is not held up by the address once a phone is enrolled', async () => {
    county.firstRun.done = { ...ALL, address: false }
    await learnFirstRun(CLERK)
    expect([isUnderWay.value, done.value?.address]).toEqual([false, false])
  })

  it('remembers a county that has begun, and no other', async () => {
    await learnFirstRun(CLERK)
    const questions = county.asked.length
    await learnFirstRun(CLERK)
    expect(county.asked).toHaveLength(questions)
    await learnFirstRun({ ...CLERK, county: '990102' })
    expect(county.asked.length).toBeGreaterThan(questions)
    beginAnew()
    county.firstRun.done = NOTHING
    await learnFirstRun(CLERK)
    expect(isUnderWay.value).toBe(true)
  })

  it('does not ask for a township, and leads nobody where the server does not answer', async () => {
    await learnFirstRun({ ...CLERK, unit: '990101103' })
    expect(county.asked).toEqual([])
    county.firstRun.isFounded = false
    await learnFirstRun(CLERK)
    expect(isUnderWay.value).toBe(false)
  })

  it('learns it with the session', async () => {
    county.firstRun.done = NOTHING
    await findSession()
    expect(isUnderWay.value).toBe(true)
  })
})

describe('the address bar', () => {
  it('holds the code of the link that makes a county, which is no page', () => {
    expect(setupCodeFrom('#setup=K7P2')).toBe('K7P2')
    expect(['#setup=', '#/setup', '#code=K7P2', ''].map(setupCodeFrom)).toEqual(['', '', '', ''])
    expect(['#/guide', '#/visits?kind=x', '#setup=K7P2', '#code=x', '', '#/'].map(pageNamed)).toEqual([
      'guide',
      'visits',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
