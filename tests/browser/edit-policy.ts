import type { Page } from 'playwright-core'

/** Sets a weight of the policy by its number field. */
export async function setWeight(page: Page, path: string, value: string): Promise<void> {
  const field = page.locator(`input[aria-labelledby="label-weights.${path}"]`).first()
  await field.fill(value)
  await field.press('Enter')
}

/** Gives the reason that a dialog asks for, and confirms. */
export async function confirmWith(page: Page, note: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.locator('textarea').first().fill(note)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'hidden' })
}
