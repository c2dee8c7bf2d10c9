/**
 * Which parts of a form do not fit the register, as words for the person.
 *
 * Always true: a warning never keeps anybody from saving. The validator is loaded after the form is drawn.
 */
import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { fieldLabel, visit } from '../../shared/registers'
import { settings } from '../settings'
import { view } from '../state'
import { linesOf, toFields, type Form } from './model'

export function useWarnings(form: Ref<Form | null>): ShallowRef<string[]> {
  const warnings = shallowRef<string[]>([])
  watch(form, async (current) => {
    const enrolled = view.value?.enrolled
    if (!current || !enrolled) return
    const { invalidFields } = await import('../../shared/validation')
    const found = linesOf(current).flatMap((line) => {
      const fields = toFields(current, line, enrolled, Date.now())
      return invalidFields(visit, { ...current.opened?.fields, ...fields })
    })
    if (form.value === current)
      warnings.value = [...new Set(found)].map((field) => fieldLabel(field, settings.language))
  })
  return warnings
}
