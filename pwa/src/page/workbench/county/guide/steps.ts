/**
 * The six steps as the guide shows them: how each stands, which page does it, which command does the same.
 *
 * Always true: a step that others wait for comes before them; what stands in a command is fit for a shell. Words in
 * capitals are to be replaced by whoever runs it. Deliberately not here: what is done (`first_run.ts`); words.
 */
import type { Session } from '../../../../shared/generated'
import { fragmentOf, type Page } from '../../place'
import { STEPS, type Done, type Step } from '../../server/first_run'
import type { WordKey } from '../../words/zh'

export type State = 'done' | 'now' | 'later'

/** What has to be there before. A certificate may take days: only the phone waits for it. */
const AFTER: Record<Step, Step[]> = {
  address: [],
  county: [],
  units: ['county'],
  roster: ['units'],
  campaign: ['roster'],
  phone: ['address', 'campaign'],
}

/** How a step stands. */
export function stateOf(step: Step, done: Done): State {
  if (done[step]) return 'done'
  return AFTER[step].every((before) => done[before]) ? 'now' : 'later'
}

/** How many are done. */
export const doneCount = (done: Done): number => STEPS.filter((step) => done[step]).length

/** The page that does a step, and what its button says. */
export const PAGE_OF: Partial<Record<Step, { href: string; words: WordKey }>> = {
  units: { href: fragmentOf('roster', { part: 'units' }), words: 'guide.units_go' },
  roster: { href: to('roster'), words: 'guide.roster_go' },
  campaign: { href: to('campaigns'), words: 'guide.campaign_go' },
  phone: { href: to('people'), words: 'guide.phone_go' },
}

function to(page: Page): string {
  return fragmentOf(page)
}

/** What a word in capitals stands for. */
export const PLACES = {
  DIR: 'guide.place_dir',
  HOST: 'guide.place_host',
  CERT: 'guide.place_cert',
  KEY: 'guide.place_key',
  FILE: 'guide.place_file',
  UNIT: 'guide.place_unit',
  NAME: 'guide.place_name',
  TITLE: 'guide.place_title',
  NUMBER: 'guide.place_number',
  KIND: 'guide.place_kind',
  DAY: 'guide.place_day',
  CODE: 'guide.place_code',
} as const satisfies Record<string, WordKey>

/** The words in capitals that stand in these commands. */
export function placesIn(commands: string[]): (keyof typeof PLACES)[] {
  const words = new Set(commands.join(' ').split(/[^A-Z]+/))
  return (Object.keys(PLACES) as (keyof typeof PLACES)[]).filter((place) => words.has(place))
}

/** The commands that do the same, in their order. */
export function commandsOf(step: Step, { person, county, county_name }: Session): string[] {
  const [who, name] = [quoted(person), quoted(county_name)]
  const commands: Record<Step, string[]> = {
    address: [
      `zoufang admin link --data DIR --person ${who} --public-url https://HOST`,
      'zoufang serve --data DIR --listen 0.0.0.0:443 --tls-cert CERT --tls-key KEY --public-url https://HOST',
    ],
    county: [`zoufang admin create --data DIR --county ${county} --county-name ${name} --person ${who}`],
    units: ['zoufang admin units FILE --apply --data DIR'],
    roster: ['zoufang admin roster FILE --apply --data DIR'],
    campaign: [
      'zoufang admin campaign --apply --data DIR --name TITLE --document-no NUMBER --kind KIND --from DAY --until DAY --package CODE',
    ],
    phone: ['zoufang admin code --data DIR --unit UNIT --person NAME --public-url https://HOST'],
  }
  return commands[step]
}

/** As one word for a shell. */
function quoted(text: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
