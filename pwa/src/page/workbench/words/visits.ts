/**
 * Words about a visit's row: how it stands, how it was delivered, and in which campaign.
 *
 * Always true: a row has one state, the one that matters most to whoever checks. Deliberately not here: values of
 * single fields.
 */
import type { CampaignState, VisitRow } from '../../../shared/generated'
import { choiceWords } from './fields'
import { say } from './language'

/** The states that the server can filter by. */
export const STATES = ['counted', 'matter', 'waiting', 'odd', 'unmatched', 'invalid', 'void'] as const

export interface RowState {
  words: string
  tone: '' | 'red' | 'amber' | 'grey'
}

/** 八一走访慰问（2026）: where the name does not tell the year, it is the same each year. */
export function campaignWords(campaign: CampaignState): string {
  const year = campaign.from.slice(0, 4)
  return campaign.name.includes(year) ? campaign.name : campaign.name + say('words.bracketed', { words: year })
}

/** What the state column says. */
export function stateWords(row: VisitRow): RowState {
  if (row.open_matters > 0) return { words: say('visits.state_matter'), tone: 'red' }
  if (row.invalid_fields.length > 0) return { words: say('visits.state_invalid'), tone: 'red' }
  if (row.void_reason !== null) return { words: say('visits.state_void'), tone: 'grey' }
  if (row.double_of !== null) return { words: say('visits.state_double'), tone: 'grey' }
  if (row.outcome !== 'delivered') return { words: choiceWords('outcome', row.outcome), tone: 'amber' }
  return { words: say('visits.state_counted'), tone: '' }
}

/** 家里 · 本人; nothing for a visit that delivered nothing. */
export function howWords(row: VisitRow): string {
  if (row.outcome !== 'delivered') return choiceWords('outcome', row.outcome)
  const place = row.place && choiceWords('handover', row.place, 'handover_place')
  const receiver = row.receiver && choiceWords('receiver', row.receiver)
  return [place, receiver].filter((part) => part !== '').join(' · ')
}
