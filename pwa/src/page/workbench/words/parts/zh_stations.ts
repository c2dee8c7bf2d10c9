/**
 * The Chinese words of who takes a station, and of phones that serve none. Part of the dictionary in `zh.ts`.
 *
 * Always true: plain daily words. Not here: stations themselves (`zh_people.ts`).
 */
export const zhStations = {
  'choice.new': '新来的人',
  'choice.elsewhere': '已在别的站的人，再管这里',
  'choice.search': '选人，可输入姓名查找',
  'choice.none': '没有这个人',
  'choice.person': '{name}（{where}）',
  'station.ended': '{date} 撤销',
  'station.ended_into': '{date} 撤销，并入{unit}',
  'apart.title': '不在站点上的手机：{n} 部',
  'apart.hint': '用的人已经离任，或者手机已停用。手机里没传的登记，下次联网还会交到县里。',
  'apart.state': '情况',
  'apart.left': '用的人已离任',
  'apart.retired': '已停用，下次联网交完就清空',
  'apart.stolen': '丢了或被偷，下次联网就清空',
  'apart.found_stolen': '改为丢了或被偷',
} as const
