/**
 * A register as the phone and the workbench read it, from the one file that the server reads too.
 *
 * Always true: no field, choice or register is spelled out here. Deliberately not here: validation, where the files come
 * from (registers.ts), and how a form looks.
 */
import { exists, holds, valueAt } from './condition'
import { Field, fieldsOf, type Option } from './field'
import { levelOf, type Level } from './ids'
import type { Language } from './lists'
import type { Alternative, RegisterFile, Step, Follow } from './register_file'
import type { Fields, Value } from './record'
import type { CountyList, Label } from './tables'

export type { Language } from './lists'
export { Field, type Option } from './field'

/** The state of a record whose steps are all done. */
export const STATE_DONE = 'done'
const DONE_LABEL: Label = { zh: '办完了', en: 'Done' }

export class Register {
  readonly name: string
  /** In their order, those that no form shows included. */
  readonly fields: Field[]

  constructor(readonly source: RegisterFile) {
    this.name = source['x-register']
    this.fields = fieldsOf(source.properties, source.required ?? [])
  }

  label(language: Language): string {
    return this.source['x-label'][language]
  }

  hint(language: Language): string {
    return this.source['x-hint']?.[language] ?? ''
  }

  /** What is collected, why, and what never. */
  notice(language: Language): string {
    return this.source['x-notice']?.[language] ?? ''
  }

  get version(): number {
    return this.source['x-version']
  }

  /** Levels of units that may hold it. */
  get levels(): Level[] {
    return this.source['x-levels'] ?? ['village']
  }

  /** Whether a unit may hold it, and so has its button. */
  isFor(unit: string): boolean {
    return this.levels.includes(levelOf(unit))
  }

  /** One document a year, or one for ever. */
  get bucket(): 'year' | 'none' {
    return this.source['x-bucket']
  }

  /** Path of the date that decides year and order. */
  get datePath(): string | undefined {
    return this.source['x-bucket-date']
  }

  /** The field whose choice begins a record, and which of its choices. */
  get start(): { field: string; only?: string[] } | undefined {
    return this.source['x-start']
  }

  /** Path of what names a record in lists. */
  get titlePath(): string | undefined {
    return this.source['x-title']
  }

  get steps(): Step[] {
    return this.source['x-steps'] ?? []
  }

  get lineFields(): string[] {
    return this.source['x-line'] ?? []
  }

  /** Parts of the sentence, each a list of alternatives. */
  get sentence(): Alternative[][] {
    return this.source['x-sentence'] ?? []
  }

  /** Records that may follow from one of these. */
  get follows(): Follow[] {
    return this.source['x-follow'] ?? []
  }

  get measures(): Record<string, unknown> {
    return this.source['x-measures'] ?? {}
  }

  /** A field, or a member: `gift.pay_method`. */
  field(path: string): Field | undefined {
    const [name = '', ...rest] = path.split(/[./]/)
    let found = this.fields.find((field) => field.name === name)
    for (const member of rest) found = found?.member(member)
    return found
  }

  fieldLabel(path: string, language: Language): string {
    return this.field(path)?.label(language) ?? path
  }

  options(path: string, language: Language, lists: readonly CountyList[] = [], day = ''): Option[] {
    return this.field(path)?.options(language, lists, day) ?? []
  }

  optionLabel(path: string, value: string, language: Language, lists: readonly CountyList[] = [], day = ''): string {
    return this.field(path)?.optionLabel(value, language, lists, day) ?? value
  }

  /** The day that a record belongs to; empty where it has none. */
  dayOf(fields: Fields): string {
    const value = this.datePath === undefined ? undefined : valueAt(fields, this.datePath)
    return typeof value === 'string' ? value : ''
  }

  /** The document that keeps a record of a unit. */
  addressOf(unit: string, fields: Fields): string {
    const bucket = this.bucket === 'year' ? this.dayOf(fields).slice(0, 4) : '-'
    return `${this.name}/${unit}/${bucket}`
  }

  /** The step that waits: the first that is not done and holds. */
  waitingStep(fields: Fields): Step | undefined {
    return this.steps.find((step) => holds(step.when, fields) && !isDone(step, fields))
  }

  /** By what lists are grouped: a choice of the state's field, or the id of the step that waits; empty: no states. */
  state(fields: Fields): string {
    const { 'x-state': path } = this.source
    const value = path === undefined ? undefined : valueAt(fields, path)
    if (path !== undefined) return typeof value === 'string' ? value : ''
    return this.steps.length === 0 ? '' : (this.waitingStep(fields)?.id ?? STATE_DONE)
  }

  /** All states, in the order of the register. */
  states(language: Language, lists: readonly CountyList[] = [], day = ''): Option[] {
    const { 'x-state': path } = this.source
    if (path !== undefined) return this.options(path, language, lists, day)
    if (this.steps.length === 0) return []
    const steps = this.steps.map((step) => ({ value: step.id, label: step.label[language] }))
    return [...steps, { value: STATE_DONE, label: DONE_LABEL[language] }]
  }

  stateLabel(fields: Fields, language: Language, lists: readonly CountyList[] = []): string {
    const state = this.state(fields)
    const { 'x-state': path } = this.source
    if (path !== undefined) return this.optionLabel(path, state, language, lists, this.dayOf(fields))
    return this.states(language).find((one) => one.value === state)?.label ?? state
  }

  /** The schema, as the validator wants it. */
  get schema(): { [key: string]: Value } {
    return this.source as unknown as { [key: string]: Value }
  }
}

function isDone(step: Step, fields: Fields): boolean {
  return exists(valueAt(fields, step.fields[0] ?? ''))
}
