/**
 * Codes that do not stand on the county's list as it was in force on the record's day: a word, never a bar.
 *
 * Deliberately not here: values that the schema refuses.
 */
import { itemsOn } from '../../../shared/lists'
import { group, type Fields, type Value } from '../../../shared/record'
import type { Field } from '../../../shared/register'
import type { CountyList } from '../../../shared/tables'
import { settings } from '../../settings'
import { say } from '../../words'

/** Sentences about codes of these fields that are on no list of that day. */
export function offList(fields: Field[], record: Fields, lists: readonly CountyList[], day: string): string[] {
  return fields.flatMap((field) => offIn(field, record[field.name], lists, day))
}

function offIn(field: Field, value: Value | undefined, lists: readonly CountyList[], day: string): string[] {
  if (value === undefined || value === null) return []
  const own = field.list === undefined ? [] : codesOf(value).filter((code) => !isOn(lists, field.list ?? '', code, day))
  const said = own.map((code) => say('warn_off_list', { field: field.label(settings.language), code }))
  const holders = Array.isArray(value) ? value : [value]
  const inner = holders.flatMap((holder) =>
    field.members.flatMap((member) => offIn(member, group(holder)[member.name], lists, day)),
  )
  return [...said, ...inner]
}

/** A list that has not come yet says nothing about anybody's code. */
function isOn(lists: readonly CountyList[], list: string, code: string, day: string): boolean {
  const items = itemsOn(lists, list, day)
  return items.length === 0 || items.some((item) => item.code === code)
}

/** A code, several of them, or the ticks of a checklist. */
function codesOf(value: Value): string[] {
  const ticks = group(value)['ticks']
  const codes = Array.isArray(ticks) ? ticks : [value].flat()
  return codes.filter((code): code is string => typeof code === 'string' && code !== '')
}
