import { aProduct } from '@eip/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { openPage, signIn, typePassword } from './pages.ts'
import { parkEvents } from './park-events.ts'

const reason = withoutBrowser()
const patient = { timeout: 60_000 }

describe.skipIf(reason !== null)(`the operations of a shop in the browser (${reason ?? 'with Chromium'})`, () => {
  let shop: Shop
  let browser: Browser
  beforeAll(async () => {
    shop = await openDemoShop({ products: 400 })
    browser = await openBrowser()
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  const productStatus = async (id: string) => (await fetch(`${shop.url}/api/v1/products/${id}`)).status
  const found = async (id: string) => {
    const response = await fetch(`${shop.url}/api/v1/search?filter=${encodeURIComponent(`id:${id}`)}&size=1`)
    return ((await response.json()) as { total: number }).total
  }
  /** Answers the question that stands above everything, be it a drawer. */
  const answer = (page: Page, action: string) =>
    page.locator('[role=dialog]:not(:has([role=tab]))').getByRole('button', { name: action }).click()

  it('a merchandiser finds a product, changes its price, and shoppers see it; deletes it, after a question', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'catalogue')
    await page.getByRole('textbox', { name: 'Search products' }).fill('lamp')
    await page.waitForURL(/q=lamp/)
    const row = page.locator('tbody tr').filter({ hasText: /lamp/i }).first()
    await row.getByRole('button').click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('tab', { name: 'Edit as JSON' }).click()
    const id = new URL(page.url()).searchParams.get('product') ?? ''
    const editor = drawer.getByRole('textbox', { name: 'JSON' })
    const stored = JSON.parse(await editor.inputValue()) as { price: object }
    await editor.fill(JSON.stringify({ ...stored, price: { amount: -5, currency: 'USD' } }))
    await drawer.getByRole('button', { name: 'Save' }).click()
    await drawer.getByText(/Not saved. price/).waitFor()
    await editor.fill(JSON.stringify({ ...stored, price: { amount: 123_456, currency: 'USD' } }))
    await drawer.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The product is saved').waitFor()
    const shopper = await openPage(browser)
    await shopper.page.goto(`${shop.url}/products/${id}`)
    await shopper.page.getByText('$1,234.56').waitFor()
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    await answer(page, 'Cancel')
    expect(await productStatus(id)).toBe(200)
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    await answer(page, 'Delete it')
    await page.getByText('1 product is deleted').waitFor()
    expect(await productStatus(id)).toBe(404)
    await expect.poll(() => found(id), patient).toBe(0)
    await shopper.page.reload()
    await shopper.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await shopper.page.getByText('$1,234.56').count()).toBe(0)
    expect([...broken, ...shopper.broken]).toEqual([])
  })

  it('an operator watches the figures move while shoppers search', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'operator', 'overview')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    const table = page.getByRole('region', { name: 'The same figures as a table' })
    await table.locator('tbody tr').first().waitFor()
    const seen = async () => {
      const searches = await table.locator('tbody tr td:nth-child(2)').allInnerTexts()
      return searches.reduce((sum, each) => sum + Number(each), 0)
    }
    const before = await seen()
    for (const word of ['lamp', 'shoes', 'chair', 'coffee']) await fetch(`${shop.url}/api/v1/search?q=${word}`)
    await expect.poll(seen, patient).toBeGreaterThan(before)
    await page.getByRole('img', { name: 'Searches per second' }).locator('canvas').waitFor()
    expect(broken).toEqual([])
  })

  it('an operator reads what was parked, mends the cause, and gives it to its reader again', async () => {
    await shop.stop()
    const late = aProduct({ id: 'late', title: 'A lamp that came late' })
    await parkEvents(shop.dataDirectory, [late, { id: 'poisoned', title: 7 }])
    await shop.restart()
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'operator', 'overview')
    await page.getByRole('link', { name: 'see the messages' }).click()
    await page.getByRole('heading', { name: 'indexer: 2 parked' }).waitFor()
    // Others read products too, and have set the poisoned one aside for themselves.
    const parked = page.locator('section').filter({ has: page.getByRole('heading', { name: /^indexer: / }) })
    const rows = parked.locator('tbody tr')
    expect(await rows.filter({ hasText: 'title' }).count()).toBe(1)
    await rows.filter({ hasNotText: 'title' }).getByRole('button', { name: /^Look/ }).click()
    await page.getByRole('dialog').getByText('A lamp that came late').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Try all 2 again' }).click()
    await answer(page, 'Try again')
    await page.getByText('2 messages are on their way').waitFor()
    await page.getByRole('heading', { name: 'indexer: 1 parked' }).waitFor()
    expect(await rows.filter({ hasText: 'title' }).count()).toBe(1)
    await expect.poll(() => found('late'), patient).toBe(1)
    expect(broken).toEqual([])
  })

  it('an operator trains a second encoder beside the first, and goes back to that', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'operator', 'encoders')
    const encoders = page.locator('tbody tr')
    for (const count of [1, 2]) {
      // The same products would make the same encoder.
      await shop.add([aProduct({ id: `new-${count}`, title: `A lamp for desk number ${count}` })])
      await page.getByRole('button', { name: 'Train on the catalogue' }).click()
      await answer(page, 'Train on the catalogue')
      await encoders.nth(count - 1).waitFor()
      await expect.poll(() => encoders.filter({ hasText: 'serves' }).count(), patient).toBe(1)
      await expect.poll(() => encoders.filter({ hasText: 'stands by' }).count(), patient).toBe(count - 1)
    }
    const first = await encoders.filter({ hasText: 'stands by' }).locator('td').first().innerText()
    await page.getByRole('button', { name: 'Go back to it' }).click()
    await answer(page, 'Go back to it')
    const serving = encoders.filter({ hasText: 'serves' }).locator('td').first()
    await expect.poll(() => serving.innerText(), patient).toBe(first)
    expect(broken).toEqual([])
  })

  it('the audit log says who did all that', async () => {
    const { page } = await openPage(browser)
    await signIn(page, shop, 'operator', 'audit')
    const entry = (...words: string[]) =>
      words.reduce((rows, hasText) => rows.filter({ hasText }), page.locator('tbody tr')).first()
    await entry('merchandiser', 'upsertProducts', 'done').waitFor()
    await entry('merchandiser', 'deleteProducts', 'done').waitFor()
    await entry('operator', 'retryParked', 'done').waitFor()
    await entry('operator', 'useEncoder', 'done').waitFor()
    await page.getByRole('combobox', { name: 'Person, whole name' }).fill('merchandiser')
    await expect.poll(() => page.locator('tbody tr').filter({ hasText: 'retryParked' }).count(), patient).toBe(0)
    await entry('merchandiser', 'deleteProducts').waitFor()
  })

  it('says that the server is away, keeps the page, and goes on when it is back', async () => {
    const { page } = await openPage(browser)
    await signIn(page, shop, 'operator', 'overview')
    await page.getByRole('region', { name: 'The last minute' }).waitFor()
    await shop.stop()
    await page.getByText('The server does not answer. Trying again…').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Overview')
    await shop.restart()
    // The demo's accounts are made anew with every start, and what was signed in before may have ended.
    const again = page.locator('input[name=password]')
    await expect
      .poll(async () => (await page.getByText('The server does not answer').count()) === 0, patient)
      .toBe(true)
    const { name, password } = shop.credentials('operator')
    if (await again.isVisible()) await typePassword(page, name, password)
    await page.getByRole('region', { name: 'The last minute' }).waitFor()
  })
})
