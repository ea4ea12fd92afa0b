import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buyButton, cardOf, openAt, openCartWith } from './buy.ts'
import { type FakeGateway, openFakeGateway } from './fake-gateway.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'

const reason = withoutBrowser()

describe.skipIf(reason !== null)(`stock and delivery in the shop (${reason ?? 'with Chromium'})`, () => {
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

  it('are said on hits: how many are left and when they arrive; only what can be had is offered', async () => {
    const { page } = await openAt(browser, gateway, '/?region=SP')
    await cardOf(page, 'lamp-few').getByText('Only 3 left').waitFor()
    await cardOf(page, 'lamp-few').getByText('Arrives in about 12 days').waitFor()
    await cardOf(page, 'lamp-gone').getByText('Out of stock').waitFor()
    await cardOf(page, 'lamp-far').getByText('Not delivered to SP').waitFor()
    for (const id of ['lamp-gone', 'lamp-far', 'unpriced'])
      expect(await cardOf(page, id).getByRole('button').count()).toBe(0)
  })

  it('follow the region, which stands in the address, goes along to other pages, is remembered and forgotten', async () => {
    const { page } = await openAt(browser, gateway, '/?q=lamp')
    const choice = page.getByLabel('Deliver to')
    await choice.selectOption('SP')
    await page.waitForURL(/[?&]q=lamp.*region=SP/)
    await cardOf(page, 'lamp-far').getByText('Not delivered to SP').waitFor()
    await cardOf(page, 'lamp').getByRole('link').click()
    await page.waitForURL(/products\/lamp\?region=SP/)
    await page.getByText('Arrives in SP in about 2 days').waitFor()
    await page.goto(`${gateway.url}/`)
    await page.waitForURL(/region=SP/)
    await expect
      .poll(() => choice.locator('option').allInnerTexts())
      .toEqual(['Any region', 'AM', 'BA', 'MG', 'RJ', 'SP'])
    await choice.selectOption('')
    await page.waitForURL((url) => !url.searchParams.has('region'))
    await page.reload()
    await cardOf(page, 'lamp-far').getByRole('button').waitFor()
    expect(page.url()).not.toContain('region')
  })

  it('ask for no region where the shop has none', async () => {
    gateway.setMissing('regions')
    const { page } = await openAt(browser, gateway, '/')
    await cardOf(page, 'lamp').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByLabel('Deliver to').count()).toBe(0)
  })

  it('are a promise on the product’s page; what is not known or could not be looked up is said plainly', async () => {
    const { page } = await openAt(browser, gateway, '/products/lamp-few?region=SP')
    await page.getByText('Arrives in SP in about 12 days').waitFor()
    await page.getByText(/^By .+ at the latest \(9 of 10\)$/).waitFor()
    await page.getByText('Often late (31%)').waitFor()
    await page.goto(`${gateway.url}/products/lamp-unknown`)
    await page.getByText('When it arrives is not known yet.').waitFor()
    await page.getByText('Whether it is in stock is not known.').waitFor()
    gateway.setMissing('stock', 'promise')
    await page.goto(`${gateway.url}/products/lamp`)
    await page.getByText('Stock could not be looked up this time.').waitFor()
    await page.getByText('The arrival could not be looked up this time.').waitFor()
    gateway.setMissing('delivery')
    await page.reload()
    await page.getByText('The arrival could not be looked up this time.').waitFor()
    await page.getByRole('button', { name: 'Add to cart' }).waitFor()
  })

  it('keep a cart from being bought that is not delivered there, and say what can be done', async () => {
    const { page } = await openCartWith(browser, gateway, 'lamp-far', 'kettle')
    await page.getByText('All of it arrives in about 5 days').waitFor()
    await page.getByLabel('Deliver to').selectOption('SP')
    await page.getByText('Take out what is not delivered to SP, or choose another region.').waitFor()
    expect(await buyButton(page).isDisabled()).toBe(true)
    await page.getByRole('button', { name: /^Remove: Marble/ }).click()
    await page.getByText('All of it arrives in SP in about 5 days').waitFor()
    await buyButton(page).click()
    await page.getByText('Delivery region: SP').waitFor()
  })
})
