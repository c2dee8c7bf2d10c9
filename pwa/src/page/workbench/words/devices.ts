/**
 * What a device is called.
 *
 * Always true: the workbench itself is said in words, a phone by the short name the server gives it. Deliberately not
 * here: who uses it.
 */
import { say } from './language'

const WORKBENCH = 'county'

/** 手机 7F3A, or 县级工作台. */
export function deviceWords(device: string): string {
  return device === WORKBENCH ? say('words.county_device') : device
}
