// A phone gets a second village by a further link, and is withdrawn: retired it hands over what it has and is empty then, stolen
// it is empty at once. Deliberately not here: crashes in between (`pwa/tests/sync/withdrawn.test.ts`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
const STORES = ['meta', 'intents', 'documents', 'records', 'envelopes', 'feeds', 'tables', 'drafts']

async function newPhone(name, place, person) {
  const [own, next] = (await bed.county.villages()).slice(place)
  const phone = await Phone.unpack(bed.browser, bed.server, name)
  await phone.enrol(await bed.county.enrolmentLink(own.unit, person))
  return { phone, own, next }
}

/** The county's word about the only phone of that person. */
async function withdraw(unit, person, reason) {
  const stations = await bed.county.must('GET', `/api/county/stations?unit=${unit}`)
  const phones = stations.flatMap(({ phones }) => phones).filter(({ people }) => people.includes(person))
  assert.equal(phones.length, 1)
  const { status } = await bed.county.ask('POST', `/api/county/phones/${phones[0].id}/withdraw`, { reason })
  assert.equal(status, 204)
}

/** Everything that the browser keeps of this phone, by store. */
function kept(page) {
  return page.evaluate(async (stores) => {
    const database = await new Promise((done) => (indexedDB.open('zoufang').onsuccess = ({ target }) => done(target.result)))
    const keys = stores.map(
      (store) => new Promise((done) => (database.transaction(store).objectStore(store).getAllKeys().onsuccess = ({ target }) => done(target.result))),
    )
    const all = (await Promise.all(keys)).flat().filter((key) => key !== 'wiped')
    database.close()
    return { all, village: JSON.parse(localStorage.getItem('zoufang-settings')).village }
  }, STORES)
}

test('a further link adds its village by a tap, and each village keeps its own list', async () => {
  const { phone, own, next } = await newPhone('two villages', 0, '郑国强')
  await phone.goOffline()
  await phone.logNext()
  await phone.goOnline()
  const stations = await bed.county.must('GET', `/api/county/stations?unit=${own.unit}`)
  const person = stations.flatMap(({ people }) => people).find(({ name }) => name === '郑国强')
  const code = { person_id: person.id, name: null, approved_later: false }
  const { url } = await bed.county.must('POST', `/api/county/stations/${next.unit}/code`, code)
  await phone.closeApp()
  await phone.open(url)
  await phone.page.getByRole('heading', { name: '把这个村加到这部手机' }).waitFor()
  await phone.look('a village more')
  await phone.tap(phone.page.getByRole('button', { name: '加到这部手机' }))
  const choice = phone.page.getByLabel('换一个村')
  await choice.waitFor()
  await choice.selectOption(next.unit)
  await phone.page.getByRole('heading', { name: next.name }).waitFor()
  const name = (await phone.logNext()).split('、')[0]
  await phone.sent()
  await bed.county.recordOf('visit', ({ unit }) => unit === own.unit)
  await bed.county.recordOf('visit', ({ unit, title }) => unit === next.unit && title.includes(name))
  assertClean(phone.watched)
  await phone.throwAway()
})

test('a retired phone hands over what it has, is empty then, and can be enrolled again', async () => {
  const { phone, own } = await newPhone('retired', 2, '钱卫东')
  await phone.goOffline()
  await phone.logNext()
  await withdraw(own.unit, '钱卫东', 'retired')
  await phone.goOnline()
  await phone.page.getByRole('heading', { name: '这部手机已停用' }).waitFor()
  await phone.look('retired')
  assert.deepEqual(await kept(phone.page), { all: [], village: '' })
  await bed.county.waitFor('the work of a retired phone', async (county) => {
    const held = await county.must('GET', `/api/county/held?unit=${own.unit}`)
    return held.some(({ person, records }) => person === '钱卫东' && records.length > 0)
  })
  await phone.page.reload()
  await phone.tap(phone.page.getByRole('button', { name: '登记这部手机' }))
  await phone.page.getByRole('textbox').waitFor()
  assertClean(phone.watched)
  await phone.throwAway()
})

test('a stolen phone is empty at once', async () => {
  const { phone, own } = await newPhone('stolen', 3, '冯小兰')
  await withdraw(own.unit, '冯小兰', 'stolen')
  await phone.tab('我的')
  await phone.tap(phone.page.getByRole('button', { name: '传上去' }).last())
  await phone.page.getByRole('heading', { name: '这部手机已清空' }).waitFor()
  await phone.look('stolen')
  assert.deepEqual((await kept(phone.page)).all, [])
  assertClean(phone.watched)
  await phone.throwAway()
})
