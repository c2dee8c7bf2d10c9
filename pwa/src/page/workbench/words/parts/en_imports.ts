/**
 * The English words of bringing lists in from spreadsheets. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_imports.ts`. Not here: what is wrong with a line, which the server says.
 */
import type { zhImports } from './zh_imports'

export const enImports: Record<keyof typeof zhImports, string> = {
  'import.new': 'Bring a list in',
  'import.hint':
    'Look first: choosing a file changes nothing, a dry run shows what would change, and an import can be undone.',
  'import.kind': 'Kind of list',
  'import.kind_roster': 'Roster of recipients',
  'import.kind_recruits': 'Recruits',
  'import.kind_returnees': 'Returnees',
  'import.kind_merits': 'Merit notices',
  'import.about_roster':
    'It needs names and villages (by name or by code). Identity numbers stay at the county, encrypted, and never reach a phone.',
  'import.about_recruits':
    'One list for a batch: names, villages, family contacts. Villages see the family contact alone.',
  'import.about_returnees':
    'One list for a batch: names, villages, family contacts. Villages see the family contact alone.',
  'import.about_merits':
    'One list for a batch, one line a notice: names, villages, family contacts, honours. No units, posts or deeds.',
  'import.drop': 'or drop it here (.xlsx, .csv)',

  'import.all': 'Earlier imports',
  'import.none': 'Nothing was imported yet.',
  'import.file': 'File',
  'import.when': 'Who and when',
  'import.by': '{by}, {time}',
  'import.lines': 'Lines',
  'import.lines_n': '{n} lines',
  'import.what': 'What it changed',
  'import.changes': '{added} people new, {changed} changed',
  'import.state': 'State',
  'import.state_read': 'No dry run yet',
  'import.state_working': 'Working',
  'import.state_checked': 'Dry run done, not imported',
  'import.state_applied': 'Imported',
  'import.state_undone': 'Undone',
  'import.state_failed': 'Failed',
  'import.go_on': 'Go on',
  'import.not_kept':
    'A file that is not imported yet is kept for a while only: choose it again after the server restarted or some more files were chosen.',
  'import.back': 'All imports',

  'import.check': 'Dry run',
  'import.check_again': 'Dry run again',
  'import.check_hint': 'Shows what an import would change; changes nothing.',
  'import.working': 'Working: {done} of {lines} lines',
  'import.progress': 'Lines done',
  'import.old':
    'There was no dry run with these columns or this batch; what stands below may be wrong. Do one before importing.',
  'import.apply': 'Import',
  'import.apply_hint': 'Imports it as shown above. Phones get the new list when they next connect.',
  'import.applied': 'Imported. Phones get it when they next connect.',
  'import.undo': 'Undo this import',
  'import.undo_ask':
    'Undo “{file}”? The {added} people it added leave, and the {changed} it changed are as they were before.',
  'import.undo_keeps': 'What was corrected after the import stays.',
  'import.undone': 'Undone. Phones get it when they next connect.',

  'columns.title': 'What each column is',
  'columns.hint':
    'Guessed by the headings; change what is wrong. Leave a column empty that is not used. Below are the first lines, with identity numbers masked.',
  'columns.used': '{n} columns, {used} used',
  'columns.meaning_of': 'What the column “{heading}” is',
  'columns.no_heading': 'No heading, not used',
  'columns.unused': 'Not used',
  'columns.batch': 'Which batch this list is of',
  'columns.missing': 'Still missing: {columns}. Choose it, then do the dry run.',

  'column.name': 'Name',
  'column.identity_number': 'Identity number',
  'column.village_code': 'Code of the village',
  'column.village_name': 'Village',
  'column.township_name': 'Township',
  'column.group': 'Group',
  'column.household': 'Household no.',
  'column.category': 'Category',
  'column.relative': 'Relative',
  'column.contact': 'Family contact',
  'column.relation': 'Relation of the contact',
  'column.batch': 'Batch',
  'column.honour': 'Honour',
  'column.award_year': 'Year of the award',
  'column.notice_serial': 'Notice number',
  'column.received_on': 'Notice received on',
  'column.died_on': 'Died on',
  'column.not_read': 'Not read',
  'column.village': 'Village',
  'column.code': 'Code',
  'column.valid_from': 'First day',
  'column.valid_to': 'Last day',
  'column.replaced_by': 'Merged into',

  'found.title': 'What the import would change',
  'found.taken': 'What this import changed',
  'found.added': 'New (people)',
  'found.changed': 'Changed (people)',
  'found.removed': 'Not in the file (people)',
  'found.unchanged': 'As before (people)',
  'found.corrections_kept': 'Corrections kept (people)',
  'found.clashes': 'To be decided (people)',
  'found.refused': 'Cannot be taken (lines)',
  'found.warned': 'To look at (lines)',
  'found.faults': 'Lines with something wrong',
  'found.more_faults': '{all} in all; the first {n} are listed. Put the file right and look again to see the others.',
  'found.faults_hint': 'Mend lines that cannot be taken in the file and import it again; all other lines are taken.',
  'found.leave': 'People who are not in the file leave the roster',
  'found.leave_hint':
    'In the villages that the file names, {n} people of the last import are not in it. They stay unless this is on; undoing the import brings them back.',

  'clash.title': 'To be decided: {n} people',
  'clash.hint':
    'The county corrected these people and the file says something else again. Without a choice what is here stays.',
  'clash.not_all':
    'Only the first {n} are listed; for the others what is here stays. Correct them afterwards, or import in parts.',
  'clash.all_here': 'Keep all that is here',
  'clash.all_file': 'Take all from the file',
  'clash.whose': 'Which side for {name}',
  'clash.here': 'Keep what is here',
  'clash.file': 'Take the file’s',

  'difference.field': 'Field',
  'difference.last': 'Last import',
  'difference.now': 'Here now',
  'difference.file': 'In the file',
  'difference.what': 'What changes',
  'difference.removed': '{n} people who are not in the file',
  'difference.changed': '{n} people who change',
  'difference.added': '{n} new people',
  'difference.not_all': 'Only the first {n} are listed.',

  'faults.line': 'Line',
  'faults.line_no': 'Line {n}',
  'faults.file': 'Whole file',
  'faults.column': 'Column',
  'faults.value': 'It says',
  'faults.what': 'What to do',
  'faults.fault': 'Not taken',
  'faults.warning': 'Look at it',
  'faults.more': '{n} more',
}
