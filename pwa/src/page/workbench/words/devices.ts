/**
 * What a device is called.
 *
 * Always true: the workbench itself is said in words, a phone by the short name the server gives it. Deliberately not
 * here: who uses it.
 */
import { say } from './language'

const WORKBENCH = 'county'
const SHORT_NAME = /^[0-9A-Fa-f]{4,8}$/

/** 手机 7F3A, or 县级工作台; nothing where no device is named. */
export function deviceWords(device: string): string {
  if (device === WORKBENCH) return say('words.county_device')
  return SHORT_NAME.test(device) ? say('words.phone', { device }) : device
}
