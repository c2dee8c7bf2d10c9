/**
 * The English words of the first day. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_guide.ts`. Not here: commands.
 */
import type { zhGuide } from './zh_guide'

export const enGuide: Record<keyof typeof zhGuide, string> = {
  'setup.title': 'Begin',
  'setup.hint': 'There is no county on this server yet. These three make it, and you are its first administrator.',
  'setup.county': 'Division code of the county',
  'setup.county_hint': 'Six digits: the first six of the statistical division code. It cannot be changed later.',
  'setup.county_wrong': 'Write the six digits of the division code.',
  'setup.county_name': 'Name of the county',
  'setup.county_name_hint': 'As phones and reports will show it.',
  'setup.county_name_wrong': 'Write the name of the county.',
  'setup.person': 'Your name',
  'setup.person_hint': 'As on your identity card. What you change will be noted under this name.',
  'setup.person_wrong': 'Write your name.',
  'setup.make': 'Make the county',
  'setup.no_code':
    'There is no county on this server yet. Look at the terminal where the server was started: it shows a link to begin with.',
  'setup.no_code_again':
    'The link has “#setup=” in it and is good until the county is made. If a colleague has made it already, use the button below.',
  'setup.look_again': 'Look again',
  'setup.newer_link':
    'This link can not be used any more. Open the newest one in the terminal where the server was started; what you wrote here stays as it is.',
  'setup.founded': 'The county of this server is made already.',
  'setup.to_sign_in': 'Go to the sign-in',
  'setup.insecure':
    'This address is not secure (no https), so the browser would not keep you signed in. Open the link on the server itself, or give the server a certificate first.',

  'menu.guide': 'Getting started',

  'guide.title': 'Getting started',
  'guide.hint': 'Six steps from here to the first visit. You can leave at any time and come back to it from the menu.',
  'guide.progress': '{n} of six steps done',
  'guide.step': 'Step {n}',
  'guide.state_done': 'Done',
  'guide.state_now': 'Do now',
  'guide.state_later': 'Later',

  'guide.address': 'A secure address for phones',
  'guide.address_why':
    'Phones accept a secure address (https) only. With it they work without signal, and nobody reads along on the way.',
  'guide.address_todo':
    'The address in use now works on the server itself alone. Ask the network administrator for a certificate, then start the server anew with a command.',
  'guide.county': 'The county',
  'guide.county_why': 'All that is logged belongs to {county} ({code}).',
  'guide.units': 'Townships and villages',
  'guide.units_why':
    'Phones log by village, so the townships and villages come first. One spreadsheet brings them, merged villages included.',
  'guide.units_go': 'Bring the units',
  'guide.roster': 'The roster',
  'guide.roster_why':
    'The roster puts the people to visit on the phones. Identity numbers stay at the county, encrypted, and never reach a phone.',
  'guide.roster_go': 'Bring the roster',
  'guide.campaign': 'The first campaign',
  'guide.campaign_why':
    'With number, dates, recipients and packages written here, a village logs a visit in a few taps, without typing.',
  'guide.campaign_go': 'Plan the campaign',
  'guide.phone': 'The first phone',
  'guide.phone_why':
    'Choose a village and give its worker a code. A scan with the phone, and the village can begin to log.',
  'guide.phone_go': 'Enrol a phone',

  'guide.command': 'The same as a command',
  'guide.command_only': 'See the commands',
  'guide.command_stop': 'Stop the server first, and start it again afterwards.',
  'guide.command_sign_in':
    'Stop the server first. The first line gives a sign-in link at the new address, the second starts the server; then sign in with that link.',
  'guide.command_places': 'Words in capitals stand for your own: {places}.',
  'guide.place_dir': 'the data folder',
  'guide.place_host': 'the name by which phones reach the server',
  'guide.place_cert': 'the certificate',
  'guide.place_key': 'the private key',
  'guide.place_file': 'the file to bring',
  'guide.place_unit': 'the code of a village',
  'guide.place_name': 'a name',
  'guide.place_title': 'the name of the campaign',
  'guide.place_number': 'the number of its document',
  'guide.place_kind': 'the kind of visit (spring_festival or army_day)',
  'guide.place_day': 'a day (year-month-day)',
  'guide.place_code': 'the code of a package in the lists',
  'guide.copy': 'Copy',
  'guide.copy_label': 'Copy {command}',
  'guide.copied': 'Copied',
  'guide.copy_failed': 'It could not be copied: select the command and copy it yourself.',

  'guide.begun': 'Everything is ready.',
  'guide.begun_next':
    'Once a village has logged its first visit and the phone finds a signal, it appears in the overview.',
  'guide.begun_go': 'See the overview',
}
