/**
 * The English words of who takes a station, and of phones that serve none. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_stations.ts`. Not here: stations themselves (`en_people.ts`).
 */
import type { zhStations } from './zh_stations'

export const enStations: Record<keyof typeof zhStations, string> = {
  'choice.new': 'Somebody new',
  'choice.elsewhere': 'Somebody of another station, who takes this one too',
  'choice.search': 'Choose; type to search by name',
  'choice.none': 'Nobody of that name',
  'choice.person': '{name} ({where})',
  'station.ended': 'No more since {date}',
  'station.ended_into': 'Merged into {unit} on {date}',
  'apart.title': 'Phones without a station: {n}',
  'apart.hint':
    'Their people left, or they were withdrawn. What they have not sent still comes in with their next signal.',
  'apart.state': 'State',
  'apart.left': 'Its people left',
  'apart.retired': 'Withdrawn; empties itself once it has handed in its work',
  'apart.stolen': 'Lost or stolen; empties itself with the next signal',
  'apart.found_stolen': 'It was lost or stolen',
}
