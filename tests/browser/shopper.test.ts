import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInside } from './layout.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { expectAccessible, languages, openPage, sizes } from './pages.ts'

const reason = withoutBrowser()

describe.skipIf(reason !== null)(`a shopper in the browser (${reason ?? 'with Chromium'})`, () => {
  let shop: Shop
  let browser: Browser
  beforeAll(async () => {
    shop = await openDemoShop()
    browser = await openBrowser()
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  it('finds by keyboard alone, opens a product, and comes back to the same list', async () => {
    const { page, broken } = await openPage(browser)
    await page.goto(`${shop.url}/`)
    const box = page.getByRole('combobox').first()
    await box.focus()
    await box.pressSequentially('lamp')
    await page.getByRole('listbox').getByRole('option').first().waitFor()
    await box.press('ArrowDown')
    await box.press('ArrowUp')
    await box.press('Escape')
    await box.press('Enter')
    await page.waitForURL(/[?&]q=lamp/)
    const product = page.getByRole('main').locator('a[href*="/products/"]').first()
    await product.waitFor()
    const list = page.url()
    await product.focus()
    await product.press('Enter')
    await page.waitForURL(/\/products\//)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await page.goBack()
    await page.waitForURL(list)
    await product.waitFor()
    expect(broken).toEqual([])
  })

  it('narrows, sorts and pages by an address that can be shared', async () => {
    const { page } = await openPage(browser)
    const shared = `${shop.url}/?q=lamp&filter=brand%3ANordhus&sort=price`
    await page.goto(shared)
    await page.getByRole('main').locator('a[href*="/products/"]').first().waitFor()
    const brands = await page.getByRole('checkbox', { checked: true }).count()
    expect(brands).toBeGreaterThan(0)
    const titles = await page.getByRole('main').locator('a[href*="/products/"]').allInnerTexts()
    expect(titles.length).toBeGreaterThan(1)
    expect(titles.every((title) => title.includes('Nordhus'))).toBe(true)
  })

  it('sees why hits stand where they do', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${shop.url}/?q=lamp&scores=1`)
    await page.getByRole('main').locator('table').first().waitFor()
    expect(await page.getByRole('main').locator('table').count()).toBeGreaterThan(1)
  })

  it('is told when the server is away, and goes on by itself when it is back', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${shop.url}/?q=lamp`)
    await page.getByRole('main').locator('a[href*="/products/"]').first().waitFor()
    await shop.stop()
    await page.getByRole('combobox').first().fill('chair')
    await page.getByRole('combobox').first().press('Enter')
    await page.getByRole('alert').first().waitFor()
    await shop.restart()
    const retry = page.getByRole('alert').getByRole('button').first()
    await Promise.race([
      page.getByRole('main').locator('a[href*="/products/"]').first().waitFor(),
      retry.click().then(() => page.getByRole('main').locator('a[href*="/products/"]').first().waitFor()),
    ])
    expect(page.url()).toContain('q=chair')
  })

  describe.each(languages)('in %s', (language) => {
    it.each(Object.keys(sizes) as (keyof typeof sizes)[])('reads everything on a %s', async (size) => {
      const { page, broken } = await openPage(browser, { language, size })
      for (const path of ['/', '/?q=lamp', '/?q=qqzzxx']) {
        await page.goto(`${shop.url}${path}`)
        await page.getByRole('main').waitFor()
        await page.waitForLoadState('networkidle')
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        await expectAccessible(page)
        await expectInside(page, 'main')
      }
      expect(broken).toEqual([])
    })
  })
})
