/**
 * Who is signed in, and what the whole workbench knows once: units, campaigns, how many matters are open.
 *
 * Always true: without a session nothing of the county is kept here. Deliberately not here: the pages.
 */
import { computed, ref, shallowRef } from 'vue'
import type { CampaignState, Session, UnitName, Waiting } from '../../../shared/generated'
import { levelOf, type Level } from '../../../shared/ids'
import { hasPage, type Page } from '../place'
import type { Names } from '../words/fields'
import { forgetFirstRun, learnFirstRun } from './first_run'
import { forgetRegisters, learnRegisters, learnRegistersNowAndThen } from './registers'
import { Refused, tellWhenSignedOut } from './request'
import { readMatters, readOverview, readSession, readUnits, signIn, signOut } from './routes'

/** `undefined` until the server said who it is; `null` for nobody. */
export const session = shallowRef<Session | null>()
/** No county is made here yet: the server answers nothing but its making. */
export const isUnfounded = ref(false)
/** The session ended while somebody worked. */
export const ended = ref(false)
/** All units of the county, sorted by code. */
export const units = shallowRef<UnitName[]>([])
/** All campaigns, newest first. */
export const campaigns = shallowRef<CampaignState[]>([])
/** How many matters are open. */
export const openMatters = ref(0)
/** What waits for people of this level. */
export const waiting = shallowRef<Waiting[]>([])
/** The server's time of the newest answer. */
export const asOfMs = ref(0)

const unitNames = computed(() => new Map(units.value.map((unit) => [unit.unit, unit.name])))
const campaignNames = computed(() => new Map(campaigns.value.map((campaign) => [campaign.id, campaign.name])))

/** 双河镇 石门村: a village is named with its township. A record may name a township or county with zeros behind. */
export function unitWords(padded: string): string {
  const isKnown = padded.length !== 12 || unitNames.value.has(padded)
  const code = isKnown ? padded : padded.replace(/(000){1,2}$/, '')
  const own = unitNames.value.get(code) ?? code
  const township = code.length === 12 ? unitNames.value.get(code.slice(0, 9)) : undefined
  return township ? `${township} ${own}` : own
}

/** What values are called, for a record about this person. */
export function namesFor(person: string): Names {
  return { unit: unitWords, campaign: (id) => campaignNames.value.get(id) ?? id, person }
}

/** The level at which the workbench is used: what a clerk may write goes by it. */
export const ownLevel = computed<Level>(() => (session.value?.unit ? levelOf(session.value.unit) : 'county'))

/** Whether whoever is signed in has the page. */
export function mayOpen(page: Page): boolean {
  return hasPage(session.value?.unit ?? '', page)
}

/** Asks who is signed in, at the start. Throws `Refused` where the server cannot be reached. */
export async function findSession(): Promise<void> {
  tellWhenSignedOut(() => {
    ended.value = Boolean(session.value)
    forget()
  })
  try {
    const found = await readSession()
    await learnCounty(found)
    session.value = found
    isUnfounded.value = false
  } catch (error) {
    isUnfounded.value = saysUnfounded(error)
    if (isUnfounded.value || (error instanceof Refused && error.status === 401)) return
    throw error
  }
}

function saysUnfounded(error: unknown): boolean {
  return error instanceof Refused && error.text.code === 'not_founded'
}

/** Spends the code of a link. */
export async function enter(code: string): Promise<void> {
  const fresh = await signIn(code).catch((error: unknown) => {
    isUnfounded.value = saysUnfounded(error)
    throw error
  })
  ended.value = false
  await learnCounty(fresh)
  session.value = fresh
}

/** Ends the session here even if the server cannot be told. */
export async function leave(): Promise<void> {
  try {
    await signOut()
  } finally {
    ended.value = false
    forget()
  }
}

/** Reads again what the menu and the selectors show. Matters are settled by the county alone. */
export async function learnMoving(who: Session | null | undefined = session.value): Promise<void> {
  const reading = who?.unit ? [] : readMatters(true)
  const [overview, matters] = await Promise.all([readOverview(''), reading, learnRegistersNowAndThen()])
  campaigns.value = overview.campaigns
  openMatters.value = matters.length
  waiting.value = overview.waiting
  asOfMs.value = Math.max(asOfMs.value, overview.as_of_ms)
}

/** How many records of a register wait for people of this level. */
export function waitingIn(register: string): number {
  const ours = waiting.value.filter((one) => one.register === register)
  return ours.reduce((sum, { records }) => sum + records, 0)
}

/** Reads the units again, after the county changed its tree. */
export async function learnUnits(): Promise<void> {
  units.value = await readUnits()
}

async function learnCounty(who: Session): Promise<void> {
  const [all] = await Promise.all([readUnits(), learnRegisters(), learnFirstRun(who)])
  await learnMoving(who)
  units.value = all
}

function forget(): void {
  session.value = null
  units.value = []
  campaigns.value = []
  openMatters.value = 0
  waiting.value = []
  forgetRegisters()
  forgetFirstRun()
}
