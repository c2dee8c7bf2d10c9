// Two people correct one visit in two valleys: both keep their work, the county sees both values and settles it, and both phones
// show what was settled. Deliberately not here: other kinds of matters; simulated phones try them all.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()

/** Two phones of one village that both have one visit; returns the person's name. */
async function shareAVisit(one, other) {
  await one.enrol(bed.server.phones[0])
  await other.enrol(bed.server.phones[1])
  const name = (await one.logNext()).split('、')[0]
  await one.tab('记录')
  await one.waitForStanding(name, '县里已收到')
  await other.tab('记录')
  await other.record(name).waitFor()
  return name
}

/** The county picks the value that `who` wrote. */
async function settle(workbench, value) {
  await workbench.menu('要核对的')
  const sides = workbench.page.locator('.sides label')
  await sides.nth(1).waitFor()
  const texts = await sides.allInnerTexts()
  for (const shown of ['配偶', '子女']) assert.ok(texts.some((text) => text.includes(shown)), texts.join(' | '))
  await picture(workbench.page, 'workbench-matter')
  await sides.filter({ hasText: value }).click()
  await workbench.page.getByRole('textbox').last().fill('按签收表')
  await workbench.page.getByRole('button', { name: '选定这个' }).click()
  await workbench.page.getByText('没有').first().waitFor()
}

test('a form opened before the other edit arrived clashes with it, and what the county settles is shown on both phones', async () => {
  const workbench = await Workbench.signIn(bed.browser, bed.server.workbench)
  const one = await Phone.unpack(bed.browser, bed.server, 'one phone')
  const other = await Phone.unpack(bed.browser, bed.server, 'other phone')
  const name = await shareAVisit(one, other)

  await one.goOffline()
  await other.goOffline()
  await other.openCorrection(name)
  await one.openCorrection(name)
  await one.changeReceiver('配偶')
  await one.goOnline()
  await one.tab('记录')
  await one.waitForStanding(name, '县里已收到')
  // The other edit arrives while this form stands open; what is saved then was decided before.
  const heard = other.relay.passed('/api/sync')
  await other.goOnline()
  assert.equal((await heard).status, 200)
  await other.changeReceiver('子女')
  await other.tab('记录')
  await other.waitForStanding(name, '县里已收到')

  await settle(workbench, '配偶')
  for (const phone of [one, other]) {
    await phone.tab('记录')
    await phone.record(name).click()
    await phone.page.locator('.history .settled').first().waitFor()
    assert.match(await phone.page.locator('p.say').innerText(), /配偶/, `${phone.name} shows another value`)
  }
  await picture(other.page, 'phone-settled')
  assertClean(one.watched, other.watched, workbench.watched)
  for (const context of [one, other, workbench]) await context.throwAway()
})
