/**
 * What the pages for somebody who takes over say, in both languages; apart from the other words, so that they come with
 * these pages and not before the first paint.
 *
 * Always true: both languages have the same keys, and are just as plain. Deliberately not here: words of the buttons that
 * the pictures show, which are the app's own.
 */
import { settings } from '../../settings'
import { filled } from '../../words'

export const zh = {
  title: '刚接手看这里',
  learn: '学一学：四下记好一户',
  learn_hint: '五张图，不想看可以跳过',
  fetching: '正在取村里的记录……',
  open: '等着办的',
  open_none: '没有等着办的。',
  open_more: '还有 {count} 件，在“记录”里看。',
  homes: '{campaign}：还有 {left} 户没走访',
  until: '{until}为止',
  notice: '{names}：喜报还没送到',
  look: '{title}：要看一下',
  step: '{title}：{step}',
  lately: '最近办过的',
  lately_hint: '人换了，记录还留在站里。',
  lesson_of: '{step} / {count}',
  example: '样子',
  before: '上一张',
  next: '下一张',
  skip: '跳过',
  ready: '学会了',
  name_title: '点名字',
  name_text: '打开“走访”，就是还没走访的人家。走到哪家，点哪家的名字。走完的会打上勾。',
  read_title: '看一句话',
  read_text: '谁、哪天、送什么、谁收下，都已经写好。看一遍；哪里不对，点下面那一项改。',
  confirm_title: '按“送到家了”',
  confirm_text: '对的就按绿色的大按钮，这一户就记好了。家里没人、亲属代收、人在医院，按下面的。不用拍照。',
  signal_title: '没信号也能记',
  signal_text: '上面一条写着还有几条没传。有信号会自己传，不用守着。全传上去了，就变成绿色。',
  wrong_title: '记错了不要紧',
  wrong_text: '刚记错：按“撤销”。过后才发现：在“记录”里点开，按“更正”或“作废”。拿不准，就问{township}。',
  township: '乡镇',
}

export type NewcomerKey = keyof typeof zh

export const en: Record<NewcomerKey, string> = {
  title: 'New here? Look here',
  learn: 'Learn it: one home in four taps',
  learn_hint: 'Five pictures; you may skip them',
  fetching: 'Fetching the records…',
  open: 'Still open',
  open_none: 'Nothing is open.',
  open_more: '{count} more, under “Records”.',
  homes: '{campaign}: {left} homes to visit',
  until: 'until {until}',
  notice: '{names}: merit notice not yet delivered',
  look: '{title}: needs a look',
  step: '{title}: {step}',
  lately: 'Done lately',
  lately_hint: 'People change; the records stay with the station.',
  lesson_of: '{step} / {count}',
  example: 'example',
  before: 'Back',
  next: 'Next',
  skip: 'Skip',
  ready: 'I know it now',
  name_title: 'Tap the name',
  name_text: 'The app opens on the homes not yet visited. At a home, tap its name. Homes that are done get a tick.',
  read_title: 'Read one sentence',
  read_text: 'Who, when, what, received by whom: it is all there. Read it; what is wrong, tap below to change.',
  confirm_title: 'Tap the green button',
  confirm_text:
    'If it is right, tap “Delivered to the home”, and the home is logged. Nobody home, a relative took it, in hospital: the buttons below. No photo.',
  signal_title: 'No signal? Log it all the same',
  signal_text:
    'The line at the top says how many are not sent yet. They are sent by themselves once there is signal; then it turns green.',
  wrong_title: 'A mistake does no harm',
  wrong_text:
    'Just now: tap “Undo”. Later: open it under “Records” and tap “Correct” or “Void”. If in doubt, ask {township}.',
  township: 'the township',
}

export function tell(key: NewcomerKey, values: Record<string, string | number> = {}): string {
  const parts = filled((settings.language === 'zh' ? zh : en)[key], values)
  return parts.map((part) => part.text).join('')
}
