// The form of a campaign in the workbench, as somebody fills it in.
//
// Always true: what was saved is looked at after a reload, when nothing of the page is left. Deliberately not here: what is
// expected.

/** Chooses on the page, or in a drawer of it. */
export async function choose(page, label, option, within = page) {
  await within.locator('.el-select').filter({ has: page.getByRole('combobox', { name: label }) }).click()
  const found = page.getByRole('option', { name: option }).first()
  await found.click()
  await found.waitFor({ state: 'hidden' })
}

async function writeDay(page, label, day) {
  await page.getByLabel(label, { exact: true }).fill(day)
  await page.keyboard.press('Enter')
}

/** A number or an amount, taken when the field is left. */
export async function writeNumber(page, label, number) {
  await page.getByLabel(label).fill(String(number))
  await page.keyboard.press('Tab')
}

/** Begins a campaign with one package of the county's list. */
export async function beginCampaign(page, { name, documentNo, kind, from, until, gift }) {
  await page.getByRole('button', { name: '新建活动' }).click()
  await page.getByLabel('活动名称').fill(name)
  await page.getByLabel('文号').fill(documentNo)
  await choose(page, '慰问种类', kind)
  await writeDay(page, '从哪天', from)
  await writeDay(page, '到哪天', until)
  await page.getByRole('button', { name: gift }).click()
}

/** Saves, and begins the page anew. */
export async function saveAndReload(page) {
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存。').first().waitFor()
  await page.reload()
  await page.getByLabel('活动名称').waitFor()
}
