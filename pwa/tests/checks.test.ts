/**
 * What the phone looks at before anything is sent: free text, credit codes, telephone numbers, odd values. It warns and
 * never blocks.
 *
 * Deliberately not here: the schema.
 */
import { describe, expect, test } from 'vitest'
import { findForbidden } from '../src/page/form/checks/free_text'
import { isCreditCode, isPhone, oddValues } from '../src/page/form/checks/odd_values'
import { fieldsOf, type Field } from '../src/shared/field'
import type { Fields, Value } from '../src/shared/record'
import { builtIn } from '../src/shared/registers'
import { vectors } from './vectors'

const registers = await builtIn()

test.each(vectors<{ text: string; found: { kind: string; seen: string }[] }[]>('free-text.json'))(
  '$text is looked at as the vectors say',
  (one) => {
    expect(findForbidden(one.text)).toEqual(one.found)
  },
)

describe('designations of units are found', () => {
  test.each([
    '在73061部队服役',
    '７３０６１部队',
    '7 3 0 6 1 部队',
    '73061 部队家属',
    '8023部队',
    '原 73061 部队',
    '某某第80集团军',
    '第112师334团的老兵',
    '三三四团',
    '第三三四团',
    '12旅',
    '合成第12旅的',
    '二营三连',
    '第 3 营',
    '3连',
    '八连战士',
    '118舰',
    '118号舰',
    '二十七基地',
    '第27基地',
    '1205信箱',
    '一二〇五信箱',
    '信箱 1205 号',
    '部队代号 61234',
    '部队：61234',
    '六一二三四部队',
    '壹连',
    '在1团2营当兵',
  ])('%s', (text) => expect(findForbidden(text).map((one) => one.kind)).toContain('unit'))
})

describe('identity and card numbers are found', () => {
  test.each([
    ['990101194808010017', 'identity'],
    ['身份证990101195703150026。', 'identity'],
    ['99010119631107003X', 'identity'],
    ['99010119631107003x', 'identity'],
    ['９９０１０１１９４８０８０１００１７', 'identity'],
    ['990101 19480801 0017', 'identity'],
    ['990101-1948-0801-0017', 'identity'],
    ['9901 0119 4808 0100 17', 'identity'],
    ['990101480801001', 'identity'],
    ['990101 480801 001', 'identity'],
    ['电话10012345678 990101194808010017', 'identity'],
    ['６２２２０２００００００００００', 'card'],
    ['6222020000000000000', 'card'],
  ])('%s', (text, kind) => expect(findForbidden(text).map((one) => one.kind)).toContain(kind))

  test('are named without being shown whole', () => {
    expect(findForbidden('990101194808010017')).toEqual([{ kind: 'identity', seen: '990…17' }])
  })
})

describe('daily words are left alone', () => {
  test.each([
    '家里安好，老人精神不错',
    '原8023部队退役人员',
    '参试退役人员（原8023部队及其他）',
    '原 8023 部队',
    '一连三天下雨，改天再去',
    '一连几天没人在家',
    '一家人团圆，2团圆饭',
    '去年旅游，住了3家旅店',
    '2024年旅游旺季',
    '每天2营养品',
    '三营业员在场',
    '春节3连休',
    '三连冠',
    '十连胜',
    '在部队立过功',
    '送到部队去的信',
    '儿子在部队，一切都好',
    '老营房边上的老屋',
    '大连海鲜店',
    '连队老战友聚会',
    '一团和气',
    '3团员来慰问',
    '500团购',
    '信箱在门口',
    '种植基地',
    '报名两个基地参观',
    '三营镇的亲戚',
    '电话10012345678',
    '10012345678 2024年8月',
    '2024-07-26 10:30',
    '200元、大米1袋、食用油1桶',
    '签收表 A7-3',
    '91350100M000100Y43',
    '协议编号 20240726001',
    '地址：中街3号2单元502',
    '百团大战纪念馆',
    '九折优惠，连带赠品',
    '第3次去，还是没人',
    '家有3口，2人外出',
  ])('%s', (text) => expect(findForbidden(text)).toEqual([]))
})

describe('credit codes (GB 32100)', () => {
  test.each([
    '91350100M000100Y43',
    '92990101MA0TE00182',
    '91990101MA0TE00260',
    '93990101MA0TE0034L',
    '11990101012345671N',
  ])('%s', (code) => expect(isCreditCode(code)).toBe(true))

  test.each([
    '91350100M000100Y44',
    '91350100M000100Y34',
    '9135010OM000100Y43',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '92990101MA0TE00183',
    '',
    '91350100m000100y43',
  ])('not %s', (code) => expect(isCreditCode(code)).toBe(false))

  test('a sum that divides by 31 has the check 0', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const weights = Array.from({ length: 17 }, (_, index) => 3 ** index % 31)
    const sum = (code: string): number =>
      [...code].reduce((total, letter, index) => total + letters.indexOf(letter) * (weights[index] ?? 0), 0) % 31
    const ends = [...letters].flatMap((one) => [...letters].map((other) => one + other))
    const dividing = ends.map((end) => `92990101MA0TE00${end}`).filter((code) => sum(code) === 0)
    expect(dividing.length).toBeGreaterThan(0)
    for (const code of dividing) {
      expect([...letters].filter((check) => isCreditCode(code + check))).toEqual(['0'])
    }
  })
})

test.each(['10012345678', '0398-7872345', '7872345', '4001234567', '100 1234 5678'])('a telephone: %s', (number) =>
  expect(isPhone(number)).toBe(true),
)
test.each(['1001234567', '12', '无', '100123456789'])('no telephone: %s', (number) =>
  expect(isPhone(number)).toBe(false),
)

describe('odd values', () => {
  const label = (zh: string): { zh: string; en: string } => ({ zh, en: zh })
  const fields = fieldsOf(
    {
      times: { type: 'integer', 'x-label': label('人次'), 'x-warn': [{ above: 2 }, { below: 1 }] },
      paid: { 'x-widget': 'money', 'x-label': label('金额'), 'x-warn': [{ above: 500000 }] },
      from: { 'x-widget': 'date', 'x-label': label('收到') },
      until: { 'x-widget': 'date', 'x-label': label('送到'), 'x-warn': [{ after: 'from' }] },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { text: { 'x-label': label('内容'), 'x-warn': [{ check: 'free_text' }] } },
        },
      },
    },
    [],
  )

  test('are each told in one sentence that names them', () => {
    const odd = { times: 3, paid: 30000000, from: '2024-03-02', until: '2024-03-01', items: [{ text: '12旅优惠' }] }
    const told = oddValues(fields, odd)
    expect(told).toHaveLength(4)
    for (const word of ['人次：3', '金额：300000元', '早于', '12旅']) expect(told.join()).toContain(word)
    expect(oddValues(fields, { times: 0 })).toHaveLength(1)
  })

  test('usual ones are not', () => {
    const usual = { times: 1, paid: 30000, from: '2024-03-01', until: '2024-03-01', items: [{ text: '八折' }] }
    expect(oddValues(fields, usual)).toEqual([])
    expect(oddValues(fields, {})).toEqual([])
  })
})

/** Typed fields of all registers, wherever they stand, with a record that has the text there and nothing else. */
function typedPlaces(): [string, Field[], Fields][] {
  const TEXT = '在73061部队服役，990101194808010017'
  const inside = (field: Field): [string, Value][] => {
    // What is asked only beside certain values of others is asked in other records.
    if (field.isSilent || field.when) return []
    if (['text', 'long_text'].includes(field.widget)) return [['', TEXT]]
    if (field.widget === 'person')
      return [
        ['.name', { name: TEXT }],
        ['.contact', { contact: TEXT }],
      ]
    const many = field.widget === 'items' || field.widget === 'participants'
    return field.members.flatMap((member) =>
      inside(member).map(([path, value]): [string, Value] => {
        const holder = { [member.name]: value }
        return [`.${member.name}${path}`, many ? [holder] : holder]
      }),
    )
  }
  return [...registers.values()].flatMap(({ name, fields }) =>
    fields.flatMap((field) =>
      inside(field).map(([path, value]): [string, Field[], Fields] => [
        `${name}: ${field.name}${path}`,
        // Conditions on other fields are not what is looked at here.
        fields.filter((one) => one.name === field.name),
        { [field.name]: value },
      ]),
    ),
  )
}

describe('whatever is typed', () => {
  const places = typedPlaces()
  test('stands in many places', () => expect(places.length).toBeGreaterThan(25))

  test.each(places)('%s is looked at', (_, fields, record) => {
    const told = oddValues(fields, record).join()
    expect(told).toContain('73061部队')
    expect(told).toContain('990…17')
  })

  test('of a number is looked at for citizen numbers alone, and a credit code for its check digit', () => {
    const code = fieldsOf({ serial: { 'x-widget': 'code', type: 'string' } } as never, [])
    expect(oddValues(code, { serial: '990101194808010017' })).toHaveLength(1)
    expect(oddValues(code, { serial: '示字第80团' })).toEqual([])
  })

  test('is never a reference to somebody', () => {
    const visit = registers.get('visit')!.fields.filter(({ name }) => name === 'person')
    expect(oddValues(visit, { person: { person_ref: '990101194808010017' } })).toEqual([])
  })
})
