/**
 * Documents that left this phone and are to come again: which ones the next request names.
 *
 * Always true: a turn in which nothing wanted comes is the last that names them, so that an exchange ends although the
 * county is silent about what lies outside the grant; the next exchange names them again. Deliberately not here: who wants them, and taking them in.
 */
import { WANTS_PER_REQUEST_MAX } from '../../shared/generated'
import type { Database } from '../store/schema'

export class Wants {
  private asked: string[] = []
  private readonly silent = new Set<string>()

  constructor(private readonly database: Database) {}

  async next(): Promise<string[]> {
    this.asked = (await this.open()).slice(0, WANTS_PER_REQUEST_MAX)
    return this.asked
  }

  /** After an answer was taken in: whether there is reason to ask again. One that was cut says nothing about wants. */
  async isMore(isCut: boolean): Promise<boolean> {
    const open = await this.open()
    const missing = this.asked.filter((address) => open.includes(address))
    const isSome = missing.length < this.asked.length
    if (!isSome && !isCut) for (const address of missing) this.silent.add(address)
    const isLeft = open.some((address) => !this.silent.has(address))
    // A correction waited for its document.
    return isLeft || (isSome && (await this.database.count('intents')) > 0)
  }

  private async open(): Promise<string[]> {
    const away = await this.database.getAll('away')
    return away.flatMap(({ address, wantedMs }) => (wantedMs === null || this.silent.has(address) ? [] : [address]))
  }
}
