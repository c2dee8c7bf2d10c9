/**
 * What free text must not hold: designations of units of the forces, and identity numbers. The phone looks before
 * anything is sent.
 *
 * Always true: it only finds and names; nothing is changed or refused. The published label of one category, 原8023部队,
 * may stay. Deliberately not here: the sentences that warn.
 */
export type Found = { kind: 'unit' | 'identity' | 'card'; seen: string }

const PUBLISHED_LABEL = /原\s*8\s*0\s*2\s*3\s*部队/g
const CHINESE = '〇零○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟幺'
/** A number as people write it, with spaces or dashes between its digits. */
const NUMBER = `(?:[0-9${CHINESE}](?:[\\s·.-]{0,2}[0-9${CHINESE}])*)`
/** Words for units, each without those with which daily words go on: 旅游, 团圆, 营养, 连休. */
const UNITS = [
  '部队',
  '集团军',
  '旅(?![游行店客馆程途费居伴])',
  '团(?![圆结员购年聚体拜糟和火饭餐建子伙委])(?!大战)',
  '营(?![业养运造销地收利镇乡村庄街])',
  '连(?![续接连忙同带夜日天年任线锁衣休冠胜串环载翻号着])',
  '舰(?![长]?模)',
  '基地(?!组织)',
  '信箱',
].join('|')
const DESIGNATION = new RegExp(`第?\\s*${NUMBER}\\s*号?\\s*(?:${UNITS})`, 'g')
/** The same the other way round: 部队代号 61234, 信箱 205 号. */
const REVERSED = /(?:部队(?:番号|代号)?|信箱)\s*[:：]?\s*第?\s*[0-9](?:\s?[0-9]){2,}/g
/** 一连三天 and 一连几天 count days. */
const IN_A_ROW = /^一连$/

/** All that should not stand in this text. */
export function findForbidden(text: string): Found[] {
  const plain = text.normalize('NFKC').replace(PUBLISHED_LABEL, '')
  return [...designations(plain), ...longNumbers(plain)]
}

function designations(text: string): Found[] {
  const found: Found[] = []
  for (const pattern of [DESIGNATION, REVERSED]) {
    for (const match of text.matchAll(pattern)) {
      const next = text.slice(match.index + match[0].length).trimStart()[0] ?? ''
      if (IN_A_ROW.test(match[0].trim()) && isCounting(next)) continue
      found.push({ kind: 'unit', seen: match[0].trim() })
    }
  }
  return found
}

function isCounting(letter: string): boolean {
  return /[0-9几数好多]/.test(letter) || (letter !== '' && CHINESE.includes(letter))
}

/** Digits written together or with spaces and dashes between them: as tokens with their place. */
const TOKENS = /[0-9]+[xX]?(?:[\s·.-][0-9]+[xX]?)*/g
const WHOLE = /^(?:[0-9]{15}|[0-9]{17}[0-9xX])$/
const CARD = /^[0-9]{16,19}$/

function longNumbers(text: string): Found[] {
  const found: Found[] = []
  for (const match of text.matchAll(TOKENS)) {
    const before = text[match.index - 1] ?? ''
    // A credit code has letters before its digits.
    if (/[A-Za-z]/.test(before)) continue
    found.push(...inRun(match[0].split(/[\s·.-]/)))
  }
  return found
}

function inRun(tokens: string[]): Found[] {
  for (let first = 0; first < tokens.length; first += 1) {
    for (let last = first + 1; last <= tokens.length; last += 1) {
      const joined = tokens.slice(first, last).join('')
      const isOne = last === first + 1
      if (WHOLE.test(joined) && (isOne || hasBirthday(joined))) return [{ kind: 'identity', seen: masked(joined) }]
      if (isOne && CARD.test(joined)) return [{ kind: 'card', seen: masked(joined) }]
    }
  }
  return []
}

/** Whether a day stands where an identity number has its birthday. */
function hasBirthday(digits: string): boolean {
  const day = digits.length === 18 ? digits.slice(6, 14) : `19${digits.slice(6, 12)}`
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(day)
}

/** Enough to find it, not enough to know it. */
function masked(digits: string): string {
  return `${digits.slice(0, 3)}…${digits.slice(-2)}`
}
