/**
 * Which records the list shows: the register, the place and what was typed to find one.
 *
 * Always true: it stays while a record lies on top of the list. Deliberately not here: the list.
 */
import { reactive } from 'vue'

export const shown = reactive({ register: '', unit: '', search: '' })
