/**
 * What looks odd in a form, as sentences for the person: what the schema does not allow, and values worth a second look.
 *
 * Always true: a warning never keeps anybody from saving. The validator is loaded after the form is drawn.
 */
import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { knownRegister } from '../../registers'
import type { Register } from '../../../shared/register'
import { settings } from '../../settings'
import { view } from '../../state'
import { say, words } from '../../words'
import { oddValues } from './odd_values'
import { offList } from './off_list'
import { secondPlaques } from './plaques'
import { missingIn } from '../recording/asked'
import { heldFields } from '../held'
import { linesOf, rawFields, toFields, type Form } from '../model'

export function useWarnings(form: Ref<Form | null>): ShallowRef<string[]> {
  const warnings = shallowRef<string[]>([])
  watch(form, async (current, before) => {
    const me = view.value?.enrolled?.personId
    const register = current && knownRegister(current.register)
    if (!current || !register || me === undefined) return
    // A new form that nobody has touched says what the county set; to check that would cost the first tap its time.
    const isDraft = view.value?.drafts.some(({ key }) => key === current.key)
    if (!before && !current.opened && !isDraft) return
    const { invalidFields } = await import('../../../shared/validation')
    const found = linesOf(current).flatMap((line) => {
      const fields = toFields(register, current, line, me, Date.now())
      return invalidFields(register, { ...current.opened?.fields, ...fields })
    })
    const odd = oddWords(register, current)
    // What is not filled in yet is no mistake in a new form.
    const open = current.opened ? [] : missingIn(register, current).map((field) => field.name)
    const names = [...new Set(found)].filter((name) => !open.includes(name))
    const labels = names.map((name) => register.fieldLabel(name, settings.language))
    const look = labels.length === 0 ? [] : [say('look_at', { fields: labels.join(words('and')) })]
    if (form.value === current) warnings.value = [...look, ...odd]
  })
  return warnings
}

/** What looks odd in what the form would record; nothing waits for it. */
export function oddWords(register: Register, form: Form): string[] {
  return [...new Set(linesOf(form).flatMap((line) => oddIn(register, form, line)))]
}

function oddIn(register: Register, form: Form, line: Form['lines'][number]): string[] {
  const { names, fields } = heldFields(register, rawFields(form, line))
  const held = register.fields.filter((field) => names.has(field.name))
  const day = register.dayOf(fields)
  const plaques = secondPlaques(fields, line.recordId, view.value?.records ?? [])
  return [...oddValues(held, fields), ...offList(held, fields, view.value?.lists ?? [], day), ...plaques]
}
