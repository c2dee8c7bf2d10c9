/**
 * All work that needs Automerge, behind one door: this module and what it imports are loaded only when work demands it.
 *
 * Always true: nothing outside this folder imports anything but this file, and that only by `loader.ts`.
 */
export { applyFeed } from './apply'
export { convertIntents } from './convert'
export { start } from './document'
export { readHistory } from './history'
export { judgeAgain } from './judge'
export { sealChanges } from './seal_changes'
