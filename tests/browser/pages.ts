import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Shop } from './open-shop.ts'

export const languages = ['en', 'ko'] as const
export type Language = (typeof languages)[number]

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

type PageOptions = Readonly<{
  language?: Language
  size?: keyof typeof sizes
  colorScheme?: 'light' | 'dark'
  /** On a screen for fingers. */
  hasTouch?: boolean
}>

const isElsewhere = ({ hostname }: URL): boolean => hostname !== '127.0.0.1'

/** A page of a browser of its own, in a language; what breaks in it is kept, to be looked at in the end. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<{ page: Page; broken: string[] }> {
  const { language = 'en', size = 'desktop', colorScheme = 'light', hasTouch = false } = options
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: language,
    colorScheme,
    hasTouch,
    isMobile: hasTouch,
  })
  context.setDefaultTimeout(60_000)
  // Tests ask nobody outside: not for the pictures of a real catalogue either.
  await context.route(isElsewhere, (route) => route.abort())
  const page = await context.newPage()
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(String(error)))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(message.text())
  })
  return { page, broken }
}

/** Signs in to the admin, at one of its pages. */
export async function signIn(page: Page, shop: Shop, role: string, at: string): Promise<void> {
  const { name, password } = shop.credentials(role)
  await page.goto(`${shop.url}/admin/${at}`)
  await typePassword(page, name, password)
  // The form has a heading too: the page is there when it stands inside the admin's frame.
  await page.locator('main#page h1').first().waitFor()
}

/** Fills in the form that asks for name and password, wherever it stands. */
export async function typePassword(page: Page, name: string, password: string): Promise<void> {
  const field = page.locator('input[name=name]')
  // Who signs in again cannot be somebody else.
  if (await field.isEditable()) await field.fill(name)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
}

/** What axe finds that is serious or worse: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([])
}
