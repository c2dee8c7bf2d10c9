/**
 * The English words of people on rosters and of the tree of units. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_roster.ts`. Not here: bringing files with people in (`en_imports.ts`).
 */
import type { zhRoster } from './zh_roster'

export const enRoster: Record<keyof typeof zhRoster, string> = {
  'menu.roster': 'Rosters',
  'roster.part_import': 'Import',
  'roster.part_people': 'People',
  'roster.part_units': 'Units',

  'person.list': 'Kind of list',
  'person.find': 'Find',
  'person.sensitive': 'Show categories (sensitive; asking is written down)',
  'person.none': 'Nobody fits.',
  'person.count': '{n} people',
  'person.not_all': 'Only the first {n} are listed; write a name or choose a village and look again.',
  'person.name': 'Name',
  'person.unit': 'Village',
  'person.group': 'Group',
  'person.household': 'Household no.',
  'person.relative': 'Relative or contact',
  'person.relation': 'Relation of the contact',
  'person.batch': 'Batch',
  'person.identity': 'Identity number',
  'person.identity_none': 'None is known',
  'person.identity_hint': 'Only if it is wrong, from the card. Empty: it stays. Kept encrypted, shown masked.',
  'person.categories': 'Categories',
  'person.died_on': 'Died on',
  'person.honour': 'Honour',
  'person.award_year': 'Year of the award',
  'person.notice_serial': 'Notice number',
  'person.received_on': 'Notice received on',
  'person.died': 'Died {day}',
  'person.reported': 'The village says it is wrong ({n})',
  'person.correct': 'Correct somebody on the roster',
  'person.correct_hint':
    'Phones get the correction when they next connect. The next import keeps it where the file says the same as before.',
  'person.moved': 'Another village: the household number is cleared.',
  'person.died_hint': 'The dead are no targets of campaigns any more. Leave it empty for the living.',
  'person.struck': 'Off the roster (entered twice, or never entitled)',
  'person.struck_hint': 'What was recorded stays. The same file does not bring them back.',
  'person.categories_hidden':
    'Categories are not shown and will not change. To change them, tick “Show categories” and look again.',

  'tree.new': 'Upload units',
  'tree.hint':
    'A CSV or .xlsx table with the headings code and name; where something changes also valid_from, valid_to and replaced_by (the code it was merged into).',
  'tree.stays':
    'Units that the file does not name stay as they are. A merged village keeps its code, so that earlier records map to the tree of their year.',
  'tree.drop': 'or drop it here (.csv, .xlsx)',
  'tree.found': '“{file}” has {n} lines',
  'tree.faults': '{n} things to put right; nothing has changed. Mend the file and upload it again.',
  'tree.same': 'The same as the tree in force; nothing would change.',
  'tree.added': '{n} new',
  'tree.changed': '{n} changed',
  'tree.apply': 'Put this tree in force',
  'tree.applied': 'In force. Phones get it when they next connect.',
  'tree.title': 'The tree in force',
  'tree.none': 'There are no units yet. Upload them first.',
  'tree.count': '{townships} townships, {villages} villages',
  'tree.villages': '{n} villages',
  'tree.name': 'Name',
  'tree.gone': 'No more',
  'tree.since': 'From {day}',
  'tree.until': 'Until {day}',
  'tree.into': 'Merged into {unit}',
  'tree.more': '{n} more',

  'lookup.title': 'Look somebody up in the roster',
  'lookup.search': 'Name contains',
  'lookup.not_all': 'Only the first {n} are listed; write more of the name and look again.',
  'lookup.none': 'Nobody on the roster fits.',
}
