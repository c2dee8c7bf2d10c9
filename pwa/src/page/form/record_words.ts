/**
 * A record in words: its sentence, its title, and single values of its fields.
 *
 * Always true: a record is told with the same sentence that was confirmed. Deliberately not here: its history.
 */
import type { View, ViewRecord } from '../../shared/messages'
import { fieldLabel } from '../../shared/registers'
import { group, text, VOID_REASON, type Value } from '../../shared/record'
import { showDate, showGift } from '../words/format'
import { settings } from '../settings'
import { hasWords, words, type Part } from '../words'
import { editForm } from './model'
import { personName, staffName } from './open'
import { choice, sentence } from './sentence'

export function recordSentence(view: View, record: ViewRecord): Part[] {
  const { id: recordId, address, fields } = record
  const form = editForm({ recordId, address, fields, heads: [], seen: [] }, personName(view, fields), record.loggedMs)
  return sentence(form, (staff) => staffName(view, staff))
}

export function kindOf(view: View, record: ViewRecord): string {
  const campaign = view.campaigns.find((one) => one.id === record.fields['campaign_id'])
  return campaign?.name ?? choice('visit_kind', text(record.fields['visit_kind']))
}

export function reasonWords(reason: Value | undefined): string {
  const key = `reason_${text(reason)}`
  return hasWords(key) ? words(key) : text(reason)
}

/** A field and its value, for the list of what was changed. */
export function fieldWords(view: View, field: string, value: Value): string {
  return `${fieldLabel(field, settings.language)}：${valueWords(view, field, value)}`
}

export function valueWords(view: View, field: string, value: Value): string {
  if (field === 'gift') return showGift(value)
  if (field === 'visit_date') return showDate(text(value))
  if (field === 'handover') return choice('handover/handover_place', text(group(value)['handover_place']))
  if (field === 'person') return personName(view, { person: value })
  if (field === 'visitor_refs') return list(value, (id) => staffName(view, id))
  if (field === VOID_REASON) return reasonWords(value)
  if (Array.isArray(value)) return list(value, (code) => choice(field, code))
  if (value !== null && typeof value === 'object') return Object.values(value).map(String).join(' ')
  return typeof value === 'string' ? choice(field, value) : value === null ? '—' : String(value)
}

function list(value: Value, name: (item: string) => string): string {
  return (Array.isArray(value) ? value : []).map((item) => name(text(item))).join(words('and')) || '—'
}
