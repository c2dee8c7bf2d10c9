// Looks at a screen as it stands: axe-core, and whether everything is there to be seen.
//
// Always true: a finding names the screen and the element; only what axe-core calls serious or critical is one. Deliberately
// not here: what a screen should say.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const GRAVE = ['serious', 'critical']

/** Findings of a screen, as sentences. */
export async function lookAt(page, name) {
  await stands(page)
  const cut = await page.evaluate(findCut)
  return [...cut, ...(await grave(page))].map((finding) => `${name}: ${finding}`)
}

/** Resolves once nothing moves any more: what is half faded in has no colour that counts. */
export async function stands(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))))
}

/**
 * What axe-core finds serious or critical, one sentence an element. A finding counts that is still there when looked at again:
 * an answer that comes in between enables a button, and its colour is half way for a tenth of a second.
 */
export async function grave(page) {
  const first = await graveNow(page)
  if (first.length === 0) return first
  await stands(page)
  const again = await graveNow(page)
  return first.filter((finding) => again.includes(finding))
}

async function graveNow(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    // What lies under an open dialog cannot be reached; it is looked at when the dialog is closed.
    const { violations } = await globalThis.axe.run(document.querySelector('dialog[open]') ?? document, { iframes: false, preload: false })
    return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => ({ id, impact, where: html.slice(0, 160) })))
  })
  return found.filter(({ impact }) => GRAVE.includes(impact)).map(({ id, where }) => `${id}: ${where}`)
}

/** In the page: what is wider than the screen, and texts and controls of which a part cannot be seen. */
function findCut() {
  const findings = []
  const width = document.documentElement.clientWidth
  const say = (what, element) => findings.push(`${what}: ${(element.innerText ?? element.tagName).trim().slice(0, 60)}`)
  const scroller = document.scrollingElement
  if (scroller.scrollWidth > width) say(`${scroller.scrollWidth} wide on ${width}`, document.body)
  const inside = document.querySelector('dialog[open]') ?? document.body
  for (const element of inside.querySelectorAll('*')) {
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    const isShown = box.width > 1 && box.height > 1 && style.visibility === 'visible' && !element.closest('svg')
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!isShown || !(hasText || element.matches('input, select, textarea, button'))) continue
    if (box.left < -1 || box.right > width + 1) say('beyond the edge', element)
    const around = element.parentElement.closest('.card, fieldset, dialog .inner')?.getBoundingClientRect()
    if (around && (box.left < around.left - 1 || box.right > around.right + 1)) say('beyond its card', element)
    const hides = /hidden|clip/.test(style.overflowX + style.overflowY)
    const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
    if (hides && isCut && !element.matches('input, textarea')) say('cut', element)
  }
  return findings
}
