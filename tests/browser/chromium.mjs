// Starts the system's Chromium for the tests.
//
// Always true: no other host is contacted and nothing is downloaded. `CHROMIUM` names another program. Deliberately not here:
// pages and what is done with them.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Switches of every start. */
export const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program; one sentence if there is none. */
export function program() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place))
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium, or name it in CHROMIUM')
  return executablePath
}

/** The browser, headless; the caller closes it. */
export async function launch(switches = []) {
  return chromium.launch({ executablePath: program(), headless: true, args: [...SWITCHES, ...switches] })
}

/** The browser on a profile that stays on the disk, as a context; the caller closes it. */
export async function launchOn(profile, options) {
  return chromium.launchPersistentContext(profile, { executablePath: program(), headless: true, args: SWITCHES, ...options })
}
