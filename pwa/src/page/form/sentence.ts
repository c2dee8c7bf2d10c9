/**
 * The one sentence that says everything that will be recorded, or was.
 *
 * Always true: a value that is recorded and counts is in the sentence; what a person confirms is what they have read.
 * Deliberately not here: buttons.
 */
import { optionLabel } from '../../shared/registers'
import { text } from '../../shared/record'
import { showDate, showDay, showGift } from '../words/format'
import { settings } from '../settings'
import { hasWords, parts, say, words, type Part, type WordKey } from '../words'
import { linesOf, type Form } from './model'

/** Names of staff by person id. */
export type Names = (id: string) => string

export function sentence(form: Form, names: Names): Part[] {
  const head = outcomeParts(form)
  return [...head, ...ledParts(form, names), ...extraParts(form)]
}

export function choice(path: string, value: string): string {
  return optionLabel(path, value, settings.language)
}

export function peopleOf(form: Form): string {
  const names = linesOf(form).map((line) => line.name)
  return names.join(words('and'))
}

function outcomeParts(form: Form): Part[] {
  const values = {
    date: showDay(form.date),
    name: peopleOf(form),
    receiver: choice('receiver', form.receiver),
    gift: giftWords(form),
  }
  if (form.outcome !== 'delivered') return parts(form.outcome === 'deceased' ? 'say_deceased' : 'say_not_met', values)
  return parts(deliveredKey(form), values)
}

/** Each place has its own way of being said; a bereavement is said as one. */
function deliveredKey(form: Form): WordKey {
  const place = text(form.handover['handover_place'])
  const where = form.kind === 'bereavement' && place === 'home' ? 'bereavement' : place
  const isEmpty = linesOf(form).every((line) => line.gift === null)
  const key = `say_${isEmpty ? 'none_' : ''}${where}`
  return hasWords(key) ? key : 'say_home'
}

function giftWords(form: Form): string {
  const gifts = linesOf(form).map((line) => ({ name: line.name, gift: showGift(line.gift ?? undefined) }))
  const [first, ...others] = gifts
  if (!first || others.length === 0) return first?.gift ?? ''
  if (others.every(({ gift }) => gift === first.gift)) return say('say_each_gift', { gift: first.gift })
  return gifts.map((one) => say('say_person_gift', one)).join(settings.language === 'zh' ? '；' : '; ')
}

function ledParts(form: Form, names: Names): Part[] {
  const leader = choice('lead_rank', form.leadRank)
  const visitors = form.visitors.map(names).join(words('and'))
  return parts(visitors === '' ? 'say_led' : 'say_led_with', { leader, visitors })
}

function extraParts(form: Form): Part[] {
  const found: Part[] = []
  const add = (isThere: boolean, key: WordKey, values: Record<string, string | number>): void => {
    if (isThere) found.push(...parts(key, values))
  }
  add(form.campaignId === null, 'say_kind', { kind: choice('visit_kind', form.kind) })
  const isMet = form.outcome === 'delivered'
  for (const line of linesOf(form))
    add(isMet && line.personTimes !== 1, 'say_person_times', { count: line.personTimes })
  add(form.needs.length > 0, 'say_needs', {
    needs: form.needs.map((code) => choice('need_codes', code)).join(words('and')),
  })
  const sheet = [text(form.sheet['sign_sheet_no']), String(form.sheet['line_no'] ?? '')].filter(Boolean).join('-')
  add(sheet !== '', 'say_sheet', { sheet })
  add(form.note !== '', 'say_note', { note: form.note })
  const { death_date: died, reporter } = form.bereavement
  add(text(died) !== '', 'say_death', { date: showDate(text(died)) })
  add(text(reporter) !== '', 'say_reporter', { name: text(reporter) })
  return found
}
