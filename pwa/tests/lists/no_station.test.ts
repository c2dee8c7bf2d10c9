/**
 * A phone of which no station is left: it says so instead of waiting for a list, and what becomes of what is not sent.
 *
 * Deliberately not here: how a station goes (`tests/sync`), and a phone that was withdrawn.
 */
import { afterEach, expect, test } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import NoStation from '../../src/page/parts/people/NoStation.vue'
import { settings } from '../../src/page/settings'
import { hasNoStation, view } from '../../src/page/state'
import { VILLAGE, viewOf } from './view'

afterEach(() => {
  view.value = null
  settings.language = 'zh'
})

async function said(): Promise<string> {
  return (await renderToString(createSSRApp(NoStation))).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

test('a phone has no station once none is granted, whether or not it still has a list', () => {
  view.value = viewOf({ units: [] })
  expect(hasNoStation.value).toBe(true)
  // A new phone has its village before it has the list.
  view.value = viewOf({ units: [VILLAGE], villages: [] })
  expect(hasNoStation.value).toBe(false)
  view.value = { ...viewOf({}), enrolled: null }
  expect(hasNoStation.value).toBe(false)
})

test('what is not sent is said not to be lost, and whom to ask, in both languages', async () => {
  view.value = viewOf({ units: [], unsent: { count: 2, oldestMs: 1 } })
  expect(await said()).toMatch(/不管任何村了.*还没传的不会丢.*请问乡镇或示例县的工作人员/)
  settings.language = 'en'
  expect(await said()).toMatch(/serves no station any more.*not sent is not lost.*the staff of 示例县/)
})

test('where all is sent, that is said', async () => {
  view.value = viewOf({ units: [] })
  expect(await said()).toMatch(/都在县里，没有丢/)
})
