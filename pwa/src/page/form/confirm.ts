/**
 * Confirming forms: their records become intents, and only when the disk has them the bar says so.
 *
 * Always true: of a correction only the changed fields are saved, on the heads that the form was opened on; several
 * forms are saved together or not at all; each outcome knows how to be taken back. Deliberately not here: where the
 * person goes next.
 */
import { newId } from '../../shared/ids'
import type { Enrolled, NewIntent, OpenedRecord, UndoStep } from '../../shared/messages'
import { changedFields, VOID_REASON, type Fields, type Value } from '../../shared/record'
import type { Field, Register } from '../../shared/register'
import { call } from '../client'
import { knownRegister } from '../registers'
import { keepQuiet, outcome, painted, refresh, view } from '../state'
import { say } from '../words'
import { nextOf, type Next } from '../list/follow'
import { heldFields, nothingOf } from './held'
import { addressOf, linesOf, rawFields, toFields, type Form } from './model'
import { peopleOf } from './sentence'
import { joined, saidValue, tellerOf } from './values'

/** Why a record is void; the county reads the words of these codes too. */
export const VOID_REASONS = ['mistake', 'double', 'wrong_person', 'not_done'] as const

/** Saves a new form or a correction. Returns false where nothing was changed. */
export async function confirmForm(register: Register, form: Form, enrolled: Enrolled, now: number): Promise<boolean> {
  const intents = intentsOf(register, form, enrolled, now)
  if (intents.length === 0) return false
  const saving = call('save', { intents, draftKey: form.key })
  const steps = intents.map((intent) => undoOf(register, intent, form.opened))
  const next = form.opened ? [] : nextOf(register, rawFields(form), form.unit)
  await showOnce(saving, { text: savedText(register, form), steps, next })
  return true
}

/** Saves several new forms of one register in one go: all of them, or none. */
export async function confirmForms(
  register: Register,
  forms: Form[],
  enrolled: Enrolled,
  now: number,
  bar: { said: string; draftKey: string | null },
): Promise<void> {
  const intents = forms.flatMap((form) => intentsOf(register, form, enrolled, now))
  const saving = call('save', { intents, draftKey: bar.draftKey })
  await showOnce(saving, { text: bar.said, steps: intents.map((intent) => undoOf(register, intent, null)) })
}

/** Shows the outcome once the disk has it. What is said is thought out meanwhile: the disk takes longer than that. */
async function showOnce(
  saving: Promise<null>,
  said: { text: string; steps: UndoStep[]; next?: Next[] },
): Promise<void> {
  const shown = saving.then(() => {
    outcome.value = said
    return painted()
  })
  keepQuiet(shown)
  await shown
  await refresh()
}

function intentsOf(register: Register, form: Form, enrolled: Enrolled, now: number): NewIntent[] {
  const address = addressOf(register, form)
  return linesOf(form)
    .map((line) => {
      const fields = toFields(register, form, line, enrolled.personId, now)
      const { recordId, intentId: id } = line
      if (!form.opened) return { id, recordId, address, fields, heads: null, seen: [] }
      const { heads, seen } = form.opened
      return { id, recordId, address, fields: changedFields(form.opened.fields, fields), heads, seen }
    })
    .filter((intent) => Object.keys(intent.fields).length > 0)
}

function savedText(register: Register, form: Form): string {
  const { fields } = heldFields(register, rawFields(form))
  const teller = tellerOf(view.value, register.dayOf(fields))
  const name = peopleOf(register, form, teller) || register.label('zh')
  if (form.opened) return say('changed_bar', { name })
  return say('saved_bar', { name, what: outcomeWords(register, fields, teller) })
}

/** The state that the record is in, with the place where it is not the usual one: not only the large button confirms. */
function outcomeWords(register: Register, fields: Fields, teller: ReturnType<typeof tellerOf>): string {
  const state = register.source['x-state'] ?? register.start?.field
  const field = state === undefined ? undefined : register.field(state)
  const what = field && state !== undefined ? saidValue(field, fields[state], teller) : ''
  const unusual = register.fields.filter((one) => isUnusual(one, fields[one.name]))
  const where = joined(unusual.map((one) => saidValue(one, fields[one.name], teller)))
  return where === '' || what === '' ? what || register.label('zh') : say('saved_where', { what, where })
}

/** A group whose default was changed, such as the place where something was handed over. */
function isUnusual(field: Field, value: Value | undefined): boolean {
  const usual = field.source['x-default']
  return field.widget === 'group' && usual !== undefined && value !== undefined && changed(usual as Value, value)
}

function changed(one: Value, other: Value): boolean {
  return Object.keys(changedFields({ value: one }, { value: other })).length > 0
}

/** Makes a record void, or restores it with null. */
export async function voidRecord(opened: OpenedRecord, name: string, reason: string | null): Promise<void> {
  const { recordId, address, heads, seen } = opened
  const intent = { id: newId(), recordId, address, fields: { [VOID_REASON]: reason }, heads, seen }
  const saving = call('save', { intents: [intent], draftKey: null })
  const steps = [undoOf(knownRegister(address), intent, opened)]
  await showOnce(saving, { text: say(reason === null ? 'changed_bar' : 'voided_bar', { name }), steps })
}

function undoOf(register: Register | undefined, intent: NewIntent, opened: OpenedRecord | null): UndoStep {
  const fields = opened ? earlierFields(register, intent, opened) : { [VOID_REASON]: 'mistake' }
  const { recordId, address } = intent
  return { undoes: intent.id, otherwise: { id: newId(), recordId, address, fields, heads: null, seen: [intent.id] } }
}

/** What stood there before. A field that was not there gets what stands for “nothing”; where nothing does, it stays. */
function earlierFields(register: Register | undefined, intent: NewIntent, opened: OpenedRecord): Fields {
  const earlier: Fields = {}
  for (const name of Object.keys(intent.fields)) {
    const before = opened.fields[name] ?? (name === VOID_REASON ? null : nothingOf(register?.field(name)))
    if (before !== undefined) earlier[name] = before
  }
  return earlier
}
