/**
 * Names and titles are found by pinyin initials and by characters, without a library.
 *
 * Deliberately not here: initials that the county sends.
 */
import { expect, test } from 'vitest'
import { initialsOf, isFound } from '../../src/page/list/initials'

test.each([
  ['李大山', 'lds'],
  ['赵玉兰', 'zyl'],
  ['欧阳春花', 'oych'],
  ['惠民超市', 'hmcs'],
  ['阿牛饭店2号', 'anfd2h'],
  ['周正河', 'zzh'],
  ['王芳', 'wf'],
  ['石门村', 'smc'],
  ['鄂尔', 'ee'],
  ['匡衡', 'kh'],
  ['双河·诊所', 'shzs'],
])('initials of %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a part of the name or of the initials finds, anything else does not', () => {
  for (const typed of ['', '大山', 'LD', 'lds', ' ds ']) expect(isFound(typed, '李大山')).toBe(true)
  for (const typed of ['王', 'wds', 'ldx']) expect(isFound(typed, '李大山')).toBe(false)
  expect(isFound('xm', '某人', 'xmw')).toBe(true)
  // A character with two readings is found by either.
  for (const typed of ['zch', 'zzh', 'ch']) expect(isFound(typed, '周长河')).toBe(true)
})
