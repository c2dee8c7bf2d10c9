/**
 * Starts the phone app: policy, settings, worker, screen; then, after the first paint, the service worker.
 *
 * Deliberately not here: anything that the first paint can do without.
 */
import { createApp } from 'vue'
import App from './App.vue'
import { call, startWorker } from './client'
import { startServiceWorker } from './browser/install'
import { loadRegisters } from './registers'
import { startRoutes } from './routes'
import { followSettings } from './settings'
import { startState } from './state'
import { setTrustedTypes } from './browser/trusted_types'
import { startVisiting } from './list/places'
import './styles/phone.css'
import './styles/lists.css'

setTrustedTypes()
followSettings()
startWorker()
startRoutes()
startVisiting()
startState()
createApp(App).mount('#app')

const tellVisible = (): unknown => call('visible', { visible: document.visibilityState === 'visible' })
document.addEventListener('visibilitychange', tellVisible)
addEventListener('online', () => void call('exchange', null))
addEventListener('load', () => {
  void tellVisible()
  void loadRegisters()
  startServiceWorker().catch(() => undefined)
})
