// Taps as a worker makes them, counted: what is out of sight is first brought there, and each movement counts as a tap too.
//
// Always true: a tap goes to the place where the thing is seen, by touch where the screen has one; what covers it would get
// the tap instead, and is an error. Typed letters are counted by the page. Deliberately not here: what is tapped.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A thumb moves so much of what it scrolls. */
const SWIPE = 0.7
const SWIPES_MAX = 40

/** Counts letters as they come into fields, from the page's beginning. */
export function countTyped(context) {
  return context.addInitScript(() => {
    globalThis.typedLetters = 0
    addEventListener('beforeinput', (event) => (globalThis.typedLetters += (event.data ?? '').length), true)
  })
}

export class Taps {
  /** `folder`: where each tap leaves its picture; none without. */
  constructor(folder) {
    Object.assign(this, { folder, list: [], started: performance.now() })
  }

  get count() {
    return this.list.length
  }

  /** Another way to make a tap: opening the app. */
  async add(page, kind, what) {
    const entry = { tap: this.list.length + 1, kind, what, at_ms: Math.round(performance.now() - this.started) }
    this.list.push(entry)
    if (!this.folder) return
    mkdirSync(this.folder, { recursive: true })
    entry.screenshot = `${String(entry.tap).padStart(2, '0')}.png`
    await page.screenshot({ path: join(this.folder, entry.screenshot) })
  }

  /** Brings `target` into reach and taps it. The picture shows what was there before the tap. */
  async tap(page, target) {
    const place = await this.reach(page, target)
    const what = (await nameOf(target)).slice(0, 80)
    await this.add(page, 'tap', what)
    // A timed tap is a bare touch: what makes sure of a click costs the page time.
    if (page.isTouch) await page.touchscreen.tap(place.x, place.y)
    else await target.click()
  }

  /** Taps a field and writes over what stands there. */
  async write(page, target, text) {
    await this.tap(page, target)
    await target.fill(text)
  }

  /** Taps a list and takes the choice of that value. */
  async choose(page, target, value) {
    await this.reach(page, target)
    await this.add(page, 'tap', value)
    await target.selectOption(value)
  }

  /** Scrolls until `target` can be tapped; where it is then. */
  async reach(page, target) {
    await target.waitFor()
    await target.evaluate(settled)
    for (let swipes = 0; swipes <= SWIPES_MAX; swipes += 1) {
      const place = await target.evaluate(placeOf)
      if (place.isFree) return place
      await this.add(page, 'scroll', `to ${(await nameOf(target)).slice(0, 60)}`)
      await page.mouse.move(place.over.x, place.over.y)
      await page.mouse.wheel(0, Math.sign(place.away) * Math.min(Math.abs(place.away), place.over.height * SWIPE))
      await target.evaluate(settled)
    }
    throw new Error(`cannot be reached: ${await nameOf(target)}`)
  }
}

async function nameOf(target) {
  return target.evaluate((element) => (element.getAttribute('aria-label') ?? element.innerText ?? '').replace(/\s+/g, ' ').trim())
}

/** In the page: the middle of an element, whether a tap there reaches it, and how far away from the middle of its view it is. */
function placeOf(element) {
  const box = element.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  const hit = document.elementFromPoint(x, y)
  const isFree = hit !== null && (element.contains(hit) || hit.contains(element) || hit.control === element)
  let view = element.parentElement
  const moves = (one) => one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY)
  while (view && !moves(view)) view = view.parentElement
  const frame = view?.getBoundingClientRect() ?? { left: 0, top: 0, width: innerWidth, height: innerHeight }
  const top = Math.max(frame.top, 0)
  const height = Math.min(frame.top + frame.height, innerHeight) - top
  const over = { x: frame.left + frame.width / 2, y: top + height / 2, height }
  return { x, y, isFree: isFree && element.getClientRects().length > 0, away: y - over.y, over }
}

/** In the page: resolves once nothing has moved for two frames. */
async function settled(element) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  let before = NaN
  let still = 0
  while (still < 3) {
    const { top } = element.getBoundingClientRect()
    still = top === before ? still + 1 : 0
    before = top
    await frame()
  }
}
