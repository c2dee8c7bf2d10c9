/**
 * The routes of campaigns as the county plans them. As `routes.ts`, which is full.
 */
import type {
  CampaignCopy,
  CampaignMeans,
  CampaignPlan,
  CampaignShown,
  PeopleListed,
  Unlisted,
} from '../../../shared/generated'
import { toQuery } from './query'
import { ask } from './request'

const pathOf = (id: string): string => `/api/county/campaigns/${encodeURIComponent(id)}`

/** All that is said of a campaign, and the names of whom it names. */
export const readPlan = (id: string): Promise<CampaignShown> => ask('GET', pathOf(id))
/** Makes a campaign or changes it. */
export const writePlan = (plan: CampaignPlan): Promise<CampaignPlan> => ask('PUT', pathOf(plan.campaign.id), plan)
/** What a plan would mean; keeps nothing. */
export const checkPlan = (plan: CampaignPlan): Promise<CampaignMeans> =>
  ask('POST', '/api/county/campaigns/check', plan)
/** Whom of the roster the lines of a list file mean; keeps nothing. */
export const matchList = (file: Blob): Promise<PeopleListed> => ask('POST', '/api/county/campaigns/list', file)
/** The campaign as the next one begins; keeps nothing. */
export const copyPlan = (id: string): Promise<CampaignCopy> => ask('POST', `${pathOf(id)}/copy`)
/** For phones no more, or again. */
export const closeCampaign = (id: string, closed: boolean): Promise<CampaignPlan> =>
  ask('POST', `${pathOf(id)}/${closed ? 'close' : 'reopen'}`)
/** Takes it back; refused where somebody was visited. */
export const withdrawCampaign = (id: string): Promise<void> => ask('DELETE', pathOf(id))
/** Who is entitled but on no list, by name. Sensitive. */
export const readUnlisted = (id: string, unit: string): Promise<Unlisted[]> =>
  ask('GET', `${pathOf(id)}/unlisted${toQuery({ unit })}`)
