/**
 * The recipient categories (优抚对象类别) by code.
 *
 * Always true: shown only when asked for, since a category tells about health, wounds or poverty. Deliberately not
 * here: which package goes with a category, which is the campaign's.
 */
import { language, say } from './language'

const CATEGORIES: Record<string, [zh: string, en: string]> = {
  '11': ['残疾军人', 'Disabled serviceman'],
  '12': ['伤残人民警察等', 'Disabled police, official, militia or reservist'],
  '21': ['烈士遗属', 'Family of a martyr'],
  '22': ['因公牺牲军人遗属', 'Family of one who died on duty'],
  '23': ['病故军人遗属', 'Family of one who died of illness'],
  '31': ['在乡复员军人', 'Demobilised soldier in the village'],
  '32': ['带病回乡退伍军人', 'Soldier discharged with illness'],
  '33': ['参战退役人员', 'War veteran'],
  '34': ['参试退役人员', 'Nuclear-test veteran'],
  '35': ['铀矿开采军队退役人员', 'Uranium-mining veteran'],
  '36': ['60周岁以上农村籍退役士兵', 'Rural ex-soldier aged 60 and over'],
  '41': ['烈士老年子女', 'Aged child of a martyr'],
  '42': ['红军失散人员等', 'Red Army old comrade'],
  '51': ['军转企业干部', 'Ex-officer in an enterprise'],
  '52': ['师团级干部（离退休）', 'Retired division or regiment cadre'],
  '53': ['现役军人家属', 'Family of a serving soldier'],
  '54': ['功臣模范', 'Hero or model'],
  '55': ['困难退役军人', 'Veteran in hardship'],
  '59': ['其他退役军人', 'Other veteran'],
}

/** The category's name in the language shown. */
export function categoryWords(code: string): string {
  const words = CATEGORIES[code]
  if (!words) return say('words.unknown_category', { code })
  return language.value === 'zh' ? words[0] : words[1]
}
