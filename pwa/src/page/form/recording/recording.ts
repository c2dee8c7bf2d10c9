/**
 * A form while it is open: what was set, its draft, and confirming it.
 *
 * Always true: every change is kept as a draft within a moment; the outcome is on the disk before the screen is left;
 * what a person confirms may lack something, but only on the second tap. Deliberately not here: drawing.
 */
import { computed, onMounted, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Fields, Value } from '../../../shared/record'
import type { Field, Register } from '../../../shared/register'
import { call } from '../../client'
import { knownRegister } from '../../registers'
import { back, route, type Tab } from '../../routes'
import { outcome, trouble, view } from '../../state'
import { words } from '../../words'
import { askedIn, missingIn, type Asked } from './asked'
import { confirmForm } from '../confirm'
import { contextOf } from './context'
import { onLines, sheetFields, withPaper } from './paper'
import { settled, withValue, type Form } from '../model'
import { openForm } from '../open'
import { redated } from '../redated'
import { keepTyped } from './typed'
import { tellerOf } from '../values'
import { visitChanged } from '../visit'

const DRAFT_AFTER_MS = 250
/** A save that takes so long is shown; one that does not is over before the buttons were drawn anew. */
const SAVING_SHOWN_AFTER_MS = 250

export type Recording = {
  form: ShallowRef<Form | null>
  register: ComputedRef<Register | undefined>
  asked: ComputedRef<Asked>
  isSaving: ShallowRef<boolean>
  /** Fields that were missing when the person wanted to confirm. */
  missing: ShallowRef<Field[]>
  set: (field: Field, value: Value | undefined, recordId?: string) => void
  leave: (recordIds: string[]) => void
  confirm: (part?: Fields) => Promise<void>
  /** Says that the record comes from a sheet of paper, or that it does not. */
  setPaper: (wanted: boolean) => void
}

export function useRecording(home: Tab): Recording {
  const form = shallowRef<Form | null>(null)
  const isSaving = shallowRef(false)
  let isConfirming = false
  const missing = shallowRef<Field[]>([])
  const inPlace = shallowRef<ReadonlySet<string>>(new Set())
  const register = computed(() => (form.value ? knownRegister(form.value.register) : undefined))
  const asked = computed(() =>
    form.value && register.value
      ? askedIn(register.value, form.value, inPlace.value)
      : { questions: [], chips: [], extras: [] },
  )
  let draftTimer: ReturnType<typeof setTimeout> | undefined

  onMounted(() => opened(form, home))
  // A question that was asked stays where it is while it is answered.
  watch(asked, ({ questions }) => {
    const names = questions.map((field) => field.name)
    if (names.some((name) => !inPlace.value.has(name))) inPlace.value = new Set([...inPlace.value, ...names])
  })

  function keep(next: Form): void {
    form.value = next
    clearTimeout(draftTimer)
    draftTimer = setTimeout(() => void keepDraft(next).catch(() => (trouble.value = 'save_failed')), DRAFT_AFTER_MS)
  }

  keepTypedIn(form, keep)

  function set(field: Field, value: Value | undefined, recordId?: string): void {
    if (form.value && register.value) keep(changed(register.value, form.value, field.name, value, recordId))
    missing.value = missing.value.filter((one) => one.name !== field.name)
  }

  async function confirm(part: Fields = {}): Promise<void> {
    const [known, enrolled] = [register.value, view.value?.enrolled]
    if (!form.value || !known || !enrolled || isConfirming) return
    const next = Object.entries(part).reduce((before, [name, value]) => changed(known, before, name, value), form.value)
    const lacking = missingIn(known, next)
    if (lacking.length > 0 && missing.value.length === 0) return void (missing.value = lacking)
    isConfirming = true
    const savingTimer = setTimeout(() => (isSaving.value = true), SAVING_SHOWN_AFTER_MS)
    clearTimeout(draftTimer)
    try {
      const isSaved = await confirmForm(known, onLines(next), enrolled, Date.now())
      if (!isSaved) {
        outcome.value = { text: words('no_changes'), steps: [] }
        await call('dropDraft', { key: next.key })
      }
      back(home)
    } catch {
      trouble.value = 'save_failed'
      keepDraft(next).catch(() => undefined)
      isConfirming = isSaving.value = false
    } finally {
      clearTimeout(savingTimer)
    }
  }

  const leave = (left: string[]): void => void (form.value && keep({ ...form.value, left }))
  function setPaper(wanted: boolean): void {
    if (!form.value || !register.value) return
    inPlace.value = without(inPlace.value, sheetFields(register.value))
    missing.value = []
    keep(withPaper(register.value, form.value, wanted, contextOf(register.value, form.value).place))
  }
  return { form, register, asked, isSaving, missing, set, leave, confirm, setPaper }
}

async function opened(form: ShallowRef<Form | null>, home: Tab): Promise<void> {
  if (view.value) form.value = await openForm(route.value, view.value, Date.now())
  if (!form.value) back(home)
}

function keepTypedIn(form: ShallowRef<Form | null>, keep: (next: Form) => void): void {
  keepTyped(
    () => form.value?.typed,
    (typed) => form.value && keep({ ...form.value, typed }),
  )
}

function keepDraft(form: Form): Promise<unknown> {
  return call('saveDraft', { key: form.key, form: { ...form }, savedMs: Date.now() })
}

function without(names: ReadonlySet<string>, fields: Field[]): Set<string> {
  return new Set([...names].filter((name) => !fields.some((field) => field.name === name)))
}

/** A form after one change and what it brings with it: fields that appear, the campaign's gift, a person's name. */
function changed(register: Register, form: Form, name: string, value: Value | undefined, recordId?: string): Form {
  const { place } = contextOf(register, form)
  let next = settled(register, form, withValue(register, form, name, value, recordId), place)
  next = redated(register, form, next, place)
  if (register.field(name)?.widget === 'person' && register.lineFields.includes(name)) {
    const said = tellerOf(view.value, '').person(value ?? null)
    next = { ...next, lines: next.lines.map((line) => ({ ...line, name: said })) }
  }
  return register.name === 'visit' && view.value ? visitChanged(register, next, name, view.value) : next
}
