/**
 * Without a network nothing heavy begins: a phone that says it has none is believed only if a small request finds none.
 *
 * Deliberately not here: the exchange itself.
 */
import { afterEach, expect, test, vi } from 'vitest'
import { ExchangeError, reach } from '../../src/worker/sync/http'

function network(saysOnline: boolean, isThere: boolean): ReturnType<typeof vi.fn> {
  const asked = vi.fn(() =>
    isThere ? Promise.resolve(new Response('ok')) : Promise.reject(new TypeError('no network')),
  )
  vi.stubGlobal('navigator', { onLine: saysOnline })
  vi.stubGlobal('fetch', asked)
  return asked
}

afterEach(() => void vi.unstubAllGlobals())

test('a phone with a network asks nothing before it exchanges', async () => {
  const asked = network(true, true)
  await reach()
  expect(asked).not.toHaveBeenCalled()
})

test('a phone that says it has no network and has none waits', async () => {
  network(false, false)
  const failed = await reach().catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(ExchangeError)
  expect((failed as ExchangeError).failed.code).toBe('offline')
})

test('a phone that says so wrongly exchanges nevertheless', async () => {
  const asked = network(false, true)
  await reach()
  expect(asked).toHaveBeenCalledOnce()
})
