/**
 * The first script of the phone app: starts the worker, which reads while the rest of the page is still loading.
 *
 * Always true: the policy stands before any script is started. Deliberately not here: anything that needs more than
 * these few lines.
 */
import '../styles/phone.css'
import '../styles/lists.css'
import { setTrustedTypes } from './trusted_types'
import { startWorker } from '../client'

setTrustedTypes()
startWorker()
void import('../main')
