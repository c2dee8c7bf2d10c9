/**
 * Bringing lists in: what an import may become, what is sent, how it is followed, what is said of it.
 *
 * Always true: the clock is moved by hand. Deliberately not here: what the real server finds in a file.
 */
import { ID_INJECTION_KEY } from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, nextTick, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import {
  asSent,
  batches,
  columnsOf,
  giveMeaning,
  isClash,
  isLast,
  isReady,
  meaningsOf,
  missing,
  opening,
  sideOf,
  type OpenedImport,
} from '../../src/page/workbench/county/roster/import/choice.ts'
import ClashList from '../../src/page/workbench/county/roster/import/ClashList.vue'
import { follow, isChecked, isTaken, PAUSE_MS } from '../../src/page/workbench/county/roster/import/following.ts'
import ImportFound from '../../src/page/workbench/county/roster/import/ImportFound.vue'
import { opened } from '../../src/page/workbench/county/roster/import/opened.ts'
import { columnSaid, valueSaid } from '../../src/page/workbench/county/roster/said.ts'
import {
  applyImport,
  bringImport,
  checkImport,
  readImport,
  readImports,
  undoImport,
} from '../../src/page/workbench/server/roster_routes.ts'
import { session } from '../../src/page/workbench/server/signed.ts'
import type { ImportKind, ImportShown } from '../../src/shared/generated.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'
import { CHECK, CLASH, readFile } from './mock/roster.ts'

const NOW = Date.UTC(2026, 6, 26)
let county: MockCounty

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  county = answering()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  opened.value = undefined
})

function inHand(kind: ImportKind = 'roster'): OpenedImport {
  return opening(readFile('i9', kind, '名册.xlsx'))
}

/** As it is once the server found out what it would change. */
function checked(kind: ImportKind = 'roster'): OpenedImport {
  const form = inHand(kind)
  form.shown = { ...form.shown, state: 'checked', check: structuredClone(CHECK) }
  form.checkedWith = columnsOf(form)
  return form
}

async function words(component: Component, props: Record<string, unknown>): Promise<string> {
  const app = createSSRApp(component, props).provide(ID_INJECTION_KEY, { prefix: 1, current: 0 })
  const drawn = await renderToString(app)
  return drawn
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('columns', () => {
  it('have each meaning once', () => {
    const { choice } = inHand()
    giveMeaning(choice, '序号', 'name')
    expect(choice.mapping).toMatchObject({ 序号: 'name' })
    expect(choice.mapping).not.toHaveProperty('姓名')
    giveMeaning(choice, '序号', '')
    expect(Object.values(choice.mapping)).not.toContain('name')
  })

  it('of a roster say nothing of a batch, whose cells would refuse lines', () => {
    expect(inHand('roster').choice.mapping).not.toHaveProperty('入伍时间')
    expect(inHand('recruits').choice.mapping).toHaveProperty('入伍时间', 'batch')
  })

  it('that a list cannot do without are named until they are there', () => {
    const form = inHand('recruits')
    expect(missing(form)).toEqual([])
    for (const heading of ['姓名', '所在村', '入伍时间']) giveMeaning(form.choice, heading, '')
    expect(missing(form)).toEqual(['name', 'village', 'batch'])
    giveMeaning(form.choice, '序号', 'village_code')
    giveMeaning(form.choice, '姓名', 'name')
    form.choice.batch = '2026H1'
    expect(missing(form)).toEqual([])
    expect(asSent(form).batch).toBe('2026H1')
    giveMeaning(form.choice, '入伍时间', 'batch')
    expect(asSent(form).batch).toBeNull()
  })

  it('of merit notices say which honour', () => {
    const form = inHand('merits')
    expect(missing(form)).toEqual(['honour'])
    giveMeaning(form.choice, '序号', 'honour')
    expect(missing(form)).toEqual([])
    expect(meaningsOf('recruits')).not.toContain('honour')
  })

  it('are of a batch of the years around this one', () => {
    expect(batches(2026).slice(0, 4)).toEqual(['2027H2', '2027H1', '2026H2', '2026H1'])
    expect(batches(2026).at(-1)).toBe('2023H1')
  })
})

describe('an import may be taken', () => {
  it('only as it was found out last', () => {
    const form = checked('recruits')
    expect(isReady(form)).toBe(true)
    form.choice.clashes['r2'] = 'file'
    form.choice.remove_missing = true
    expect(isReady(form)).toBe(true)
    giveMeaning(form.choice, '组', '')
    expect(isReady(form)).toBe(false)
    giveMeaning(form.choice, '组', 'group')
    expect(isReady(form)).toBe(true)
    giveMeaning(form.choice, '入伍时间', '')
    form.choice.batch = '2026H1'
    expect(isReady(form)).toBe(false)
    form.checkedWith = columnsOf(form)
    form.choice.batch = '2026H2'
    expect(isReady(form)).toBe(false)
  })

  it('never unseen, nor where a whole column is missing', () => {
    expect(isReady(inHand())).toBe(false)
    const again = opening(checked().shown)
    expect(isReady(again)).toBe(false)
    const form = checked()
    form.shown.check!.faults.push({ ...CHECK.faults[0]!, line: 0, code: 'column_missing' })
    expect(isReady(form)).toBe(false)
  })

  it('with what is here, unless somebody chose the file', () => {
    const { choice } = checked()
    expect(sideOf(choice, 'r2')).toBe('here')
    choice.clashes['r2'] = 'file'
    expect([sideOf(choice, 'r2'), sideOf(choice, 'r3')]).toEqual(['file', 'here'])
    expect(CLASH.fields.map(isClash)).toEqual([true, false])
    expect(isClash({ field: 'name', last: null, now: '李', file: '王' })).toBe(false)
  })
})

describe('what is sent', () => {
  it('is the file itself, and it is looked at before anything is taken', async () => {
    const file = new Blob(['姓名,村\n'])
    const shown = await bringImport('recruits', '新兵 名单.csv', file)
    expect(county.asked.at(-1)).toMatchObject({ method: 'POST', path: '/api/county/imports' })
    expect(county.asked.at(-1)?.body).toBe(file)
    expect(shown).toMatchObject({ kind: 'recruits', file_name: '新兵 名单.csv', state: 'read' })
    const form = opening(shown)
    expect((await checkImport(shown.id, asSent(form))).check).toEqual(CHECK)
    form.choice.clashes['r2'] = 'file'
    expect((await applyImport(shown.id, asSent(form))).state).toBe('applied')
    expect(county.asked.at(-1)?.body).toMatchObject({ clashes: { r2: 'file' }, remove_missing: false, batch: null })
    await undoImport(shown.id)
    expect((await readImport(shown.id)).state).toBe('undone')
    expect(county.asked.map(({ path }) => path.split('/imports/')[1] ?? '')).toEqual([
      '',
      'i3/check',
      'i3/apply',
      'i3/undo',
      'i3',
    ])
  })

  it('says of a file what it is', async () => {
    const asked = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{}')))
    vi.stubGlobal('fetch', asked)
    await bringImport('roster', 'a.xlsx', new Blob(['x']))
    await checkImport('i9', asSent(inHand()))
    const types = asked.mock.calls.map(([, init]) => new Headers(init?.headers).get('content-type'))
    expect(types).toEqual(['application/octet-stream', 'application/json'])
  })

  it('turns back the last of its kind alone', async () => {
    const imports = await readImports()
    expect(imports.map((each) => isLast(imports, each))).toEqual([true, false])
    await undoImport(imports[0]!.id)
    const after = await readImports()
    expect(after.map((each) => isLast(after, each))).toEqual([false, true])
    const recruits: ImportShown = { ...after[1]!, id: 'i7', kind: 'recruits' }
    expect(isLast([recruits, ...after], after[1]!)).toBe(true)
  })
})

describe('work that goes on', () => {
  const state = ({ state, done }: ImportShown): string => `${state} ${done}`

  it('is followed until it is done', async () => {
    county.roster.slow = 2
    const seen: string[] = []
    const begun = await checkImport('i2', asSent(inHand()))
    const followed = follow(begun, isChecked, (shown) => seen.push(state(shown)))
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(seen).toEqual(['working 583', 'working 875'])
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    await followed
    expect(seen).toEqual(['working 583', 'working 875', 'checked 1750'])
  })

  it('is taken only when it says so, even where it has to wait for its turn', async () => {
    const turns = ['checked', 'checked', 'working', 'applied']
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ id: 'i9', state: turns.shift() }))))
    const seen: string[] = []
    const followed = follow({ ...inHand().shown, state: 'checked' }, isTaken, (shown) => seen.push(shown.state))
    await vi.advanceTimersByTimeAsync(4 * PAUSE_MS)
    await followed
    expect(seen).toEqual(['checked', 'checked', 'checked', 'working', 'applied'])
  })

  it('is asked about no more once nobody waits', async () => {
    county.roster.slow = 9
    const begun = await checkImport('i2', asSent(inHand()))
    let isHere = true
    const waits = (): boolean => isHere
    const followed = follow(begun, isChecked, () => {}, waits)
    isHere = false
    await vi.advanceTimersByTimeAsync(3 * PAUSE_MS)
    await followed
    expect(county.asked).toHaveLength(1)
  })

  it('is gone with the session', async () => {
    opened.value = inHand()
    session.value = null
    await nextTick()
    expect(opened.value).toBeUndefined()
  })
})

describe('what an import changes', () => {
  it('is said in numbers, faults and people, what needs somebody first', async () => {
    const said = await words(ImportFound, { modelValue: checked() })
    for (const part of [
      '新增（人） 12',
      '和现在一样（人） 1,731',
      '保留县里的更正（人） 4',
      '要选定（人） 1',
      '不能导入（行） 2',
    ])
      expect(said).toContain(part)
    expect(said).toContain('第 7 行 所在村 石门 不能导入 区划里没有这个村，请检查村名或代码。')
    expect(said.indexOf('要选定：1 人')).toBeLessThan(said.indexOf('不在文件里的人移出名册'))
    expect(said.indexOf('不在文件里的人移出名册')).toBeLessThan(said.indexOf('不在文件里的 2 人'))
    expect(said).toContain('户号： 12 → 13 去世日期： （空） → 5月1日')
    expect(said).toContain('大山乡 第 9 行')
  })

  it('is counted only where all columns are there', async () => {
    const form = checked()
    const faults = [{ ...CHECK.faults[0]!, line: 0, column: 'village', value: '', zh: '缺少这一列。' }]
    form.shown.check = { ...CHECK, added: 0, differences: [], refused: 1750, removed: 0, faults }
    const said = await words(ImportFound, { modelValue: form })
    expect(said).toContain('整个文件 村 不能导入 缺少这一列。')
    expect(said).not.toContain('1,750')
  })

  it('stands side by side where somebody has to decide', async () => {
    const said = await words(ClashList, { modelValue: checked(), clashes: [CLASH], all: 1 })
    expect(said).toContain('项目 上次导入 现在 文件里 亲属或联系人 周建国 周建华 周建军')
    expect(said).toContain('60周岁以上农村籍退役士兵、参战退役人员')
    expect(said).not.toContain('其余的保留现在的')
    expect(await words(ClashList, { modelValue: checked(), clashes: [CLASH], all: 300 })).toContain('只列出前 1 人')
  })

  it('is said in words, whatever the field', () => {
    expect(valueSaid('household', '990101103200-12')).toBe('12')
    expect(valueSaid('batch', '2026H1')).toBe('2026年春季')
    expect([valueSaid('name', ''), valueSaid('relative', null)]).toEqual(['（空）', '（空）'])
    expect([columnSaid('replaced_by'), columnSaid('所在村'), columnSaid('')]).toEqual(['并入', '所在村', ''])
  })
})
