import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awkwardProducts, written } from './awkward-shop.ts'
import { expectInside } from './layout.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openEmptyShop, type Shop } from './open-shop.ts'
import { openPage, signIn } from './pages.ts'

const reason = withoutBrowser()
const widths = [390, 1280]
const asked = '/?q=awkward'

describe.skipIf(reason !== null)(`a shop with awkward products (${reason ?? 'with Chromium'})`, () => {
  let shop: Shop
  let browser: Browser
  beforeAll(async () => {
    shop = await openEmptyShop()
    await shop.add(awkwardProducts)
    browser = await openBrowser()
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  const openAt = async (width: number) => {
    const opened = await openPage(browser)
    await opened.page.setViewportSize({ width, height: 900 })
    return opened
  }
  const cardOf = (page: Page, id: string): Locator =>
    page.locator('article').filter({ has: page.locator(`a[href$="/products/${id}"]`) })
  /** Nothing that a product says was run, or became part of the page. */
  const expectNothingRun = async (page: Page, broken: readonly string[]) => {
    expect(await page.title()).not.toBe('owned')
    expect(await page.locator('main :is(b, i, u, script, img[src="x"])').count()).toBe(0)
    expect(broken).toEqual([])
  }

  describe.each(widths)('at %i pixels', (width) => {
    it('lists them, each inside its card', async () => {
      const { page, broken } = await openAt(width)
      await page.goto(`${shop.url}${asked}`)
      await cardOf(page, 'bare').waitFor()
      expect(await page.locator('article').count()).toBe(awkwardProducts.length)
      await expectInside(page, 'main, article')
      for (const [id, { title, direction }] of Object.entries(written)) {
        expect(await cardOf(page, id).locator(`h3:dir(${direction})`).innerText()).toBe(title)
      }
      await expectNothingRun(page, broken)
    })

    it('explains their scores, each inside its card', async () => {
      const { page } = await openAt(width)
      await page.goto(`${shop.url}${asked}&scores=1`)
      await cardOf(page, 'bare').getByRole('table').waitFor()
      await expectInside(page, 'main, article')
    })

    it('narrows by their brands, categories and attributes', async () => {
      const { page, broken } = await openAt(width)
      await page.goto(`${shop.url}${asked}`)
      await cardOf(page, 'bare').waitFor()
      if (width < 960) await page.getByRole('button', { name: 'Filters' }).click()
      const facets = page.locator('details').filter({ has: page.getByText('Brand', { exact: true }) })
      for (const more of await page.locator('details:not([open]) > summary').all()) await more.click()
      await expectInside(page, 'details')
      const brand = facets.locator('label').filter({ hasText: 'الأفق' })
      await brand.locator(':dir(rtl)').waitFor()
      await brand.click()
      await page.waitForURL(/filter=/)
      await cardOf(page, 'bare').waitFor({ state: 'detached' })
      expect(await page.locator('article').count()).toBe(1)
      await expectInside(page, 'main')
      await expectNothingRun(page, broken)
    })

    it('opens each of them, with what is like it', async () => {
      const { page, broken } = await openAt(width)
      for (const { id, title } of awkwardProducts) {
        await page.goto(`${shop.url}/products/${id}`)
        await page.getByRole('main').getByRole('heading', { level: 1, name: title }).waitFor()
        await page.waitForLoadState('networkidle')
        await expectInside(page, 'main')
        await expectNothingRun(page, broken)
      }
    })

    it('stands in the admin: in the catalogue, opened, and in the query explorer', async () => {
      const { page, broken } = await openAt(width)
      await signIn(page, shop, 'merchandiser', 'catalogue')
      await page
        .locator('tbody tr')
        .nth(awkwardProducts.length - 1)
        .waitFor()
      await expectInside(page, 'td')
      // On a phone the table scrolls.
      if (width > 1000) await expectInside(page, 'table, section:has(> table)')
      for (const { id } of awkwardProducts.slice(0, 6)) {
        await page.goto(`${shop.url}/admin/catalogue?product=${id}`)
        await page.getByRole('dialog').getByRole('table').first().waitFor()
        await expectInside(page, '[role=dialog]')
      }
      await page.goto(`${shop.url}/admin/explorer?q=awkward`)
      await page.locator('[data-hit=bare]').first().waitFor()
      await page.getByRole('switch', { name: 'Show all score parts' }).check()
      await expectInside(page, 'main, [data-hit]')
      expect(await page.title()).not.toBe('owned')
      expect(broken).toEqual([])
    })
  })

  it('tells a price of zero from no price', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${shop.url}${asked}`)
    await cardOf(page, 'costs-nothing').getByText('Free', { exact: true }).waitFor()
    await cardOf(page, 'no-price').getByText('No price yet').waitFor()
    await page.goto(`${shop.url}${asked}&sort=price`)
    await page.locator('article').first().waitFor()
    expect(await page.locator('article').first().innerText()).toContain('An awkward lamp for nothing')
  })
})
