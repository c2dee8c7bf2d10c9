/**
 * Finding by characters or by pinyin initials, so that nobody has to type Chinese to find a name.
 *
 * Always true: initials come from the browser's own Chinese order of characters; where it has none, characters still
 * find. Deliberately not here: initials of people on the list, which the county sends with the list.
 */

/** The first character of each initial in the order of pinyin; there is no i, u and v. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'

const order = new Intl.Collator('zh-CN-u-co-pinyin')

function initialOf(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase()
  if (!/\p{Script=Han}/u.test(character)) return ''
  const firsts = [...FIRSTS]
  const next = firsts.findIndex((first) => order.compare(first, character) > 0)
  return LETTERS[(next < 0 ? firsts.length : next) - 1] ?? ''
}

/** Characters of names and shop signs that are read in a second way, with the initial of that reading. */
const SECOND: Record<string, string> = Object.fromEntries(
  [...'长c重c乐y行h单d曾c解x仇c区q沈c盛s翟d朝c宿x会k车j厦x查c传z便p调d'.matchAll(/(.)([a-z])/gu)].map(
    ([, character = '', letter = '']) => [character, letter],
  ),
)

/** Initials of a text: 李大山 is `lds`. */
export function initialsOf(text: string): string {
  return [...text].map(initialOf).join('')
}

/** Whether what was typed finds this text, by part of it or by part of its initials. */
export function isFound(wanted: string, text: string, initials: string = initialsOf(text)): boolean {
  const typed = wanted.trim().toLowerCase()
  if (text.toLowerCase().includes(typed) || initials.includes(typed)) return true
  const readings = [...text].map((character) => initialOf(character) + (SECOND[character] ?? ''))
  const spoken = readings.filter((letters) => letters !== '')
  return spoken.some((_, start) => [...typed].every((letter, index) => spoken[start + index]?.includes(letter)))
}
