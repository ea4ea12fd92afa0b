import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingers, type Hands, keyboard, tabTo } from './hands.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { expectAccessible, type Language, openPage, signIn } from './pages.ts'

const reason = withoutBrowser()
/** As many products as the preview shows; the shop shows more. */
const previewed = 10

const words = {
  en: {
    ...{ query: 'Query', words: 'Words', policy: 'Ranking policy', previewQuery: 'A query that shoppers ask' },
    ...{
      published: 'As published',
      draft: 'By the draft',
      publish: 'Publish…',
      rollBack: 'Roll back to',
      navigation: 'Open the navigation',
    },
    search: 'lamp',
  },
  ko: {
    ...{ query: '검색어', words: '단어', policy: '랭킹 정책', previewQuery: '쇼핑객이 쓰는 검색어' },
    ...{ published: '게시된 순서', draft: '초안의 순서', publish: '게시…', rollBack: '복원', navigation: '메뉴 열기' },
    search: '탁상 스탠드',
  },
} as const

type Link = Readonly<{ href: string }>
type Marked = Readonly<{ dataset: Readonly<{ hit: string }> }>

/** Pixels by which a page is wider than its window. */
const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const price = 'label-weights.price'
const newcomers = [
  {
    name: 'by keyboard alone, in English',
    hands: keyboard,
    language: 'en',
    look: {},
    /** To the end of the slider, and a step back. */
    async weighPrice(page: Page) {
      await tabTo(page.locator(`[role=slider][aria-labelledby="${price}"]`))
      for (const key of ['End', 'ArrowLeft']) await page.keyboard.press(key)
      return '1.99'
    },
  },
  {
    name: 'with fingers on a phone, in Korean',
    hands: fingers,
    language: 'ko',
    look: { size: 'phone', hasTouch: true },
    async weighPrice(page: Page) {
      await fingers.write(page.locator(`input[aria-labelledby="${price}"]`), '1.5')
      return '1.5'
    },
  },
] as const satisfies readonly {
  name: string
  hands: Hands
  language: Language
  look: Parameters<typeof openPage>[1]
  weighPrice(page: Page): Promise<string>
}[]

describe.skipIf(reason !== null)(`a newcomer in the browser (${reason ?? 'with Chromium'})`, () => {
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

  /** The ids of the products that a shopper is shown first. */
  async function shopOrder(page: Page, query: string): Promise<readonly string[]> {
    await page.goto(`${shop.url}/?q=${encodeURIComponent(query)}`)
    const links = page.getByRole('main').locator('h3 a[href*="/products/"]')
    await links.nth(previewed - 1).waitFor()
    const addresses = await links.evaluateAll((all: readonly Link[]) => all.map(({ href }) => href))
    return addresses.slice(0, previewed).map((address) => decodeURIComponent(address.split('/products/')[1]!))
  }

  const previewOrder = (page: Page, title: string) =>
    page
      .getByRole('region', { name: title })
      .locator('[data-hit]')
      .evaluateAll((all: readonly Marked[]) => all.map(({ dataset }) => dataset.hit))

  /** Gives the reason that the open dialog asks for; its field has the focus already. */
  async function giveReason(page: Page, hands: Hands, note: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    await hands.write(dialog.locator('textarea').first(), note)
    await hands.press(dialog.locator('button[type=submit]'))
    await dialog.waitFor({ state: 'hidden' })
  }

  async function enter(page: Page, hands: Hands, at: string): Promise<void> {
    const { name, password } = shop.credentials('merchandiser')
    await page.goto(`${shop.url}/admin/${at}`)
    await hands.write(page.locator('input[name=name]'), name)
    await hands.write(page.locator('input[name=password]'), password)
    await hands.press(page.locator('form button[type=submit]'))
    await page.getByRole('main').locator('h1').waitFor()
  }

  it.each(newcomers)(
    'understands an order, changes it for the shop, and takes it back, $name',
    async ({ hands, language, look, weighPrice }) => {
      const t = words[language]
      const { page, broken } = await openPage(browser, { language, ...look })
      const storefront = await page.context().newPage()
      const shown = () => shopOrder(storefront, t.search)
      const before = await shown()

      await enter(page, hands, 'explorer')
      const query = page.getByRole('main').getByRole('textbox', { name: t.query, exact: true })
      await hands.write(query, t.search)
      await page.keyboard.press('Enter')
      const hit = page.getByRole('main').locator('[data-hit]').first()
      await hands.press(hit.locator('button[aria-expanded]'))
      await hit.getByRole('rowheader', { name: t.words, exact: true }).waitFor()

      if (hands === fingers) await hands.press(page.getByRole('button', { name: t.navigation }))
      await hands.press(page.getByRole('navigation').getByRole('link', { name: t.policy }))
      const published = Number((await page.getByText(/^(Version|버전) \d+, /).innerText()).match(/\d+/)![0])
      const weight = await weighPrice(page)
      expect(await page.locator(`input[aria-labelledby="${price}"]`).inputValue()).toBe(weight)
      await hands.write(page.getByRole('combobox', { name: t.previewQuery }), t.search)
      await expect.poll(() => previewOrder(page, t.draft), { timeout: 60_000 }).not.toEqual([])
      await expect.poll(() => previewOrder(page, t.draft), { timeout: 60_000 }).not.toEqual(before)
      await hands.press(page.getByRole('button', { name: t.publish }))
      await giveReason(page, hands, 'cheap first')
      await expect.poll(shown, { timeout: 60_000 }).not.toEqual(before)
      const after = await shown()
      await expect.poll(() => previewOrder(page, t.published), { timeout: 60_000 }).toEqual(after)

      const back = page
        .getByRole('row', { name: new RegExp(`^${published} `) })
        .getByRole('button', { name: t.rollBack })
      await hands.press(back)
      await giveReason(page, hands, 'as it was')
      await expect.poll(shown, { timeout: 60_000 }).toEqual(before)
      expect(broken).toEqual([])
    },
    300_000,
  )

  it('who may only look at the policy sees it, tries queries, and is told why it cannot be changed', async () => {
    const { page, broken } = await openPage(browser)
    await signIn(page, shop, 'viewer', 'policy')
    await page.getByText('you may look at the policy, but not change it').waitFor()
    await page.getByText('ask an operator for the role merchandiser').waitFor()
    const field = page.locator(`input[aria-labelledby="${price}"]`)
    expect(await field.isEditable()).toBe(false)
    expect(await page.locator(`[role=slider][aria-labelledby="${price}"]`).isEnabled()).toBe(false)
    for (const name of [/^Publish/, /^Save/, /^Roll back/, /^Discard/])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    await page.getByRole('combobox', { name: words.en.previewQuery }).fill('lamp')
    const shown = await shopOrder(await page.context().newPage(), 'lamp')
    await expect.poll(() => previewOrder(page, words.en.published), { timeout: 60_000 }).toEqual(shown)
    await expectAccessible(page)
    expect(broken).toEqual([])
  })

  it('is told that the page is on its way while the server does not answer', async () => {
    const { page } = await openPage(browser)
    await page.route('**/api/**', () => {})
    await page.goto(`${shop.url}/admin/policy`)
    await page.getByRole('status', { name: 'Loading' }).waitFor()
    await expectAccessible(page)
  })

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    it.each(['desktop', 'phone'] as const)(
      'reads a changed policy and what is asked before it is published, on a %s',
      async (size) => {
        const { page } = await openPage(browser, { colorScheme, size, language: 'ko' })
        await signIn(page, shop, 'merchandiser', 'policy')
        await page.locator(`input[aria-labelledby="${price}"]`).fill('1.5')
        await page.getByRole('region', { name: words.ko.draft }).locator('[data-hit]').first().waitFor()
        await page.locator('[data-hit] button[aria-expanded]').first().click()
        await expectAccessible(page)
        expect(await page.evaluate<number>(wider)).toBe(0)
        await page.getByRole('button', { name: words.ko.publish }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('cell', { name: '낮은 가격' }).waitFor()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'hidden' })
        await page.getByRole('button', { name: '초안 버리기' }).click()
        await dialog.getByRole('button', { name: '초안 버리기' }).click()
        await page.getByText('초안을 버렸습니다').waitFor()
      },
    )
  })
})
