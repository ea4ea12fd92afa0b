import type { Browser, Page } from 'playwright-core'
import type { FakeGateway } from './fake-gateway.ts'
import { openPage } from './pages.ts'

/** The card of a hit. Addresses of products may carry the region. */
export const cardOf = (page: Page, id: string) =>
  page.locator('article').filter({ has: page.locator(`a[href*="/products/${id}?"], a[href$="/products/${id}"]`) })

export const buyButton = (page: Page) =>
  page.getByRole('region', { name: 'Order' }).getByRole('button', { name: /^Buy/ })

export async function openCart(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Cart/ }).click()
  await buyButton(page).waitFor()
}

/** Puts one of each into the cart, from the list that is seen. */
export async function put(page: Page, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await cardOf(page, id)
      .getByRole('button', { name: /^Add to cart/ })
      .click()
    await cardOf(page, id).getByText('In cart: 1').waitFor()
  }
}

/** A page of a new browser at an address of the fake shop. */
export async function openAt(browser: Browser, gateway: FakeGateway, path: string) {
  const opened = await openPage(browser)
  await opened.page.goto(`${gateway.url}${path}`)
  return opened
}

/** A new browser at the cart, with these products in it. */
export async function openCartWith(browser: Browser, gateway: FakeGateway, ...ids: readonly string[]) {
  const opened = await openAt(browser, gateway, '/')
  await put(opened.page, ...ids)
  await openCart(opened.page)
  return opened
}

export const heading = (page: Page, text: string | RegExp) => page.getByRole('heading', { name: text }).waitFor()
