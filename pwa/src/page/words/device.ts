/**
 * Words of the screens about the phone itself, in both languages: wiped, no station left, one village more, two people.
 * Loaded with these screens.
 *
 * Deliberately not here: the words of the first enrolment (`zh.ts`), which share their screen.
 */
import { settings } from '../settings'
import { filled } from './index'

export const zh = {
  retired_title: '这部手机已停用',
  retired_text: '记过的都交给县里了。手机里的名单、记录和钥匙已经清空。',
  stolen_title: '这部手机已清空',
  stolen_text: '县里收到报失，把手机里的名单、记录和钥匙都清空了。那时还没传的，这里不再有。',
  wiped_ask: '有疑问，请问乡镇或{county}的工作人员。还要用这部手机的，请向他们要一个新的登记码。',
  wiped_ask_plain: '有疑问，请问乡镇或县里的工作人员。还要用这部手机的，请向他们要一个新的登记码。',

  no_station_title: '这部手机现在不管任何村了',
  no_station_text: '村里的工作已交给别人，或由乡镇收回，名单不再发到这部手机。',
  no_station_unsent: '还没传的不会丢：有信号会自己传，县里收下、看过再定。',
  no_station_sent: '以前记的都在县里，没有丢。',
  no_station_ask: '不是这样，或者还要用这部手机记的，请问乡镇或{county}的工作人员，向他们要一个登记码。',

  add_title: '把这个村加到这部手机',
  add_text:
    '{person}的手机，现在管{village}。点下面的按钮，登记码里的村也由这部手机来记；登记码要是给同事的，就是两个人合用。已经记的都留着。',
  add_button: '加到这部手机',
  add_not: '不加了',

  people_now: '现在是{person}在用',
  people_change: '换人',
  people_who: '换谁来用？',
  pin: '密码（4 到 6 位数字）',
  pin_own: '{person}先设一个密码',
  pin_first: '{person}第一次用，设一个密码',
  pin_enter: '{person}的密码',
  pin_new_hint: '换人的时候要用，只留在这部手机里。请自己设、自己记。',
  pin_lost: '忘了密码，请乡镇停用这部手机，等记录都传完再重新登记。',
  pin_wrong: '密码不对，请再试一次。',
  pin_form: '密码是 4 到 6 位数字。',
  pin_wait: '错得多了，请等 {minutes} 分钟再试。',
}

export type DeviceKey = keyof typeof zh

export const en: Record<DeviceKey, string> = {
  retired_title: 'This phone is retired',
  retired_text: 'All that was logged is with the county. Lists, records and keys were removed from this phone.',
  stolen_title: 'This phone was wiped',
  stolen_text:
    'The county was told that it is lost, and removed lists, records and keys. What was not sent by then is not here any more.',
  wiped_ask:
    'Questions? Ask the township or the staff of {county}. To use this phone again, ask them for a new enrolment code.',
  wiped_ask_plain:
    'Questions? Ask the township or the county’s staff. To use this phone again, ask them for a new enrolment code.',

  no_station_title: 'This phone serves no station any more',
  no_station_text:
    'The village was handed over to somebody else, or taken back by the township; its list no longer comes here.',
  no_station_unsent:
    'What is not sent is not lost: it goes by itself when there is a signal, and the county looks at it and decides.',
  no_station_sent: 'All that was logged is with the county; nothing is lost.',
  no_station_ask:
    'If that is not so, or to log on this phone again, ask the township or the staff of {county} for an enrolment code.',

  add_title: 'Add this village to this phone',
  add_text:
    'This is {person}’s phone, for {village}. Tap the button, and the village of the code is logged on it too; if the code is for a colleague, you share the phone. All that is logged stays.',
  add_button: 'Add it to this phone',
  add_not: 'Leave it',

  people_now: 'In use by {person}',
  people_change: 'Change',
  people_who: 'Who takes over?',
  pin: 'PIN (4 to 6 digits)',
  pin_own: '{person}, set your PIN first',
  pin_first: '{person}, set a PIN for your first use',
  pin_enter: '{person}’s PIN',
  pin_new_hint: 'It is needed to change who uses the phone, and stays on this phone. Set it and remember it yourself.',
  pin_lost: 'Forgotten? Ask the township to withdraw this phone, and enrol it again once all is sent.',
  pin_wrong: 'That is not the PIN. Please try again.',
  pin_form: 'A PIN has 4 to 6 digits.',
  pin_wait: 'Too many wrong ones. Please wait {minutes} min.',
}

export function sayDevice(key: DeviceKey, values: Record<string, string> = {}): string {
  return filled((settings.language === 'zh' ? zh : en)[key], values)
    .map(({ text }) => text)
    .join('')
}
