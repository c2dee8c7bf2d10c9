// The register files, as the tests read them: what is asked, and by which words it is found on a screen.
//
// Always true: words come from the files, so that a case outlives another wording. Deliberately not here: tapping.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../sync-protocol/registers')
/** Never asked in a form. */
const SILENT = ['unit', 'hidden', 'photos']

export function readRegister(name) {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
}

const levels = (name) => readRegister(name)['x-levels'] ?? ['village']

/** Names of the registers that a village has. */
export const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'))
  .filter((name) => levels(name).includes('village'))

export function label(thing) {
  return thing['x-label'].zh
}

/** What stands on a choice's button; of a list of the county only the screen knows. */
export function optionLabel(field, value) {
  return (field['x-options'] ?? field.items?.['x-options'])[value].zh
}

/** What a worker is asked, in order: `[name, field]`. Fields of a register, or members of the things in a list. */
export function questions({ properties }) {
  const isAsked = ([, field]) => (field['x-filled-by'] ?? 'worker') === 'worker' && !SILENT.includes(field['x-widget'])
  return Object.entries(properties).filter(isAsked)
}

/** The first choice with which a record begins, as `[value, label]`; null where the form opens at once. */
export function startOf(register) {
  const start = register['x-start']
  if (!start) return null
  const field = register.properties[start.field]
  const value = start.only?.[0] ?? field.enum[0]
  return [value, optionLabel(field, value)]
}

/** The title of a row as the county's table says it. */
export function saidTitle(register, title) {
  const field = register.properties[register['x-title']]
  const month = /^(\d{4})-(\d{2})$/.exec(title)
  if (field.enum) return optionLabel(field, title)
  return month ? `${month[1]}年${Number(month[2])}月` : title
}
