/**
 * The English words of stations, phones and held work. Part of the dictionary in `en.ts`.
 *
 * Always true: the keys of `zh_people.ts`. Not here: links.
 */
import type { zhPeople } from './zh_people'

export const enPeople: Record<keyof typeof zhPeople, string> = {
  'role.township_clerk': 'Township',
  'menu.held': 'Held work',

  'people.where': 'Where they work',
  'people.county': 'The county bureau',

  'station.title': 'Stations',
  'station.where': 'Choose a township to see who serves each village, and with which phone.',
  'station.unit': 'Village or township',
  'station.who': 'Served by',
  'station.since': '{name}, since {date}',
  'station.vacant': 'Vacant',
  'station.no_phone': 'No phone yet',
  'station.phone_of': '{people} · {device}',
  'station.unsent': '{n} not sent yet, the oldest of {time}',
  'station.held': '{n} pieces of work are held at the county',
  'station.code': 'Enrol a phone',
  'station.handover': 'Hand over',
  'station.withdraw': 'Withdraw',
  'station.only_vacant': 'Vacant ones only',
  'station.sheet': 'Print enrolment slips',
  'station.sheet_hint':
    'A slip for each village of the township that somebody serves, good for 14 days; the township then compares four digits.',
  'station.print': 'Print',

  'waiting.title': 'Phones that wait to be compared',
  'waiting.hint': 'Have the four digits on the phone read out; approve only if they are the same here.',
  'waiting.for': '{unit} · {person}',
  'waiting.digits': 'Four digits',
  'waiting.approve': 'The same: approve',
  'waiting.approved': 'Approved. The phone can be used now.',
  'waiting.typed': 'Type the four digits that were read out',

  'code.title': 'Enrol a phone for {unit}',
  'code.person': 'Who will use it',
  'code.soon': 'Face to face: good for 15 minutes',
  'code.later': 'To take along: good for 14 days, then four digits are compared',
  'code.make': 'Make the code',

  'handover.title': 'Hand over {unit}',
  'handover.from': 'Who leaves',
  'handover.nobody': 'Nobody served it',
  'handover.to': 'Who comes',
  'handover.vacant': 'Nobody for now: leave it vacant',
  'handover.what':
    'Afterwards the phones of whoever leaves can not write here any more; what they have not sent is held at the county and not lost.',
  'handover.do': 'Hand over',
  'handover.done': 'Handed over.',
  'handover.phones': 'Phones that can not write here any more: {devices}',

  'withdraw.title': 'Withdraw {device}',
  'withdraw.retired': 'No longer used: when it next connects it hands in what is unsent, then wipes itself.',
  'withdraw.stolen': 'Lost or stolen: when it next connects it wipes itself.',
  'withdraw.do': 'Withdraw',
  'withdraw.done': 'Withdrawn.',

  'slip.title': 'Zoufang · enrolment slip',
  'slip.step_1': 'Scan this code with the phone and open it in the browser.',
  'slip.step_2': 'Tap “Enrol this phone”.',
  'slip.step_3': 'Read the four digits on the screen to the township.',
  'slip.by_hand': 'No camera? Open {site} in the browser and type the letters and digits below the picture.',
  'slip.step_4': 'Once the township approves, it can be used. This slip is good once.',

  'held.title': 'Held work',
  'held.hint':
    'This came after somebody had moved, or was written for another village. Accept it, or say why not; it is kept as it is either way.',
  'held.none': 'Nothing is held.',
  'held.by': '{person} · {device}, written {time}, came {received}',
  'held.new': 'New record',
  'held.change': 'Changes a record',
  'held.accepted': 'Accepted',
  'held.note': 'Why (required), such as: checked with the person',
  'held.note_missing': 'Write why first.',
  'held.all': 'Accept all',
  'held.some': 'Accept the {n} chosen',
  'held.decline': 'Decline',
  'held.declined_title': 'Declined',
  'held.declined_hint':
    'If it turns out to be right after all, open it again; then it stands above and is decided anew.',
  'held.declined_by': 'Declined by {by}, {time}: {note}',
  'held.from': '{person} · {device}, written {time}',
  'held.reopen': 'Open again',
  'held.reopen_note': 'Why it is opened again (required), such as: the signed sheet was handed in',
  'held.reopened': 'Opened again; decide on it above.',
  'held.declined': 'Declined; kept as it is.',
  'held.done': 'Accepted. Phones see it when they next connect.',
}
