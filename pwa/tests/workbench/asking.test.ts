/**
 * Asking the server: query strings, the address bar, refusals in words.
 *
 * Deliberately not here: a real server.
 */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { codeFrom, fragmentOf, placeFrom } from '../../src/page/workbench/place.ts'
import {
  NO_FILTERS,
  toQuery,
  visitFiltersFrom,
  visitFiltersInto,
  visitsAsked,
} from '../../src/page/workbench/server/query.ts'
import { ask, Refused, tellWhenSignedOut } from '../../src/page/workbench/server/request.ts'

afterEach(() => vi.unstubAllGlobals())

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })))
}

async function failing(): Promise<Refused> {
  const refused: unknown = await ask('GET', '/api/x').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  return refused as Refused
}

describe('a query', () => {
  it('leaves out what is empty and keeps one order', () => {
    expect(toQuery({ b: '2', a: '1', c: '', d: undefined })).toBe('?a=1&b=2')
    expect(toQuery({ a: '' })).toBe('')
    expect(toQuery({ name: '石门 村&x' })).toBe('?name=%E7%9F%B3%E9%97%A8+%E6%9D%91%26x')
  })

  it('asks for the village where both township and village are chosen', () => {
    const asked = visitsAsked({ ...NO_FILTERS, township: '990101103', village: '990101103200', kind: 'army_day' }, 3)
    expect(toQuery(asked)).toBe('?kind=army_day&limit=50&offset=100&unit=990101103200')
    expect(toQuery(visitsAsked({ ...NO_FILTERS, township: '990101103' }, 1))).toBe('?limit=50&unit=990101103')
  })

  it('comes back from the address bar as it went in', () => {
    const filters = { ...NO_FILTERS, township: '990101103', from: '2024-01-01', to: '2024-02-01', state: 'matter' }
    const { page, query } = placeFrom(fragmentOf('visits', visitFiltersInto(filters, 4)))
    expect(page).toBe('visits')
    expect(visitFiltersFrom(query)).toEqual({ filters, page: 4 })
    expect(visitFiltersFrom({ page: '-1', evil: 'x' })).toEqual({ filters: NO_FILTERS, page: 1 })
  })
})

describe('the fragment', () => {
  it('is a page, a sign-in code, or nothing', () => {
    expect(placeFrom('#/nowhere?x=1').page).toBe('overview')
    expect(placeFrom('').page).toBe('overview')
    expect(codeFrom('#code=abc-1')).toBe('abc-1')
    expect(codeFrom('#/visits?code=abc')).toBe('')
  })
})

describe('a refusal', () => {
  it('carries the words of the server, and tells when the session is over', async () => {
    const signedOut = vi.fn()
    tellWhenSignedOut(signedOut)
    const error = { code: 'not_signed_in', zh: '请先登录。', en: 'Sign in first.', about: '' }
    answer(401, JSON.stringify({ error }))
    expect((await failing()).words).toBe('请先登录。')
    expect(signedOut).toHaveBeenCalledOnce()
  })

  it('has words of its own for a proxy page, nonsense and a lost connection', async () => {
    answer(502, '<html>')
    expect((await failing()).text.code).toBe('unreadable')
    answer(200, '<html>')
    expect((await failing()).text.code).toBe('unreadable')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    expect((await failing()).text.code).toBe('offline')
  })
})
