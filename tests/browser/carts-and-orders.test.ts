import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buyButton, cardOf, heading, openAt, openCart, openCartWith, put } from './buy.ts'
import { type FakeGateway, openFakeGateway } from './fake-gateway.ts'
import { keyboard } from './hands.ts'
import { expectInside } from './layout.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { expectAccessible, languages, openPage } from './pages.ts'

const reason = withoutBrowser()

describe.skipIf(reason !== null)(`carts and orders in the browser (${reason ?? 'with Chromium'})`, () => {
  let gateway: FakeGateway
  let browser: Browser
  beforeAll(async () => {
    gateway = await openFakeGateway()
    browser = await openBrowser()
  }, 600_000)
  beforeEach(() => gateway.reset())
  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
  })

  it('change a cart: more of it, a number typed, taken out, and the total follows', async () => {
    const { page, broken } = await openCartWith(browser, gateway, 'lamp', 'kettle')
    const total = page.getByRole('region', { name: 'Order' }).locator('dd')
    await expect.poll(() => total.innerText()).toBe('$99.40')
    await page.getByRole('button', { name: /^One more: Enamel kettle/ }).click()
    await expect.poll(() => total.innerText()).toBe('$139.30')
    const field = page.getByLabel(/^Quantity: Enamel kettle/)
    await field.fill('10')
    await field.press('Enter')
    await expect.poll(() => total.innerText()).toBe('$458.50')
    await field.fill('many')
    await field.blur()
    expect(await field.inputValue()).toBe('10')
    await page.getByRole('button', { name: /^Remove: Nordhus/ }).click()
    await expect.poll(() => total.innerText()).toBe('$399.00')
    await page.getByRole('button', { name: /^Remove: Enamel/ }).click()
    await heading(page, 'Your cart is empty')
    expect(broken).toEqual([])
  })

  it('let the shopper give stars and send back when it is time', async () => {
    const { page, broken } = await openAt(browser, gateway, '/orders')
    await heading(page, 'No orders yet')
    await page.goto(`${gateway.url}/`)
    await put(page, 'lamp', 'kettle')
    await openCart(page)
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/\w+/)
    await page.getByRole('button', { name: 'Cancel the order' }).waitFor()
    gateway.moveOn(gateway.charged[0]!, 'delivered')
    await page.reload()
    await page.getByText('4 stars', { exact: true }).check({ force: true })
    await page.getByRole('button', { name: 'Send 4 of 5 stars' }).click()
    await page.getByText('You gave 4 of 5 stars.').waitFor()
    await page.getByRole('button', { name: 'Send something back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^One less: Enamel/ }).click()
    await dialog.getByRole('button', { name: 'Send back' }).click()
    await page.getByText('1 sent back').waitFor()
    await page.getByRole('link', { name: 'All orders' }).click()
    await page.getByRole('link', { name: /^Order of/ }).click()
    await page.getByText('You gave 4 of 5 stars.').waitFor()
    await page.goto(`${gateway.url}/orders/none-such`)
    await heading(page, 'There is no such order here')
    expect(broken).toEqual([])
  })

  it('ask before they cancel what is not shipped', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp')
    await buyButton(page).click()
    await page.getByRole('button', { name: 'Cancel the order' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('bought by mistake')
    await dialog.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText('Reason: bought by mistake').waitFor()
    expect(await page.getByRole('button', { name: 'Cancel the order' }).count()).toBe(0)
  })

  it('are used by keyboard alone', async () => {
    const { page } = await openAt(browser, gateway, '/')
    const add = cardOf(page, 'lamp').getByRole('button', { name: /^Add to cart/ })
    await add.focus()
    await add.press('Enter')
    const toCart = page.getByRole('status').getByRole('link', { name: 'Show the cart' })
    await toCart.focus()
    await toCart.press('Enter')
    await page.waitForURL(/\/cart/)
    // The page begins at its content; from there every station shows that it has the focus.
    await keyboard.press(buyButton(page))
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.charged).toHaveLength(1)
  })

  describe.each(languages)('in %s', (language) => {
    it.each([
      ['desktop', 'light'],
      ['phone', 'dark'],
    ] as const)('are read on a %s, in %s colours', async (size, colorScheme) => {
      const { page, broken } = await openPage(browser, { language, size, colorScheme })
      const look = async () => {
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        await expectInside(page, 'header, main')
      }
      for (const path of ['/cart', '/orders', '/products/lamp-few?region=SP', '/?q=lamp&region=SP']) {
        await page.goto(`${gateway.url}${path}`)
        await look()
      }
      await cardOf(page, 'lamp-few').getByRole('button').click()
      const toCart = page.getByRole('status').getByRole('link')
      await toCart.waitFor()
      await look()
      await toCart.click()
      await page.locator('main li fieldset').waitFor()
      await look()
      gateway.setLeft('lamp-few', 0)
      const buy = page.locator('main section').last().getByRole('button')
      await buy.click()
      await page.locator('main [data-tone=warning]').waitFor()
      await look()
      gateway.setLeft('lamp-few', 3)
      await buy.click()
      await page.waitForURL(/\/orders\/\w+/)
      await look()
      gateway.moveOn(gateway.charged[0]!, 'delivered')
      await page.reload()
      await look()
      await page.goto(`${gateway.url}/orders`)
      await look()
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(broken).toEqual([])
    })
  })
})
