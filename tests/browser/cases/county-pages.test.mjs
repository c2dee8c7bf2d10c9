// The county's own menu, page by page, on a desk's screen: nothing is refused, no complaint in the console, and axe-core finds
// nothing grave. Deliberately not here: what a page does (each has its own cases), and a township's menu (`township.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { assertClean } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const DESK = { width: 1440, height: 900 }
const OWN = ['总览', '要核对的', '暂存的登记', '慰问活动', '名册', '年度报告', '清单', '登记种类', '人员与手机', '开始使用']

test('each page of the county’s menu opens without a complaint', async () => {
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'), DESK)
  const opened = []
  await workbench.openAll(async (name) => {
    opened.push(name)
    await workbench.look(`page ${name}`)
  })
  assert.deepEqual(OWN.filter((name) => !opened.includes(name)), [])
  assert.equal(new Set(opened).size, opened.length)
  assertClean(workbench.watched)
  await workbench.throwAway()
})
