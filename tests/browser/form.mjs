// The form of any register on a phone: each field answered by the component that its kind has.
//
// Always true: what the file says is asked is found on the screen by its label, or it is an error; nothing is typed where a
// list serves. Deliberately not here: what a record should say.

import { label, questions, startOf } from './registers.mjs'

/** What is written into fields of words. */
const WORDS = { phone: '10012345678', code: '92990101MA0TE00182', text: '石门村口', long_text: '字再大一点就好了' }

export class Form {
  constructor(phone, register) {
    Object.assign(this, { phone, register })
  }

  get page() {
    return this.phone.page
  }

  get main() {
    return this.page.locator('main')
  }

  /** Opens a new record's form, from the register's own button. */
  async begin(start = startOf(this.register)?.[1]) {
    const { phone, register } = this
    if (register['x-register'] === 'feedback') {
      await phone.tab('我的')
      await phone.tap(this.main.getByRole('button', { name: label(register) }))
      await phone.tap(this.main.getByRole('button', { name: '写意见' }))
    } else {
      await phone.tab('登记')
      await phone.tap(this.main.locator('button').filter({ has: this.page.locator('b', { hasText: exactly(label(register)) }) }))
      if (start) await phone.tap(this.page.locator('dialog[open]').getByRole('button', { name: start, exact: true }))
    }
    await this.confirmButton().waitFor()
  }

  /** The large button that saves. */
  confirmButton() {
    return this.main.locator('button.big').last()
  }

  /** Answers all that is asked and empty; `given` has answers by field, others are the first that serves. */
  async fill(given = {}) {
    const start = this.register['x-start']?.field
    for (const [name, field] of questions(this.register)) {
      const isEmpty = name !== start && !('x-default' in field) && !(await this.isAnswered(name, field))
      // Whether a condition holds is the form's to know; what has none must be there.
      const isAsked = !('x-when' in field) || (await this.question(name).isVisible())
      if (name in given || (isEmpty && isAsked)) await this.answer(name, field, given[name])
    }
  }

  /** Where the form asks a field. */
  question(name) {
    return this.page.locator(`#question-${name}`)
  }

  /** Whether a form that was taken up again has the answer, and offers to change it. */
  async isAnswered(name, field) {
    const chip = this.page.locator('.chips .chip').filter({ hasText: label(field) })
    return (await chip.isVisible()) && !(await this.question(name).isVisible())
  }

  /** Answers one field, in `scope`: where the form asks it, a sheet, or an item of a list. */
  async answer(name, field, given, scope = this.question(name)) {
    const widget = field['x-widget'] ?? (field.enum || field['x-list'] ? 'choice' : 'text')
    const answerer = ANSWERS[widget]
    if (!answerer) throw new Error(`${name}: nobody knows how to answer a ${widget}`)
    await answerer(this, field, given, scope)
  }

  /** Opens the sheet of each kind of field that `seen` does not know yet, has it looked at, and shuts it again. */
  async openEach(seen) {
    for (const [name, field] of Object.entries(this.register.properties)) {
      const widget = field['x-widget']
      if (seen.has(widget) || !field['x-label']) continue
      const opener = this.page.locator('.chips .chip, .extras .link').filter({ hasText: label(field) }).first()
      if (!(await opener.isVisible())) continue
      seen.add(widget)
      await this.phone.tap(opener)
      const sheet = this.page.locator('dialog[open]')
      await sheet.waitFor()
      await this.phone.look(`${this.register['x-register']} ${name} ${widget}`)
      await this.phone.tap(sheet.getByRole('button', { name: '关上' }))
      await sheet.waitFor({ state: 'detached' })
    }
  }

  async confirm() {
    await this.phone.tap(this.confirmButton())
    await this.page.locator('.outcome').waitFor()
    await this.phone.formIsLeft()
  }
}

function exactly(text) {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)
}

const group = (scope, field) => scope.getByRole('group', { name: label(field), exact: true })

async function choice({ phone }, field, given, scope) {
  const buttons = group(scope, field).getByRole('button')
  await phone.tap(given ? buttons.filter({ hasText: given }).first() : buttons.first())
}

async function words({ phone }, field, given, scope) {
  await phone.write(scope.getByLabel(label(field), { exact: true }), given ?? WORDS[field['x-widget']])
}

async function steps({ phone }, field, given, scope) {
  const box = group(scope, field).or(scope.getByRole('group', { name: label(field) })).first()
  if (given === undefined) await phone.tap(box.getByRole('button').last())
  else await phone.write(box.getByRole('textbox'), String(given))
}

async function person({ phone }, field, given, scope) {
  const rows = scope.locator('ul.rows.inside button.row')
  await phone.tap(given ? rows.filter({ hasText: given }).first() : rows.first())
}

/** People of the batch's list; where there is none, a family's contact is written. */
async function participants({ phone, page }, field, given = 1, scope) {
  const rows = scope.locator('ul.rows button.row')
  await scope.getByRole('button', { name: '名单上没有' }).waitFor()
  if ((await rows.count()) === 0) {
    await phone.tap(scope.getByRole('button', { name: '名单上没有' }))
    await phone.write(page.getByLabel('家属联系人'), '家属王芳')
    return phone.tap(page.getByRole('button', { name: '加上这位' }))
  }
  for (let number = 0; number < given; number += 1) await phone.tap(rows.nth(number))
}

async function items(form, field, given, scope) {
  const card = scope.locator('fieldset').filter({ hasText: '第 1 项' }).first()
  for (const [name, member] of questions(field.items)) {
    if ((field.items.required ?? []).includes(name) && !('x-default' in member)) await form.answer(name, member, given?.[name], card)
  }
}

const ANSWERS = {
  choice,
  choices: choice,
  switch: choice,
  text: words,
  long_text: words,
  phone: words,
  code: words,
  number: steps,
  money: steps,
  person,
  participants,
  items,
}
