/**
 * One field of a register, or a member of a group or of the objects of a list: label, kind, choices, hints.
 *
 * Always true: read from the register's file alone. Deliberately not here: how it is drawn, and how a value is said.
 */
import type { Condition } from './condition'
import { itemOn, itemsOn, type Language } from './lists'
import type { Alternative, FilledBy, Property, Warn } from './register_file'
import type { Value } from './record'
import type { CountyList, Label } from './tables'

export type Option = { value: string; label: string }

/** Kinds that no form shows. */
const SILENT = new Set(['unit', 'hidden', 'photos'])
const IN_FORMS: FilledBy[] = ['worker', 'default', 'optional']

export class Field {
  /** Members of a group, or of the objects of a list, in order. */
  readonly members: Field[]

  constructor(
    readonly name: string,
    /** `group.member` for a member. */
    readonly path: string,
    readonly source: Property,
    readonly isRequired: boolean,
  ) {
    const holder = source.properties ? source : source.items
    this.members = fieldsOf(holder?.properties ?? {}, holder?.required ?? [], `${path}.`)
  }

  label(language: Language): string {
    return this.source['x-label']?.[language] ?? this.name
  }

  why(language: Language): string {
    return this.source['x-why']?.[language] ?? ''
  }

  /** A word behind the number. */
  unitWord(language: Language): string {
    return this.source['x-unit']?.[language] ?? ''
  }

  get order(): number {
    return this.source['x-order'] ?? Number.MAX_SAFE_INTEGER
  }

  get filledBy(): FilledBy {
    return this.source['x-filled-by'] ?? 'worker'
  }

  get widget(): string {
    return this.source['x-widget'] ?? widgetOf(this.source)
  }

  get when(): Condition | undefined {
    return this.source['x-when']
  }

  /** What is written where the condition does not hold; undefined: nothing. */
  get otherwise(): Value | undefined {
    return this.source['x-else']
  }

  get warns(): Warn[] {
    return this.source['x-warn'] ?? []
  }

  /** How each object of a list is said; empty: by its members. */
  get sentence(): Alternative[][] {
    return this.source.items?.['x-sentence'] ?? []
  }

  /** Id of a list of the county, where the choices are not fixed. */
  get list(): string | undefined {
    return this.source['x-list'] ?? this.source.items?.['x-list']
  }

  /** Whether a form of any step may show it. */
  get isAsked(): boolean {
    return IN_FORMS.includes(this.filledBy) && !SILENT.has(this.widget)
  }

  /** Whether somebody above the village fills it in, in a step of theirs. */
  get isOfOthers(): boolean {
    return this.filledBy === 'township' || this.filledBy === 'county'
  }

  get isSilent(): boolean {
    return SILENT.has(this.widget)
  }

  get isInRow(): boolean {
    return this.source['x-row'] !== false
  }

  get isSensitive(): boolean {
    return this.source['x-sensitive'] === true
  }

  get isNullable(): boolean {
    const { type } = this.source
    return Array.isArray(type) && type.includes('null')
  }

  member(name: string): Field | undefined {
    return this.members.find((member) => member.name === name)
  }

  /** The choices, in the order of the register or of the list's version in force on the day. */
  options(language: Language, lists: readonly CountyList[] = [], day = ''): Option[] {
    if (this.list) {
      return itemsOn(lists, this.list, day).map((item) => ({ value: item.code, label: item[language] }))
    }
    const values = this.source.enum ?? this.source.items?.enum ?? []
    return values.map((value) => ({ value, label: this.optionLabel(value, language) }))
  }

  /** What a choice is called; a code that nothing explains is said as it stands. */
  optionLabel(value: string, language: Language, lists: readonly CountyList[] = [], day = ''): string {
    if (this.list) return itemOn(lists, this.list, value, day)?.[language] ?? value
    const labels: Record<string, Label> = this.source['x-options'] ?? this.source.items?.['x-options'] ?? {}
    return labels[value]?.[language] ?? value
  }
}

/** Fields in their order. */
export function fieldsOf(properties: Record<string, Property>, required: string[], prefix = ''): Field[] {
  return Object.entries(properties)
    .map(([name, source]) => new Field(name, prefix + name, source, required.includes(name)))
    .sort((one, other) => one.order - other.order)
}

/** The component of a field that names none. */
function widgetOf({ type, enum: values, items, 'x-list': list }: Property): string {
  const types = [type].flat()
  if (types.includes('object')) return 'group'
  if (types.includes('array')) return items?.enum ? 'choices' : items?.type === 'object' ? 'items' : 'hidden'
  if (values || list) return 'choice'
  if (types.includes('boolean')) return 'switch'
  return types.includes('integer') ? 'number' : 'text'
}
