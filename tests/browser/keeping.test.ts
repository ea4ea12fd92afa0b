import { aProduct } from '@eip/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmWith } from './edit-policy.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { expectAccessible, languages, openPage, signIn } from './pages.ts'

const reason = withoutBrowser()
const patient = { timeout: 60_000 }
const day = 86_400_000
const seller = 'Keepers'
const lamps = ['kept-a', 'kept-b', 'kept-c'].map((id) =>
  aProduct({
    id,
    title: `Zzylophon lamp ${id}`,
    seller,
    categoryPath: ['Lamps'],
    price: { amount: 1_999, currency: 'USD' },
  }),
)

type Found = Readonly<{ id: string; explanation?: { guard: { reason: string; action: string } | null } }>

describe.skipIf(reason !== null)(`who keeps a shop in the browser (${reason ?? 'with Chromium'})`, () => {
  let shop: Shop
  let browser: Browser
  beforeAll(async () => {
    shop = await openDemoShop({ products: 200 })
    await shop.add(lamps)
    browser = await openBrowser()
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  const found = async (more = ''): Promise<readonly Found[]> => {
    const response = await fetch(`${shop.url}/api/v1/search?q=zzylophon&explain=true${more}`)
    return ((await response.json()) as { hits: Found[] }).hits
  }
  const guardOf = async (id: string, more = '') => (await found(more)).find((hit) => hit.id === id)?.explanation?.guard
  const figure = (page: Page, label: string) =>
    page
      .getByRole('region', { name: 'Stock in figures' })
      .getByText(label, { exact: true })
      .locator('xpath=following-sibling::*[1]')
  const form = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  const entries = (page: Page) => page.getByRole('region', { name: 'Ledger, newest first' }).locator('tbody tr')
  const file = (name: string, lines: readonly string[]) => ({
    ...{ name, mimeType: 'text/plain' },
    buffer: Buffer.from(lines.join('\n')),
  })

  it('a merchandiser imports a file of stock, and reads which rows were not taken and why', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'stock')
    const rows = [
      'product_id,place,on_hand,daily_sales',
      'kept-a,main,10,2',
      'kept-b,main,-4,',
      'kept-b,main,many,',
      'kept-c,north,3,',
    ]
    await page.locator('input[type=file]').setInputFiles(file('stock.csv', rows))
    await page.getByRole('button', { name: 'Import 3 rows' }).click()
    const refused = page.getByRole('region', { name: '2 rows are not taken' }).locator('tbody tr')
    await refused.nth(1).waitFor()
    const told = await refused.allInnerTexts()
    expect(told.map((row) => row.split(/\s+/).slice(0, 2).join(' '))).toEqual(['3 on_hand', '4 on_hand'])
    await page.getByText('Changed: 2').waitFor()
    const kept = page.getByRole('region', { name: 'Products' }).locator('tbody tr')
    await expect.poll(() => kept.filter({ hasText: 'kept-a' }).innerText(), patient).toMatch(/10\s+0\s+10/)
    expect(await kept.filter({ hasText: 'kept-b' }).count()).toBe(0)
    expect(broken).toEqual([])
  })

  it('a button that is pressed twice receives goods once; an adjustment says why', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'stock/kept-a')
    await expect.poll(() => figure(page, 'On hand').innerText(), patient).toBe('10')
    await form(page, 'Receive goods').getByLabel('Units').fill('5')
    await form(page, 'Receive goods').getByRole('button', { name: 'Receive', exact: true }).dblclick()
    await expect.poll(() => figure(page, 'On hand').innerText(), patient).toBe('15')
    await expect.poll(() => entries(page).filter({ hasText: '+5' }).count(), patient).toBe(1)
    await form(page, 'Adjust').getByLabel('Difference').fill('-15')
    await form(page, 'Adjust').getByRole('button', { name: 'Adjust' }).click()
    await form(page, 'Adjust').getByText('must say why').waitFor()
    await form(page, 'Adjust').getByLabel('Why').fill('Water in the cellar')
    await form(page, 'Adjust').getByRole('button', { name: 'Adjust' }).click()
    await entries(page).filter({ hasText: 'Water in the cellar' }).filter({ hasText: 'merchandiser' }).waitFor()
    await expect.poll(() => figure(page, 'Available').innerText(), patient).toBe('0')
    await page.getByText('The ledger sums to the stock').waitFor()
    expect(broken).toEqual([])
  })

  it('what is gone stands last in the shop, and the catalogue says that the view has followed', async () => {
    await expect.poll(async () => (await found()).at(-1)?.id, patient).toBe('kept-a')
    expect(await guardOf('kept-a')).toEqual({ reason: 'unavailable', action: 'sink' })
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'viewer', 'catalogue?product=kept-a')
    await page.getByRole('tab', { name: 'As served' }).click()
    await page.getByText('The view holds what the owners say').waitFor()
    const available = page.getByRole('dialog').locator('tbody tr').filter({ hasText: 'Stock: available' })
    expect((await available.innerText()).trim().split(/\s+/).slice(-2)).toEqual(['0', '0'])
    expect(broken).toEqual([])
  })

  /** Publishes another guard, looks at what came of it, and rolls it back. */
  const guarded = async (action: string, published: (page: Page) => Promise<void>) => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'policy')
    await page.locator('select[name="guards.unavailable"]').selectOption(action)
    await page.getByText('was Put it last').waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    await confirmWith(page, 'as shoppers asked for')
    await published(page)
    await page.goto(`${shop.url}/admin/policy`)
    await page
      .getByRole('button', { name: /^Roll back to/ })
      .first()
      .click()
    await confirmWith(page, 'as it was')
    await expect.poll(async () => (await guardOf('kept-a'))?.action, patient).toBe('sink')
    expect(broken).toEqual([])
  }

  it('a merchandiser chooses that what is gone stays in its place, and takes it back', async () => {
    await guarded('show', async (page) => {
      await expect.poll(async () => (await guardOf('kept-a'))?.action, patient).toBe('show')
      await page.goto(`${shop.url}/admin/explorer?q=zzylophon`)
      const hit = page.locator('[data-hit="kept-a"]').first()
      await hit.getByText('Out of stock', { exact: true }).waitFor()
      await hit.getByRole('button', { name: /^Show the score/ }).click()
      await page.getByText('The policy leaves it in its place.').waitFor()
    })
  })

  it('a merchandiser chooses that what is gone is hidden, and takes it back', async () => {
    await guarded('hide', async (page) => {
      await expect.poll(async () => (await found()).map(({ id }) => id), patient).not.toContain('kept-a')
      await page.goto(`${shop.url}/admin/explorer?q=zzylophon&product=kept-a`)
      await page.getByText('The policy hides it.').first().waitFor()
    })
  })

  it('an order of another system comes in and goes its way: shipped, delivered, returned', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'orders')
    const placedAt = Date.now() - 3 * day
    const price = { amount: 1_999, currency: 'USD' }
    const order = {
      ...{ orderId: 'old-1', customer: 'c-17', region: 'SP', state: 'paid', placedAt, paidAt: placedAt + 60_000 },
      ...{ shippedAt: null, deliveredAt: null, cancelledAt: null, returnedAt: null, review: null },
      promisedAt: placedAt + day,
      lines: [
        { productId: 'kept-b', quantity: 2, unitPrice: price, seller, sellerRegion: 'MG', categoryPath: ['Lamps'] },
      ],
    }
    const lines = [JSON.stringify(order), '{"orderId":', JSON.stringify({ ...order, orderId: 'old-2', state: 'lost' })]
    await page.locator('input[type=file]').setInputFiles(file('orders.jsonl', lines))
    await page.getByRole('button', { name: 'Import 2 rows' }).click()
    await page.getByText('New: 1').waitFor()
    await page.getByRole('region', { name: '2 rows are not taken' }).locator('tbody tr').nth(1).waitFor()
    await page.getByRole('link', { name: 'old-1' }).click()
    const dialog = page.getByRole('dialog')
    const step = async (name: string) => {
      await page.getByRole('main').getByRole('button', { name }).click()
      await dialog.getByRole('button', { name }).click()
      await dialog.waitFor({ state: 'hidden' })
    }
    await step('It is shipped')
    await step('It is delivered')
    await page.getByText('after the promised day').waitFor()
    await page.getByRole('button', { name: 'Goods came back' }).click()
    await dialog.getByLabel(/units that came back/).fill('1')
    await dialog.getByLabel('Why').fill('Too bright')
    await dialog.getByRole('button', { name: 'Goods came back' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const bought = page.getByRole('region', { name: 'What was bought' }).locator('tbody tr').first()
    await expect.poll(() => bought.locator('td').nth(3).innerText(), patient).toBe('1')
    expect(broken).toEqual([])
  })

  it('that delivery is counted by its route, and a seller is told where he delivers', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'deliveries')
    const rates = page.getByRole('region', { name: 'Rates', exact: true }).locator('tbody tr')
    await page.getByText('Seller', { exact: true }).first().click()
    await expect.poll(() => rates.filter({ hasText: seller }).innerText(), patient).toContain('1 of 1')
    await rates.filter({ hasText: seller }).getByRole('button', { name: 'Choose regions' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Only to these regions' }).check()
    await dialog.getByLabel('Another region').fill('mg')
    await dialog.getByRole('button', { name: 'Add' }).click()
    expect(await dialog.getByRole('checkbox', { name: 'MG' }).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Set regions' }).click()
    await page.getByText(`Regions of ${seller} are set`).waitFor()
    await expect.poll(() => guardOf('kept-c', '&region=MG'), patient).toBeNull()
    await page.goto(`${shop.url}/admin/explorer?q=zzylophon&region=SP`)
    const rows = page.locator('[data-hit="kept-c"]')
    await expect
      .poll(async () => {
        await page.reload()
        await rows.first().waitFor()
        return rows.first().innerText()
      }, patient)
      .toContain('Not delivered there')
    expect(broken).toEqual([])
  })

  it('a viewer looks at all of it, and is offered nothing that changes', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'viewer', 'stock')
    await page.getByRole('region', { name: 'Products' }).locator('tbody tr').first().waitFor()
    expect(await page.locator('input[type=file]').count()).toBe(0)
    await page.goto(`${shop.url}/admin/stock/kept-a`)
    await entries(page).first().waitFor()
    expect(await page.locator('main form').count()).toBe(0)
    await page.goto(`${shop.url}/admin/orders/old-1`)
    await page.getByText('What happened').waitFor()
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0)
    await page.goto(`${shop.url}/admin/deliveries`)
    await page.getByText('How well deliveries are foretold').waitFor()
    expect(await page.getByRole('button', { name: 'Choose regions' }).count()).toBe(0)
    expect(broken).toEqual([])
  })

  describe.each(languages)('in %s', (language) => {
    const looks = (['desktop', 'phone'] as const).flatMap((size) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ size, colorScheme })),
    )
    it.each(looks)('reads these pages on a $size, $colorScheme', async (look) => {
      const { page, broken } = await openPage(browser, { language, ...look })
      await signIn(page, shop, 'operator', 'stock')
      for (const path of ['stock', 'stock/kept-a', 'deliveries', 'orders', 'orders/old-1']) {
        await page.goto(`${shop.url}/admin/${path}`)
        await page.locator('main#page h1').first().waitFor()
        await page.waitForLoadState('networkidle').catch(() => {}) // Some pages look again and again.
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        await expectAccessible(page)
      }
      expect(broken).toEqual([])
    })
  })
})
