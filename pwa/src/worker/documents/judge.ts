/**
 * Judges records by their registers: those of the app, and those that the county made or extended.
 *
 * Always true: a record of a register that this phone does not know is not judged; when the register comes, it is.
 * Deliberately not here: what becomes of a record that is not valid; it is kept and sent like any other.
 */
import { registerOf } from '../../shared/ids'
import { isSame, type Fields } from '../../shared/record'
import { builtIn, overlaid } from '../../shared/registers'
import { invalidFields } from '../../shared/validation'
import { write } from '../store/database'
import type { Database } from '../store/schema'
import { readRegisters } from '../store/view'

/** Names of the fields that break the schema. */
export type Judge = (address: string, fields: Fields) => string[]

export async function newJudge(database: Database): Promise<Judge> {
  const registers = overlaid(await builtIn(), readRegisters(await database.getAll('tables')))
  return (address, fields) => {
    const register = registers.get(registerOf(address))
    return register ? invalidFields(register, fields) : []
  }
}

/** Judges the records of these registers anew, after their files came. */
export async function judgeAgain(database: Database, names: string[]): Promise<void> {
  const judge = await newJudge(database)
  const records = await database.getAll('records')
  await write(database, ['records'], async (transaction) => {
    for (const { id, address, fields } of records.filter((one) => names.includes(registerOf(one.address)))) {
      const record = await transaction.objectStore('records').get(id)
      const invalid = judge(address, fields)
      if (!record || isSame(record.invalid, invalid)) continue
      await transaction.objectStore('records').put({ ...record, invalid })
    }
  })
}
