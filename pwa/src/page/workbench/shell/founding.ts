/**
 * What somebody writes to make the county: tidied, looked at, sent.
 *
 * Always true: nothing is sent while a field is wrong; what was written stays whatever the server says, so that a newer
 * link goes on with it. Deliberately not here: how it looks; the server's own checks.
 */
import { reactive, ref, type Ref } from 'vue'
import { beginAnew, makeCounty, untilServed } from '../server/first_run'
import type { Refused } from '../server/request'
import { sending, type Sending } from '../server/sending'
import type { WordKey } from '../words/zh'

export const FIELDS = ['county', 'county_name', 'person'] as const
export type Field = (typeof FIELDS)[number]

/** What is said of a field that is wrong, here or at the server. */
export const WRONG = {
  county: 'setup.county_wrong',
  county_name: 'setup.county_name_wrong',
  person: 'setup.person_wrong',
} as const satisfies Record<Field, WordKey>

const COUNTY_CODE = /^\d{6}$/

export interface FoundingForm {
  written: Record<Field, string>
  /** Fields to be put right. */
  wrong: Ref<Field[]>
  busy: Sending['busy']
  failure: Sending['failure']
  /** Resolves with whether there is a county now, and the server serves it. */
  found: (code: string) => Promise<boolean>
}

export function foundingForm(): FoundingForm {
  const written = reactive<Record<Field, string>>({ county: '', county_name: '', person: '' })
  const wrong = ref<Field[]>([])
  const { busy, failure, send } = sending()

  async function found(code: string): Promise<boolean> {
    const asked = tidied(written)
    Object.assign(written, asked)
    wrong.value = FIELDS.filter((field) => !isRight(field, asked[field]))
    if (wrong.value.length > 0) return false
    const isMade = await send(async () => {
      await makeCounty({ code, ...asked })
      beginAnew()
      await untilServed()
    })
    if (!isMade) wrong.value = FIELDS.filter((field) => field === failure.value?.text.about)
    return isMade
  }
  return { written, wrong, busy, failure, found }
}

/** What is said instead of a refusal whose own words are for others. */
export function insteadOf(refused: Refused): 'setup.newer_link' | 'setup.founded' | undefined {
  const { status, text } = refused
  if (text.code === 'code_unknown') return 'setup.newer_link'
  // A server that has its county knows no way to make one.
  return [404, 405, 409].includes(status) ? 'setup.founded' : undefined
}

/** Full-width digits are what a Chinese keyboard gives. */
function tidied(written: Record<Field, string>): Record<Field, string> {
  const { county, county_name, person } = written
  return { county: county.normalize('NFKC').trim(), county_name: county_name.trim(), person: person.trim() }
}

function isRight(field: Field, text: string): boolean {
  return field === 'county' ? COUNTY_CODE.test(text) : text !== ''
}
