/**
 * Lists of the made-up county: the eight that every county has, some with a past version.
 *
 * Deliberately not here: what they are used for.
 */
import type { CountyList, ListItem } from '../../../src/page/workbench/server/shapes.ts'

function item(code: string, zh: string, en: string, amount_fen: number | null = null): ListItem {
  return { code, zh, en, amount_fen, gift: null }
}

function standard(code: string, zh: string, en: string, money_fen: number): ListItem {
  const goods = [
    { item: '大米', quantity: 1, measure_word: '袋', price_fen: 6000 },
    { item: '食用油', quantity: 1, measure_word: '桶', price_fen: 4000 },
  ]
  const gift = { id: code, name: zh, money_fen, pay_method: 'cash', goods, fund_source: 'county' }
  return { code, zh, en, amount_fen: null, gift }
}

const honours = [
  item('third_class', '三等功', 'Third-class merit'),
  item('four_haves', '“四有”优秀个人', 'Four-haves award'),
]

export const LISTS: CountyList[] = [
  {
    id: 'packages',
    name: { zh: '慰问标准', en: 'Standard packages' },
    versions: [
      {
        version: 1,
        valid_from: '2024-01-01',
        items: [standard('standard', '标准慰问', 'Standard', 20_000), standard('raised', '提高慰问', 'Raised', 40_000)],
      },
    ],
  },
  {
    id: 'awards',
    name: { zh: '奖励金标准', en: 'Award table' },
    versions: [
      {
        version: 1,
        valid_from: '2023-01-01',
        items: [
          item('third_class', '三等功', 'Third-class merit', 80_000),
          item('four_haves', '“四有”优秀个人', 'Four-haves award', 10_000),
          item('basic_service', '尽职奖', 'Service award', 5_000),
        ],
      },
      {
        version: 2,
        valid_from: '2024-01-01',
        items: [
          item('third_class', '三等功', 'Third-class merit', 100_000),
          item('four_haves', '“四有”优秀个人', 'Four-haves award', 15_000),
        ],
      },
    ],
  },
  one('four_honours', '四尊崇', 'Four honours', [
    item('talk', '座谈会', 'Talk before leaving'),
    item('plaque', '悬挂光荣牌', 'Plaque hung'),
    item('sendoff', '欢送仪式', 'Send-off'),
    item('picture', '集体合影', 'Group picture'),
  ]),
  one('five_cares', '五关爱', 'Five cares', [
    item('welcome', '欢迎仪式', 'Welcome'),
    item('heart', '谈心', 'Talk'),
    item('policy', '讲政策', 'Policies explained'),
    item('jobs', '荐岗位', 'Jobs recommended'),
    item('service', '优服务', 'Good service'),
  ]),
  one('six_visits', '六必访', 'Six must-visits', [item('return', '返乡必访', 'On return')]),
  one('categories', '人员类别', 'Categories', [
    item('33', '参战退役人员', 'War veteran'),
    item('36', '60周岁以上农村籍退役士兵', 'Rural ex-soldier aged 60 and over'),
  ]),
  one('sectors', '行业', 'Sectors', [
    item('catering', '餐饮', 'Catering'),
    item('supermarket', '商超', 'Supermarket'),
    item('pharmacy', '医药', 'Pharmacy'),
  ]),
  one('honours', '荣誉', 'Honours', honours),
]

function one(id: string, zh: string, en: string, items: ListItem[]): CountyList {
  return { id, name: { zh, en }, versions: [{ version: 1, valid_from: '2024-01-01', items }] }
}
