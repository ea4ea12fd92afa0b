import type { Page } from 'playwright-core'

/** One thing to look at: where it is, and what is done there before the picture is taken. */
type Scene = Readonly<{
  name: string
  path: string
  prepare?: (page: Page) => Promise<void>
}>

const typeInBox = (words: string) => async (page: Page) => {
  const box = page.getByRole('combobox').first()
  await box.click()
  await box.pressSequentially(words)
  await page.getByRole('listbox').getByRole('option').first().waitFor()
}

const openFirstProduct = async (page: Page) => {
  await page.getByRole('main').locator('a[href*="/products/"]').first().click()
  await page.waitForURL(/\/products\//)
}

const fillCart = async (page: Page) => {
  const buttons = page.getByRole('button', { name: /^(Add to cart|장바구니 담기)/ })
  await buttons.first().click()
  await page.getByRole('status').getByRole('link').waitFor()
  await page.getByRole('status').getByRole('link').click()
  await page.locator('main section').last().waitFor()
}

const buyCart = async (page: Page) => {
  await fillCart(page)
  await page.locator('main section').last().getByRole('button').click()
  await page.waitForURL(/\/orders\//)
}

const openFirstRow = async (page: Page) => {
  await page.locator('main tbody tr button').first().click()
  await page.getByRole('dialog').waitFor()
}

const openFilters = async (page: Page) => {
  const button = page.getByRole('button', { name: /^(Filters|필터)/ })
  if (await button.isVisible()) await button.click()
}

const addSynonyms = async (page: Page) => {
  await page
    .getByRole('button', { name: /^(Add a rule|규칙 추가)$/ })
    .first()
    .click()
}

export const shopScenes: readonly Scene[] = [
  { name: 'start', path: '/' },
  { name: 'suggestions', path: '/', prepare: typeInBox('run') },
  { name: 'results', path: '/?q=lamp' },
  { name: 'understood', path: '/?q=blue+runing+shoes+under+90' },
  { name: 'narrowed', path: '/?q=lamp&filter=brand%3ANordhus&sort=price', prepare: openFilters },
  { name: 'scores', path: '/?q=lamp&scores=1' },
  { name: 'nothing', path: '/?q=qqzzxx' },
  { name: 'product', path: '/?q=running+shoes', prepare: openFirstProduct },
  { name: 'cart', path: '/?q=lamp', prepare: fillCart },
  { name: 'order', path: '/?q=kettle', prepare: buyCart },
  { name: 'orders', path: '/orders' },
  { name: 'product-missing', path: '/products/none-such' },
  { name: 'lost', path: '/none-such' },
]

export const adminScenes: readonly Scene[] = [
  { name: 'overview', path: 'overview' },
  { name: 'catalogue', path: 'catalogue' },
  { name: 'catalogue-product', path: 'catalogue?q=lamp', prepare: openFirstRow },
  { name: 'imports', path: 'imports' },
  { name: 'stock', path: 'stock' },
  { name: 'deliveries', path: 'deliveries' },
  { name: 'orders', path: 'orders' },
  { name: 'explorer', path: 'explorer' },
  { name: 'explorer-query', path: 'explorer?q=blue+runing+shoes+under+90' },
  { name: 'policy', path: 'policy' },
  { name: 'synonyms', path: 'synonyms' },
  { name: 'synonyms-new', path: 'synonyms', prepare: addSynonyms },
  { name: 'encoders', path: 'encoders' },
  { name: 'topics', path: 'topics' },
  { name: 'engines', path: 'engines' },
  { name: 'parked', path: 'parked' },
  { name: 'accounts', path: 'accounts' },
  { name: 'audit', path: 'audit' },
]

/** Those that the documentation shows, by scene, language, size and colours. */
export const documented: ReadonlySet<string> = new Set([
  'shop-understood-en-desktop-light',
  'shop-scores-ko-phone-light',
  'shop-product-en-phone-dark',
  'admin-overview-en-desktop-light',
  'admin-explorer-query-en-desktop-light',
  'admin-stock-en-desktop-light',
  'admin-deliveries-en-desktop-light',
  'admin-topics-ko-desktop-light',
])
