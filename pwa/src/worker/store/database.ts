/**
 * Opens the phone's database and runs its transactions.
 *
 * Always true: a write has reached the disk when its promise resolves (`durability: "strict"`), and it is whole or not
 * at all. Deliberately not here: what is written.
 */
import { openDB, type IDBPTransaction, type StoreNames } from 'idb'
import type { Database, Meta, Schema } from './schema'

const NAME = 'zoufang'
const VERSION = 2

type Stores = StoreNames<Schema>[]
export type Writing<S extends Stores> = IDBPTransaction<Schema, S, 'readwrite'>

export function openDatabase(name: string = NAME): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(database, before) {
      database.createObjectStore('away', { keyPath: 'address' })
      if (before > 0) return
      database.createObjectStore('meta')
      const intents = database.createObjectStore('intents', { keyPath: 'order', autoIncrement: true })
      intents.createIndex('id', 'id', { unique: true })
      database.createObjectStore('documents', { keyPath: 'address' })
      database.createObjectStore('records', { keyPath: 'id' }).createIndex('address', 'address')
      database.createObjectStore('envelopes', { keyPath: 'counter' }).createIndex('hash', 'hash', { unique: true })
      database.createObjectStore('feeds', { keyPath: 'feed' })
      database.createObjectStore('tables', { keyPath: 'key' })
      database.createObjectStore('drafts', { keyPath: 'key' })
    },
  })
}

/** Runs `work` in one transaction. If it throws, nothing of it is kept. */
export async function write<S extends Stores, T>(
  database: Database,
  stores: [...S],
  work: (transaction: Writing<S>) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' }) as unknown as Writing<S>
  // The abort is reported by `work` or by `done` below; this only keeps it from being reported twice.
  transaction.done.catch(() => undefined)
  try {
    const result = await work(transaction)
    await transaction.done
    return result
  } catch (error) {
    abort(transaction)
    throw error
  }
}

function abort(transaction: { abort: () => void }): void {
  try {
    transaction.abort()
  } catch {
    // It has ended by itself, which is what an abort is for.
  }
}

export async function readMeta<K extends keyof Meta>(database: Database, key: K): Promise<Meta[K] | undefined> {
  return (await database.get('meta', key)) as Meta[K] | undefined
}
