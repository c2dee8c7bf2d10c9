/**
 * What stands in a register's file, as types: a JSON Schema with hints. `REGISTERS.md` says what each means.
 *
 * Deliberately not here: reading it.
 */
import type { Condition } from './condition'
import type { Level } from './ids'
import type { Fields, Value } from './record'
import type { Label } from './tables'

export type FilledBy = 'worker' | 'default' | 'optional' | 'township' | 'county'
export type Fill =
  'today' | 'unit' | 'level' | 'me' | 'staff' | 'entry' | 'batch' | 'award' | 'me_name' | 'station_name'
/** The first whose condition holds. */
export type Cases = { cases: { when?: Condition; value: Value }[] }
export type Warn = { check: 'uscc' | 'free_text' | 'phone' } | { above: number } | { below: number } | { after: string }

export type Property = {
  type?: string | string[]
  enum?: string[]
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  required?: string[]
  properties?: Record<string, Property>
  items?: Property
  'x-label'?: Label
  'x-why'?: Label
  'x-order'?: number
  'x-filled-by'?: FilledBy
  'x-widget'?: string
  'x-options'?: Record<string, Label>
  'x-list'?: string
  'x-when'?: Condition
  'x-else'?: Value
  'x-default'?: Value | { fill: Fill } | Cases
  'x-row'?: boolean
  'x-sensitive'?: boolean
  'x-warn'?: Warn[]
  'x-step'?: number
  'x-unit'?: Label
  /** How each object of a list is said. */
  'x-sentence'?: Alternative[][]
}

/** One way to say a part of the sentence. */
export type Alternative = { when?: Condition; zh: string; en: string }
/** Who acts in turn. */
export type Step = { id: string; by: Level; label: Label; button: Label; fields: string[]; when?: Condition }

/** A record that may follow from this one, about the same person. */
export type Follow = {
  when?: Condition
  register: string
  /** The choice that it begins with. */
  start?: string
  /** What it begins with besides. */
  fields?: Fields
  /** The list whose first item the person is, and the other members of that item. */
  list?: string
  item?: Fields
  label: Label
}

export type RegisterFile = {
  'x-register': string
  'x-version': number
  'x-label': Label
  'x-hint'?: Label
  'x-notice'?: Label
  'x-bucket': 'year' | 'none'
  'x-bucket-date'?: string
  'x-levels'?: Level[]
  'x-start'?: { field: string; only?: string[] }
  'x-title'?: string
  'x-state'?: string
  'x-line'?: string[]
  'x-follow'?: Follow[]
  'x-sentence'?: Alternative[][]
  'x-steps'?: Step[]
  'x-measures'?: Record<string, unknown>
  required?: string[]
  properties: Record<string, Property>
}
