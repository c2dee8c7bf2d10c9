/**
 * The visit register as the phone reads it: labels, choices and the schema, from the one file that the server reads too.
 *
 * Always true: no field or choice is spelled out here. Deliberately not here: validation, and how a form looks.
 */
import visit from '#registers/visit.json'
import type { Value } from './record'

export type Language = 'zh' | 'en'
type Label = { zh: string; en: string }
type Property = { 'x-label'?: Label; enum?: string[]; 'x-options'?: Record<string, Label>; 'x-why'?: Label } & {
  properties?: Record<string, Property>
  items?: Property
}

/** The schema, as the validator wants it. */
export const visitSchema = visit as unknown as { [key: string]: Value }
const properties = visit.properties as unknown as Record<string, Property>

/** A field, or a member of a group: `gift/pay_method`. */
function property(path: string): Property | undefined {
  const [field = '', member] = path.split('/')
  const found = properties[field]
  return member === undefined ? (found?.items ?? found) : found?.properties?.[member]
}

export function fieldLabel(field: string, language: Language): string {
  return properties[field]?.['x-label']?.[language] ?? field
}

export function fieldReason(field: string, language: Language): string {
  return properties[field]?.['x-why']?.[language] ?? ''
}

/** Fields in the order of the register that have a reason to be asked. */
export function askedFields(): string[] {
  return Object.keys(properties).filter((field) => properties[field]?.['x-why'] !== undefined)
}

export function options(path: string, language: Language): { value: string; label: string }[] {
  const found = property(path)
  return (found?.enum ?? []).map((value) => ({ value, label: found?.['x-options']?.[value]?.[language] ?? value }))
}

export function optionLabel(path: string, value: string, language: Language): string {
  return property(path)?.['x-options']?.[value]?.[language] ?? value
}
