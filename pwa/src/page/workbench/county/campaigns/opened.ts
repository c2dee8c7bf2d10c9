/**
 * The campaign that somebody writes on, kept while they look at another page.
 *
 * Always true: gone with the session; one at a time. Deliberately not here: what may change in it (`plan.ts`).
 */
import { ref, watch } from 'vue'
import type { CampaignPlan, PersonListed } from '../../../../shared/generated'
import { Refused } from '../../server/request'
import { learnMoving, session } from '../../server/signed'
import { countyDay } from '../../words/amounts'
import { freshId, freshPlan, isWritten, type Opened } from './plan'

export const opened = ref<Opened>()

watch(session, (now) => {
  if (!now) opened.value = undefined
})

/** A plan as the server has it, to be changed. */
export function begun(saved: CampaignPlan, names: Record<string, PersonListed> = {}): Opened {
  return { plan: JSON.parse(JSON.stringify(saved)) as CampaignPlan, saved, changed: [], names }
}

/** A new one. */
export function beginNew(): Opened {
  return { plan: freshPlan(freshId(countyDay().slice(0, 4))), changed: [], names: {} }
}

/** Whether something would be lost. */
export function isUnsaved(): boolean {
  return opened.value !== undefined && isWritten(opened.value)
}

/** Menu and selectors learn of a campaign; where that fails they just keep what they had. */
export async function refreshCampaigns(): Promise<void> {
  try {
    await learnMoving()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}
