/**
 * The phone app: settings, state, screen; then, after the first paint, the service worker.
 *
 * Deliberately not here: anything that the first paint can do without.
 */
import { createApp } from 'vue'
import App from './App.vue'
import { call } from './client'
import { startServiceWorker } from './browser/install'
import { loadRegisters } from './registers'
import { startRoutes } from './routes'
import { followSettings } from './settings'
import { idle, painted, startState } from './state'
import { startVisiting } from './list/places'

followSettings()
startRoutes()
startVisiting()
const first = startState()
createApp(App).mount('#app')

const tellVisible = (): unknown => call('visible', { visible: document.visibilityState === 'visible' })
document.addEventListener('visibilitychange', tellVisible)
addEventListener('online', () => void call('exchange', null))
// What the first screen can do without comes when it stands and nobody waits.
void first
  .then(painted)
  .then(idle)
  .then(() => {
    void tellVisible()
    void loadRegisters()
    startServiceWorker().catch(() => undefined)
  })
