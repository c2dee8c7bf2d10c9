// What a phone's browser keeps, looked at from outside: files for work without a network, and what stands in the database.
//
// Always true: looking changes nothing; who waits looks again at each frame and gives up after a minute. Deliberately not
// here: the app's own screens.

const PATIENCE_MS = 60_000

/** Resolves once `holds`, a function of the page that may take its time, answers yes. */
export async function until(page, holds, argument = null) {
  const looking = `(async () => {
    const until = performance.now() + ${PATIENCE_MS}
    while (!(await (${holds})(${JSON.stringify(argument)}))) {
      if (performance.now() > until) throw new Error('waited in vain')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()`
  await page.evaluate(looking)
}

/** All values of a store of the phone's database. */
export async function stored(page, store) {
  return page.evaluate(`(${readStore})(${JSON.stringify(store)})`)
}

/** Resolves once a store's values, as text, contain all of these words. */
export async function untilStored(page, store, ...words) {
  const holds = `async ([store, words]) => {
    const text = JSON.stringify(await (${readStore})(store))
    return words.every((word) => text.includes(word))
  }`
  await until(page, holds, [store, words])
}

/** Resolves once so many records are there. */
export async function untilRecords(page, count) {
  await until(page, `async (count) => (await (${readStore})('records')).length >= count`, count)
}

/** Resolves once the app can do without a network for good: the service worker has kept WebAssembly, too. */
export async function untilOfflineReady(page) {
  await until(page, async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().some((request) => request.url.endsWith('.wasm'))
  })
}

/** In the page. */
async function readStore(store) {
  const answer = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
  const database = await answer(indexedDB.open('zoufang'))
  const values = await answer(database.transaction(store).objectStore(store).getAll())
  database.close()
  return values
}
