// Records of last year leave a phone that has the county's word for them, and come again when somebody wants to see them.
// Deliberately not here: what may leave (the web app's own tests).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch } from '../chromium.mjs'
import { stored } from '../kept.mjs'
import { Phone } from '../phone.mjs'
import { startServer } from '../server.mjs'
import { assertClean } from '../watch.mjs'

let server, browser

before(async () => {
  server = await startServer('demo')
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

test('records of an earlier year leave the phone, and come again on demand, also when it was asked for in a valley', async () => {
  const phone = await Phone.unpack(browser, server, 'earlier')
  await phone.enrol(server.phones[0])
  await phone.tab('记录')
  const card = phone.page.locator('section.card', { hasText: '更早的记录' })
  await card.waitFor()
  const left = Number(/还有 (\d+) 条/.exec(await card.innerText())?.[1])
  await phone.look('card')
  const here = (await stored(phone.page, 'records')).length
  assert.ok(left > 0 && here > 0, `${left} left, ${here} stay`)

  await phone.goOffline()
  await phone.tap(card.getByRole('button', { name: '取回来看' }))
  await card.getByRole('status').waitFor()
  await phone.look('wanted')
  await phone.goOnline()
  await card.waitFor({ state: 'detached' })
  assert.equal((await stored(phone.page, 'records')).length, here + left)
  await phone.page.getByText('2024年').first().waitFor()
  await phone.look('again')
  assertClean(phone.watched)
  await phone.throwAway()
})
