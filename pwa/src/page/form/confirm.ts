/**
 * Confirming a form: its records become intents, and only when the disk has them the bar says so.
 *
 * Always true: of a correction only the changed fields are saved, on the heads that the form was opened on; each
 * outcome knows how to be taken back. Deliberately not here: where the person goes next.
 */
import { newId } from '../../shared/ids'
import type { Enrolled, NewIntent, OpenedRecord, UndoStep } from '../../shared/messages'
import { changedFields, text, VOID_REASON, type Fields } from '../../shared/record'
import { call } from '../client'
import { outcome, refresh } from '../state'
import { say } from '../words'
import { addressOf, linesOf, toFields, type Form } from './model'
import { choice, peopleOf } from './sentence'

/** Why a record is void; the county reads the words of these codes too. */
export const VOID_REASONS = ['mistake', 'double', 'wrong_person', 'not_done'] as const

/** Saves a new form or a correction. Returns false where nothing was changed. */
export async function confirmForm(form: Form, enrolled: Enrolled, now: number): Promise<boolean> {
  const intents = linesOf(form)
    .map((line) => toIntent(form, toFields(form, line, enrolled, now), line.recordId, line.intentId))
    .filter((intent) => Object.keys(intent.fields).length > 0)
  if (intents.length === 0) return false
  await call('save', { intents, draftKey: form.key })
  const steps = intents.map((intent) => undoOf(intent, form.opened))
  outcome.value = {
    text: form.opened ? say('changed_bar', { name: form.lines[0]?.name ?? '' }) : savedText(form),
    steps,
  }
  await refresh()
  return true
}

function toIntent(form: Form, fields: Fields, recordId: string, id: string): NewIntent {
  const address = addressOf(form)
  if (!form.opened) return { id, recordId, address, fields, heads: null, seen: [] }
  const { heads, seen } = form.opened
  return { id, recordId, address, fields: changedFields(form.opened.fields, fields), heads, seen }
}

function savedText(form: Form): string {
  const what = outcomeWords(form)
  return say('saved_bar', { name: peopleOf(form), what })
}

/** The outcome, with the place where it is not the home: the large button is not the only way to confirm. */
function outcomeWords(form: Form): string {
  const what = choice('outcome', form.outcome)
  const place = text(form.handover['handover_place'])
  if (form.outcome !== 'delivered' || place === 'home') return what
  return say('saved_where', { what, where: choice('handover/handover_place', place) })
}

/** Makes a record void, or restores it with null. */
export async function voidRecord(opened: OpenedRecord, name: string, reason: string | null): Promise<void> {
  const { recordId, address, heads, seen } = opened
  const intent = { id: newId(), recordId, address, fields: { [VOID_REASON]: reason }, heads, seen }
  await call('save', { intents: [intent], draftKey: null })
  outcome.value = {
    text: say(reason === null ? 'changed_bar' : 'voided_bar', { name }),
    steps: [undoOf(intent, opened)],
  }
  await refresh()
}

/** What stands for “nothing” in a field that did not exist before; other fields keep what they got, which counts nothing. */
const NOTHING: Fields = { need_codes: [], sign_sheet: {}, note: '', bereavement: {}, [VOID_REASON]: null }

function undoOf(intent: NewIntent, opened: OpenedRecord | null): UndoStep {
  const before = { ...NOTHING, ...opened?.fields }
  const touched = Object.keys(intent.fields).filter((field) => field in before)
  const earlier = Object.fromEntries(touched.map((field) => [field, before[field] ?? null]))
  const fields = opened ? earlier : { [VOID_REASON]: 'mistake' }
  const { recordId, address } = intent
  return { undoes: intent.id, otherwise: { id: newId(), recordId, address, fields, heads: null, seen: [intent.id] } }
}
