import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buyButton, heading, openCartWith } from './buy.ts'
import { type FakeGateway, openFakeGateway } from './fake-gateway.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'

const reason = withoutBrowser()

describe.skipIf(reason !== null)(`a checkout in the browser (${reason ?? 'with Chromium'})`, () => {
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

  it('places an order and thanks for it', async () => {
    const { page, broken } = await openCartWith(browser, gateway, 'lamp')
    await page.getByText('no card is asked for, no money moves').waitFor()
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/\w+/)
    await page.getByText('Thank you, your order is placed').waitFor()
    expect(gateway.charged).toEqual(gateway.checkouts)
    await page.getByRole('link', { name: 'Cart', exact: true }).click()
    await heading(page, 'Your cart is empty')
    expect(broken).toEqual([])
  })

  it('says that the last piece has gone, sets the cart to what there is, and buys the rest', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp-last', 'kettle')
    gateway.setLeft('lamp-last', 0)
    await buyButton(page).click()
    await heading(page, 'The last piece has just gone')
    await page.getByText('Brass desk lamp, the last of its kind: none left, you wanted 1').waitFor()
    expect(gateway.charged).toEqual([])
    await page.getByRole('button', { name: 'Set the cart to what there is' }).click()
    await expect.poll(() => buyButton(page).innerText()).toBe('Buy for $39.90')
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.charged).toHaveLength(1)
    // What was bought as another cart is another checkout.
    expect(new Set(gateway.checkouts).size).toBe(2)
  })

  it('shows the old and the new total where a price has changed, and buys when that is confirmed', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp')
    gateway.setPrice('lamp', 6_500)
    await buyButton(page).click()
    await page.getByText('It was $59.50, and is $65.00 now. Nothing was charged.').waitFor()
    await page.getByRole('button', { name: 'Buy for $65.00 all the same' }).click()
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.charged).toHaveLength(1)
  })

  it('says that a card was declined, and buys with another', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp')
    await page.getByLabel('Test card that is declined').check()
    await buyButton(page).click()
    await heading(page, 'The payment was declined')
    await page.getByLabel('Test card that works').check()
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.charged).toHaveLength(1)
  })

  it('asks again by itself, with the same id, while the payment is pending or the answer is lost: it is paid once', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp')
    gateway.script('pending', 'lost')
    await buyButton(page).click()
    await page.getByText('The payment is not answered yet.').waitFor()
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.checkouts).toHaveLength(3)
    expect(new Set(gateway.checkouts).size).toBe(1)
    expect(gateway.charged).toHaveLength(1)
  })

  it('goes on with the same id after the page was loaded again in the middle', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp')
    gateway.script(...Array<'pending'>(50).fill('pending'))
    await buyButton(page).click()
    await page.getByText('The payment is not answered yet.').waitFor()
    await page.reload()
    await heading(page, 'Your last order was not answered')
    expect(await buyButton(page).isDisabled()).toBe(true)
    const asked = gateway.checkouts.length
    gateway.forgetScript()
    await page.getByRole('button', { name: 'Finish the order' }).click()
    await page.waitForURL(/\/orders\/\w+/)
    expect(gateway.checkouts.length).toBeGreaterThan(asked)
    expect(new Set(gateway.checkouts).size).toBe(1)
    expect(gateway.charged).toHaveLength(1)
  })
})
