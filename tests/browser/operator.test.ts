import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmWith, setWeight } from './edit-policy.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { expectAccessible, type Language, languages, openPage, signIn, typePassword } from './pages.ts'

const reason = withoutBrowser()

const words = {
  en: { save: 'Save draft', publish: 'Publish…', discard: 'Discard', rollBack: /^Roll back to/ },
  ko: { save: '초안 저장', publish: '게시…', discard: '초안 버리기', rollBack: /복원$/ },
} as const

const pages = [
  'overview',
  'catalogue',
  'imports',
  'stock',
  'deliveries',
  'orders',
  'explorer',
  'policy',
  'synonyms',
  'encoders',
  'topics',
  'engines',
  'parked',
  'accounts',
  'audit',
]

describe.skipIf(reason !== null)(`an operator in the browser (${reason ?? 'with Chromium'})`, () => {
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

  const firstHit = async () => {
    const response = await fetch(`${shop.url}/api/v1/search?q=lamp&size=1&facet=brand`)
    const { hits, versions } = (await response.json()) as { hits: { id: string }[]; versions: { policy: string } }
    return { id: hits[0]!.id, policy: versions.policy }
  }
  const untilPolicy = async (policy: RegExp) =>
    expect.poll(async () => (await firstHit()).policy, { timeout: 60_000 }).toMatch(policy)

  it.each(languages)(
    'changes a weight, publishes it, sees the shop change, and rolls it back, in %s',
    async (language: Language) => {
      const { page, broken } = await openPage(browser, { language })
      const t = words[language]
      const before = await firstHit()
      const version = Number(before.policy.split('@')[1])
      await signIn(page, shop, 'merchandiser', 'policy')
      await setWeight(page, 'price', '5')
      await page.getByRole('button', { name: t.publish }).click()
      await confirmWith(page, 'cheap first')
      await untilPolicy(new RegExp(`@${version + 1}$`))
      expect((await firstHit()).id).not.toBe(before.id)
      await page.getByRole('button', { name: t.rollBack }).first().click()
      await confirmWith(page, 'as it was')
      await untilPolicy(new RegExp(`@${version + 2}$`))
      expect((await firstHit()).id).toBe(before.id)
      expect(broken).toEqual([])
    },
  )

  it('who saves over the draft of another is told, and loses nothing', async () => {
    const [ana, bea] = [await openPage(browser), await openPage(browser)]
    await signIn(ana.page, shop, 'merchandiser', 'policy')
    await signIn(bea.page, shop, 'operator', 'policy')
    await setWeight(ana.page, 'rating', '0.7')
    await setWeight(bea.page, 'popularity', '0.9')
    await ana.page.getByRole('button', { name: words.en.save }).click()
    await ana.page.getByText('The draft is saved').waitFor()
    await bea.page.getByRole('button', { name: words.en.save }).click()
    const dialog = bea.page.getByRole('dialog')
    await dialog.getByText('merchandiser has saved the draft meanwhile').waitFor()
    await dialog.getByRole('button', { name: 'Go on with the chosen' }).click()
    await bea.page.getByRole('button', { name: words.en.save }).click()
    await bea.page.getByText('The draft is saved').waitFor()
    const value = (path: string) =>
      bea.page.locator(`input[aria-labelledby="label-weights.${path}"]`).first().inputValue()
    expect([await value('rating'), await value('popularity')]).toEqual(['0.7', '0.9'])
    await bea.page.getByRole('button', { name: words.en.discard }).click()
    await bea.page.getByRole('dialog').getByRole('button', { name: words.en.discard }).click()
    await bea.page.getByText('The draft is discarded').waitFor()
  })

  it('whose session ends in the middle of an edit signs in again, and the edit goes on', async () => {
    const { page } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'policy')
    await setWeight(page, 'rating', '0.6')
    // The preview of the new weight must not be the call that is refused.
    await page.waitForLoadState('networkidle')
    await page.context().clearCookies()
    await page.getByRole('button', { name: words.en.save }).click()
    await page.getByRole('dialog').getByText('Sign in again').waitFor()
    const { name, password } = shop.credentials('merchandiser')
    await typePassword(page, name, password)
    await page.getByText('The draft is saved').waitFor()
    await page.getByRole('button', { name: words.en.discard }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.en.discard }).click()
    await page.getByText('The draft is discarded').waitFor()
  })

  it('sends a file of products, and reads why five thousand rows were set aside', async () => {
    const { page } = await openPage(browser)
    await signIn(page, shop, 'merchandiser', 'imports')
    const good = { id: 'from-browser', title: 'Sent from the browser', language: 'en' }
    const rows = [JSON.stringify(good), ...Array.from({ length: 5_000 }, (_, i) => JSON.stringify({ id: `bad-${i}` }))]
    const file = { name: 'shop.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from(rows.join('\n')) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Import shop.jsonl' }).click()
    await page.getByRole('link', { name: 'shop.jsonl', exact: true }).click()
    await page.getByText('5,000 rows set aside').first().waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('101 to 200 of 5,000').waitFor()
    const product = await fetch(`${shop.url}/api/v1/products/from-browser`)
    expect(product.status).toBe(200)
  })

  describe.each(languages)('in %s', (language) => {
    it.each(['desktop', 'phone'] as const)('reads every page on a %s', async (size) => {
      const { page, broken } = await openPage(browser, { language, size })
      await signIn(page, shop, 'operator', 'overview')
      for (const path of pages) {
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
