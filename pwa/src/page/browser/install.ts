/**
 * What the browser offers an installed app: work without a network, lasting storage, a new version.
 *
 * Always true: a new version waits until it is tapped; no permission is asked for but lasting storage. Deliberately not
 * here: keeping files, which the service worker does.
 */
import { shallowRef } from 'vue'

export const isUpdateReady = shallowRef(false)
/** null while unknown. */
export const isStorageSafe = shallowRef<boolean | null>(null)

const agent = navigator.userAgent
export const isWeChat = /MicroMessenger/i.test(agent)
const isApple = /iPhone|iPad|iPod/.test(agent)
const isStandalone =
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
/** iOS keeps an installed app's storage apart from the browser's. */
export const isAppleBrowser = isApple && !isStandalone

let waiting: ServiceWorker | null = null
let isTaking = false

export async function startServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isTaking) location.reload()
  })
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  const look = (): void => {
    waiting = registration.waiting
    isUpdateReady.value = waiting !== null && navigator.serviceWorker.controller !== null
  }
  look()
  // WebAssembly is large: it is kept once the app stands, and before the first valley without signal.
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage('keep-rest'))
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look)
  })
}

/** The page is loaded anew only after this tap, never by itself; an open form is kept as a draft. */
export function takeUpdate(): void {
  isTaking = true
  waiting?.postMessage('take-over')
}

export async function readStorage(): Promise<void> {
  isStorageSafe.value = (await navigator.storage?.persisted?.()) ?? false
}

/** Asks the browser to keep what is stored. Some answer by themselves, some ask the person. */
export async function askStorage(): Promise<void> {
  try {
    isStorageSafe.value = (await navigator.storage?.persist?.()) ?? false
  } catch {
    isStorageSafe.value = false
  }
}
