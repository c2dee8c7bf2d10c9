/**
 * The service worker: keeps the phone app, so that it opens without a network.
 *
 * Always true: a version is kept whole before it is used; a new one waits until it is tapped; requests to the server's
 * interface and to the workbench pass through untouched. WebAssembly comes after everything else, in the background.
 * Deliberately not here: data. Records are never in this cache.
 */
export {}

declare const self: ServiceWorkerGlobalScope

type List = { version: string; now: string[]; later: string[] }

/** The build puts its list of files here. */
const list = '__PRECACHE__' as unknown as List
const PREFIX = 'zoufang-'
const name = PREFIX + list.version
const known = new Set([...list.now, ...list.later])

self.addEventListener('install', (event) => {
  event.waitUntil(keep(list.now))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOthers(), self.clients.claim()]))
})

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
  if (event.data === 'keep-rest') event.waitUntil(keep(list.later).catch(() => undefined))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  const path = request.mode === 'navigate' && url.pathname === '/' ? '/' : url.pathname
  if (known.has(path)) event.respondWith(answer(path, request))
})

/** From this version's cache; else from the network, and kept. */
async function answer(path: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(name)).match(path)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(name)).put(path, response.clone())
  return response
}

async function keep(paths: string[]): Promise<void> {
  const cache = await caches.open(name)
  for (const path of paths) {
    if (await cache.match(path)) continue
    const response = (await fromOlder(path)) ?? (await fetch(path, { cache: 'no-cache' }))
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    await cache.put(path, response)
  }
}

/** A file with a hash in its name is the same in every version that has it. */
async function fromOlder(path: string): Promise<Response | undefined> {
  return path.startsWith('/assets/') ? caches.match(path) : undefined
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((one) => one.startsWith(PREFIX) && one !== name).map((one) => caches.delete(one)))
}
