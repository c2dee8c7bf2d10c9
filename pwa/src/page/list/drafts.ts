/**
 * Drafts in the list: what each is called, and the screen that takes it up again.
 *
 * Always true: a draft that no screen of today can read keeps its row, so that it can be thrown away. Deliberately not
 * here: keeping drafts, which the forms do.
 */
import { text } from '../../shared/record'
import type { StoredDraft, View } from '../../shared/messages'
import type { Form } from '../form/model'
import { routeOf } from '../form/open'
import { peopleOf } from '../form/sentence'
import { tellerOf } from '../form/values'
import { registers } from '../registers'
import type { Route } from '../routes'
import { settings } from '../settings'
import { words } from '../words'
import { isSweep, type Sweep } from './sweep'

function formOf(draft: StoredDraft): Form | null {
  const form = draft.form as Partial<Form> | null
  return form && typeof form.register === 'string' && Array.isArray(form.lines) ? (form as Form) : null
}

export function draftTitle(view: View, draft: StoredDraft): string {
  if (isSweep(draft.form)) return words((draft.form as Sweep).isPaper ? 'paper_title' : 'sweep_title')
  const form = formOf(draft)
  const register = form && registers.value.get(form.register)
  if (!form || !register) return words('draft')
  const start = register.start?.field
  const chosen = start === undefined ? '' : text(form.shared[start])
  const kind = chosen ? register.optionLabel(start ?? '', chosen, settings.language, view.lists) : ''
  return (
    peopleOf(register, form, tellerOf(view, register.dayOf(form.shared))) || kind || register.label(settings.language)
  )
}

/** The screen that the draft was begun on; null where it can no longer be opened. */
export function routeOfDraft(view: View, draft: StoredDraft): Route | null {
  if (isSweep(draft.form)) {
    const { unit, isPaper } = draft.form as Sweep
    return { name: 'sweep', unit, isPaper }
  }
  const form = formOf(draft)
  return form && routeOf(form, view)
}
