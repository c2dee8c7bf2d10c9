/**
 * The registers and lists of the county, as the whole workbench knows them: labels, columns, choices.
 *
 * Always true: read from the server, so that an uploaded register is there without any code; before that the one that
 * the app itself names. Deliberately not here: the records.
 */
import { computed, shallowRef } from 'vue'
import type { Register } from '../../../shared/register'
import { builtIn, registerFor, visit } from '../../../shared/registers'
import { readLists, readRegisters } from './record_routes'
import type { CountyList, RegisterInfo } from './shapes'

/** The register of what workers say about the work and the app; it has a page of its own. */
export const FEEDBACK = 'feedback'

/** All registers, built-in and own, as the server sorts them. */
export const registerInfos = shallowRef<RegisterInfo[]>([])
/** The county's lists. */
export const lists = shallowRef<CountyList[]>([])

/** The same registers, ready to be asked for labels. */
export const registers = computed(() => registerInfos.value.map((info) => registerFor(info.source)))

const READ_AGAIN_MS = 60_000
let readAt = 0

/** The register of that name, if the county has it. */
export function registerNamed(name: string): Register | undefined {
  const found = registers.value.find((register) => register.name === name)
  return found ?? (name === visit.name ? visit : undefined)
}

/** Reads all of them anew. */
export async function learnRegisters(): Promise<void> {
  const [infos, all, ours] = await Promise.all([readRegisters(), readLists(), builtIn()])
  registerInfos.value = infos.map((info) => inFileOrder(info, ours.get(info.name)))
  lists.value = all
  readAt = Date.now()
}

/** The server's answer has lost the order of members and figures. The app has it: an extension only adds to its file. */
function inFileOrder(info: RegisterInfo, ours: Register | undefined): RegisterInfo {
  if (!ours) return info
  const { source } = info
  const properties = { ...ours.source.properties, ...added(ours.source.properties, source.properties) }
  const known = ours.source['x-measures'] ?? {}
  const measures = { ...known, ...added(known, source['x-measures'] ?? {}) }
  return { ...info, source: { ...source, properties, 'x-measures': measures } }
}

function added<Value>(known: Record<string, Value>, all: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in known)))
}

/** Reads them anew where they may have changed; they are large and change seldom. */
export async function learnRegistersNowAndThen(): Promise<void> {
  if (Date.now() - readAt > READ_AGAIN_MS) await learnRegisters()
}

/** Forgets them with the session. */
export function forgetRegisters(): void {
  registerInfos.value = []
  lists.value = []
  readAt = 0
}
