/**
 * What a county needs before its first visit: asked from the server, and whether the workbench still leads there.
 *
 * Always true: a step is done because the server says so; what was found done is not asked again while the guide is
 * shown. Once a phone is enrolled and the lists are there the county has begun, and this browser remembers that. A
 * phone proves the address, too: without a secure one it could not be enrolled. Deliberately not here: words, pages.
 */
import { computed, shallowRef } from 'vue'
import type { CampaignState, Founding, Session, SetupState } from '../../../shared/generated'
import { readStations } from './people_routes'
import { ask, Refused } from './request'
import { findPeople, readTree } from './roster_routes'

/** The steps in their order. */
export const STEPS = ['address', 'county', 'units', 'roster', 'campaign', 'phone'] as const
export type Step = (typeof STEPS)[number]
export type Done = Record<Step, boolean>

const VILLAGE_DIGITS = 12

export const readSetup = (): Promise<SetupState> => ask('GET', '/api/setup')
/** Makes the county; whoever does is its administrator and signed in. */
export const makeCounty = (founding: Founding): Promise<Session> => ask('POST', '/api/setup', founding)

/** Between two questions, and how long the server may take to change over. */
export const TURN_MS = 300
const TURNS = 100

/**
 * Resolves once the server serves the county that was made. Until it has changed over, connections that stay open are
 * told that there is none, or are cut.
 */
export async function untilServed(): Promise<void> {
  for (let turn = 0; turn < TURNS && !(await isServed()); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
}

async function isServed(): Promise<boolean> {
  try {
    return (await readSetup()).founded
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

const isSecure = async (): Promise<boolean> => location.protocol === 'https:' || (await readSetup()).secure
const hasVillage = async (): Promise<boolean> => (await readTree()).some(({ unit }) => unit.length === VILLAGE_DIGITS)
const hasPeople = async (): Promise<boolean> =>
  (await findPeople({ unit: '', search: '', kind: 'roster', sensitive: false })).total > 0
const hasCampaign = async (): Promise<boolean> =>
  (await ask<CampaignState[]>('GET', '/api/county/campaigns')).length > 0
const hasPhone = async (): Promise<boolean> => (await readStations('')).some(({ phones }) => phones.length > 0)

/** What is done; `undefined` until it was asked. */
export const done = shallowRef<Done>()
/** The workbench begins with the guide. */
export const isUnderWay = computed(() => done.value !== undefined && !hasBegun(done.value))

/** All that the first visit needs is there. */
export function hasBegun({ units, roster, campaign, phone }: Done): boolean {
  return units && roster && campaign && phone
}

/** Asks what is done, save what was done before. */
export async function readDone(before?: Done): Promise<Done> {
  const still = async (step: Step, read: () => Promise<boolean>): Promise<boolean> => before?.[step] || read()
  const [address, units, roster, campaign, phone] = await Promise.all([
    still('address', isSecure),
    still('units', hasVillage),
    still('roster', hasPeople),
    still('campaign', hasCampaign),
    still('phone', hasPhone),
  ])
  // Who asks is signed in: there is a county.
  return { address, county: true, units, roster, campaign, phone }
}

/** Shows what was found, and remembers a county that has begun. */
export function noteDone(found: Done, county: string): void {
  done.value = found
  if (hasBegun(found)) remember(county)
}

/** At a sign-in: whether the county has begun. Where that cannot be told nobody is led anywhere. */
export async function learnFirstRun(who: Session): Promise<void> {
  if (who.unit || remembered() === who.county) return
  try {
    noteDone(await readDone(), who.county)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

/** With the session. */
export function forgetFirstRun(): void {
  done.value = undefined
}

const REMEMBERED = 'workbench.begun'

/** A county that is made anew begins anew, whatever this browser has seen before. */
export function beginAnew(): void {
  forgetFirstRun()
  remember('')
}

function remembered(): string {
  try {
    return localStorage.getItem(REMEMBERED) ?? ''
  } catch {
    return ''
  }
}

function remember(county: string): void {
  try {
    localStorage.setItem(REMEMBERED, county)
  } catch {
    // A browser that stores nothing asks again at each sign-in.
  }
}
