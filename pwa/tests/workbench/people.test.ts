/**
 * Stations, phones and held work in the workbench: what each part shows, and what is asked of the server.
 *
 * Always true: what is shown is what the made-up answers say. Deliberately not here: clicking through the pages, which the
 * browser's cases do.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, effectScope, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { ID_INJECTION_KEY, ZINDEX_INJECTION_KEY } from 'element-plus'
import DeclinedCard from '../../src/page/workbench/county/held/DeclinedCard.vue'
import HeldCard from '../../src/page/workbench/county/held/HeldCard.vue'
import HandoverForm from '../../src/page/workbench/county/people/HandoverForm.vue'
import LinkForm from '../../src/page/workbench/county/people/LinkForm.vue'
import LinkShown from '../../src/page/workbench/county/people/LinkShown.vue'
import PeoplePage from '../../src/page/workbench/county/people/PeoplePage.vue'
import SlipSheet from '../../src/page/workbench/county/people/SlipSheet.vue'
import StationCodeForm from '../../src/page/workbench/county/people/StationCodeForm.vue'
import PhonesApart from '../../src/page/workbench/county/people/PhonesApart.vue'
import { servingElsewhere } from '../../src/page/workbench/county/people/elsewhere.ts'
import StationTable from '../../src/page/workbench/county/people/StationTable.vue'
import WaitingPhones from '../../src/page/workbench/county/people/WaitingPhones.vue'
import WithdrawForm from '../../src/page/workbench/county/people/WithdrawForm.vue'
import { readDeclined, reopenHeld } from '../../src/page/workbench/server/people_routes.ts'
import { learnRegisters } from '../../src/page/workbench/server/registers.ts'
import { whileSeen } from '../../src/page/workbench/server/seen.ts'
import { session, units } from '../../src/page/workbench/server/signed.ts'
import { language } from '../../src/page/workbench/words/language.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'
import { CLERK, DECLINED, HELD, LINK, PHONE, slip, STATION, VACANT, WAITING } from './mock/people.ts'
import { UNITS } from './mock/records.ts'

let county: MockCounty

beforeEach(async () => {
  county = answering()
  units.value = UNITS
  await learnRegisters()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  session.value = undefined
  units.value = []
  language.value = 'zh'
})

async function html(component: Component, props: object = {}): Promise<string> {
  const app = createSSRApp(component, { ...props })
  app.provide(ID_INJECTION_KEY, { prefix: 1, current: 0 }).provide(ZINDEX_INJECTION_KEY, { current: 0 })
  return (await renderToString(app)).replace(/<!--.*?-->/g, '')
}

async function shown(component: Component, props: object = {}): Promise<string> {
  return (await html(component, props)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

describe('the table of stations', () => {
  it('says who serves each since when, with which phone, what is unsent there and held here', async () => {
    const said = await shown(StationTable, { stations: [STATION] })
    for (const words of [
      '双河镇 石门村',
      '王秀英，',
      '冯小兰，',
      '王秀英、冯小兰 · 手机 7F3A',
      '还有 3 条没传，最早是',
    ]) {
      expect(said).toContain(words)
    }
    expect(said).toContain('有 2 份登记暂存在县里')
    expect(await html(StationTable, { stations: [STATION] })).toContain('href="#/held"')
  })

  it('says of a vacant one that it is vacant and without a phone, and offers a code and a hand-over', async () => {
    const said = await shown(StationTable, { stations: [VACANT] })
    expect(said).toMatch(/空缺.*还没有手机.*登记手机.*交接/)
    expect(said).not.toContain('停用')
  })
})

describe('forms of a station', () => {
  const elsewhere = servingElsewhere([STATION, { ...VACANT, unit: '990101103201' }], '990101103201')

  it('know who serves another station, once each, and nobody who serves this one', () => {
    const second = { ...STATION, unit: '990101103202' }
    const found = servingElsewhere([STATION, second, VACANT], VACANT.unit)
    expect(found).toEqual([])
    expect(servingElsewhere([STATION, second], '990101103203').map(({ id, units }) => [id, units.length])).toEqual([
      ['p1', 2],
      ['p2', 2],
    ])
  })

  it('offer whoever serves it, somebody new, and whoever serves another', async () => {
    const said = await shown(StationCodeForm, { station: STATION, elsewhere })
    expect(said).toMatch(/王秀英.*冯小兰.*新来的人.*已在别的站的人.*15 分钟.*14 天/)
    expect(await shown(StationCodeForm, { station: VACANT, elsewhere: [] })).not.toContain('已在别的站的人')
  })

  it('say that a village was merged, and which phones serve no station', async () => {
    const merged = { ...STATION, last_day: '2026-05-31', merged_into: '990101103201' }
    expect(await shown(StationTable, { stations: [merged] })).toContain('5月31日 撤销，并入')
    const apart = (withdrawn: string | null): Promise<string> =>
      shown(PhonesApart, { phones: [{ ...PHONE, units: [], withdrawn }] })
    expect(await apart(null)).toMatch(/用的人已离任.*还有 3 条没传.*停用/)
    expect(await apart('retired')).toMatch(/下次联网交完就清空.*改为丢了或被偷/)
    expect(await apart('stolen')).not.toContain('改为丢了或被偷')
  })

  it('say before a hand-over what becomes of the work, and leave a vacant station to somebody new alone', async () => {
    expect(await shown(HandoverForm, { station: STATION, elsewhere })).toMatch(
      /暂存在县里，不会丢.*王秀英.*冯小兰.*先空着/,
    )
    const vacant = await shown(HandoverForm, { station: VACANT, elsewhere: [] })
    expect([vacant.includes('原来没有人'), vacant.includes('先空着')]).toEqual([true, false])
  })

  it('say before a phone is withdrawn what it will do', async () => {
    expect(await shown(WithdrawForm, { phone: PHONE })).toMatch(
      /王秀英、冯小兰.*没传的交上来，然后清空.*下次联网就清空/,
    )
  })
})

describe('phones that wait', () => {
  it('stand with their digits, where they belong and whose they are, and are told to whoever listens', async () => {
    const said = await shown(WaitingPhones, { phones: [WAITING] })
    expect(said).toMatch(/4071.*双河镇 石门村 · 林小满.*一样，通过/)
    const page = await html(WaitingPhones, { phones: [WAITING] })
    expect(page).toMatch(/role="status"/)
    expect(page, 'nothing is approved before four digits are typed').toMatch(/<button[^>]* disabled /)
  })

  it('are asked for while somebody looks, at once when the page is seen again, and no more once it is gone', () => {
    vi.useFakeTimers()
    const page = Object.assign(new EventTarget(), { hidden: false })
    vi.stubGlobal('document', page)
    const ask = vi.fn()
    const scope = effectScope()
    scope.run(() => whileSeen(ask, 1000))
    vi.advanceTimersByTime(2000)
    expect(ask).toHaveBeenCalledTimes(2)
    page.hidden = true
    vi.advanceTimersByTime(5000)
    page.dispatchEvent(new Event('visibilitychange'))
    expect(ask, 'hidden').toHaveBeenCalledTimes(2)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    expect(ask).toHaveBeenCalledTimes(3)
    scope.stop()
    page.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(5000)
    expect(ask).toHaveBeenCalledTimes(3)
  })
})

describe('printed slips', () => {
  const MADE = Date.parse('2026-11-27T00:40:00+08:00')
  const DAYS_14 = 14 * 24 * 3600_000

  beforeEach(() => vi.useFakeTimers({ now: MADE }))

  it('have the code in letters below the picture, and the county’s day', async () => {
    const said = await shown(SlipSheet, { lines: [slip('王秀英', 'K7P2-9QRS-TUVW-X234', MADE + DAYS_14)] })
    expect(said).toMatch(/K7P2-9QRS-TUVW-X234.*双河镇 石门村 · 王秀英.*https:\/\/zoufang\.example.*12月11日/)
  })

  it('are one for each of two people of a village, and none for a vacant one', async () => {
    const two = [slip('王秀英', 'K7P2-9QRS-TUVW-X234', MADE), slip('冯小兰', 'K7P2-9QRS-TUVW-X235', MADE)]
    const page = await html(SlipSheet, { lines: [...two, { ...two[0]!, person: '', link: null }] })
    expect(page.match(/<article/g)).toHaveLength(2)
  })
})

describe('links', () => {
  it('of a phone name the village and the last moment, those of a colleague no village', async () => {
    const request = { unit: STATION.unit, person: '林小满', staff: false }
    expect(await shown(LinkShown, { link: LINK, request })).toMatch(/林小满.*双河镇 石门村/)
    const colleague = await shown(LinkShown, { link: LINK, request: { unit: null, person: '孙立新', staff: true } })
    expect([colleague.includes('孙立新'), colleague.includes('石门村')]).toEqual([true, false])
  })

  it('for colleagues are the county’s to make', async () => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: true }))
    vi.useFakeTimers()
    session.value = CLERK
    expect(await shown(PeoplePage)).toContain('请同事登录工作台')
    expect(await shown(LinkForm)).toMatch(/县局或乡镇的同事.*在哪里工作.*姓名/)
    session.value = { ...CLERK, role: 'township_clerk', unit: '990101103' }
    expect(await shown(PeoplePage)).not.toContain('请同事登录工作台')
  })
})

describe('held work', () => {
  it('says whose it is and what is in it; what was accepted by itself is not offered again', async () => {
    const said = await shown(HeldCard, { work: HELD })
    expect(said).toMatch(/双河镇 石门村.*钱卫东 · 手机 7F3A/)
    expect(said).toMatch(/走访慰问 · 李大山 · .*已收下.*走访慰问 · 周长河.*改动已有的登记.*全部收下.*不收/)
    expect(
      (await html(HeldCard, { work: HELD })).match(/type="checkbox"[^>]*disabled|disabled[^>]*type="checkbox"/g),
    ).toHaveLength(1)
  })

  it('that was declined says by whom and why, and is opened again with a note', async () => {
    const said = await shown(DeclinedCard, { matter: DECLINED })
    expect(said).toMatch(/双河镇 石门村.*走访慰问 · 2026.*钱卫东 · 手机 7F3A.*刘敏 .* 写明不收：本人说没有去.*重新打开/)
    language.value = 'en'
    expect(await shown(DeclinedCard, { matter: DECLINED })).toMatch(/Declined by 刘敏, .*: 本人说没有去.*Open again/)
  })

  it('is declined where the county said so, last first, and neither open nor of another kind', async () => {
    const later = { ...DECLINED, id: 'm2', settled: { ...DECLINED.settled!, at_ms: DECLINED.settled!.at_ms + 1 } }
    const accepted = { ...DECLINED, id: 'm3', settled: { ...DECLINED.settled!, chosen: 'accepted' } }
    county.matters = [DECLINED, later, accepted, { ...DECLINED, id: 'm4', kind: 'double' }]
    expect((await readDeclined()).map(({ id }) => id)).toEqual(['m2', 'm1'])
  })

  it('is opened again by its own route', async () => {
    await reopenHeld('m1', '补来了签收表')
    expect(county.asked.at(-1)).toEqual({
      method: 'POST',
      path: '/api/county/held/m1/reopen',
      body: { note: '补来了签收表' },
    })
  })
})
