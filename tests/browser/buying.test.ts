import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyButton, openCart } from './buy.ts'
import { openBrowser, withoutBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { expectAccessible, openPage } from './pages.ts'

const reason = withoutBrowser()
const patient = { timeout: 120_000 }

type Hits = Readonly<{ hits: readonly { id: string; title: string; fulfilment: { notice: string | null } }[] }>

/** What an operator does beside the shopper, over the API. */
function operatorOf(shop: Shop) {
  let token = ''
  const call = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${shop.url}/api/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  let operations = 0
  return {
    async signIn() {
      const { name, password } = shop.credentials('operator')
      token = ((await call('POST', 'sign-in', { name, password })) as { token: string }).token
    },
    receive: (productId: string, quantity: number) =>
      call('POST', 'stock/receipts', { operationId: `buying-${++operations}`, lines: [{ productId, quantity }] }),
    ship: (orderId: string) => call('POST', `operations/orders/${orderId}/ship`, {}),
    deliver: (orderId: string) => call('POST', `operations/orders/${orderId}/deliver`, {}),
  }
}

describe.skipIf(reason !== null)(`a shopper who buys (${reason ?? 'with Chromium'})`, () => {
  let shop: Shop
  let browser: Browser
  let operator: ReturnType<typeof operatorOf>
  let hits: Hits['hits']
  const search = async (question: string): Promise<Hits['hits']> => {
    const response = await fetch(`${shop.url}/api/v1/search?${question}`)
    return ((await response.json()) as Hits).hits
  }
  const noticeOf = async (id: string) => (await search(`filter=id:${id}`))[0]?.fulfilment.notice ?? 'nothing to say'

  beforeAll(async () => {
    shop = await openDemoShop({ products: 600 })
    browser = await openBrowser()
    operator = operatorOf(shop)
    await operator.signIn()
    hits = (await search('size=60')).filter(({ fulfilment }) => fulfilment.notice === null)
    for (const { id } of hits.slice(0, 6)) await operator.receive(id, 50)
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  const put = async (page: Page, id: string) => {
    await page.goto(`${shop.url}/products/${id}`)
    const box = page.getByRole('region', { name: 'Stock and delivery' })
    await box.getByRole('button', { name: 'Add to cart', exact: true }).click()
    await box.getByText('In cart: 1').waitFor(patient)
  }
  const orderIdIn = (page: Page): string => /\/orders\/([^?]+)/.exec(page.url())![1]!

  it('puts things into the cart, pays by the test card, and finds the order again', async () => {
    const { page, broken } = await openPage(browser)
    await put(page, hits[0]!.id)
    await put(page, hits[1]!.id)
    await openCart(page)
    await expectAccessible(page)
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/[\w.-]+/)
    await page.getByText('Thank you, your order is placed').waitFor()
    await expectAccessible(page)
    const orderId = orderIdIn(page)
    await page.getByRole('link', { name: 'My orders' }).click()
    await page.getByRole('link', { name: /^Order of/ }).click()
    await page.waitForURL((url) => url.pathname.endsWith(orderId))
    // Orders are those of one browser: another does not see them.
    const other = await openPage(browser)
    await other.page.goto(`${shop.url}/orders/${orderId}`)
    await other.page.getByText('There is no such order here').waitFor()
    expect(broken).toEqual([])
  })

  it('who pays by a card that is declined keeps the cart, and buys by another', async () => {
    const { page } = await openPage(browser)
    await put(page, hits[2]!.id)
    await openCart(page)
    await page.getByLabel('Test card that is declined').check()
    await buyButton(page).click()
    await page.getByRole('heading', { name: 'The payment was declined' }).waitFor()
    await page.getByLabel('Test card that works').check()
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/[\w.-]+/)
  })

  it('who comes second for the last piece is told so, and the next search knows it', async () => {
    const { id, title } = hits[7]!
    await operator.receive(id, 1)
    await expect.poll(() => noticeOf(id), patient).toBe('low-stock')
    const [first, second] = [await openPage(browser), await openPage(browser)]
    for (const { page } of [first, second]) {
      await put(page, id)
      await openCart(page)
    }
    await buyButton(first.page).click()
    await first.page.waitForURL(/\/orders\/[\w.-]+/)
    await buyButton(second.page).click()
    await second.page.getByRole('heading', { name: 'The last piece has just gone' }).waitFor()
    await second.page
      .getByRole('listitem')
      .filter({ hasText: `${title}: none left, you wanted 1` })
      .waitFor()
    await second.page.getByRole('button', { name: 'Set the cart to what there is' }).click()
    await second.page.getByRole('heading', { name: 'Your cart is empty' }).waitFor()
    // By the policy it is hidden, or said to be out of stock.
    await expect.poll(() => noticeOf(id), patient).toMatch(/^(out-of-stock|nothing to say)$/)
  })

  it('cancels before it is shipped; gives stars and sends back what has arrived', async () => {
    const { page, broken } = await openPage(browser)
    await put(page, hits[3]!.id)
    await openCart(page)
    await buyButton(page).click()
    await page.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText('The order is cancelled.').waitFor()
    await put(page, hits[4]!.id)
    await openCart(page)
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/[\w.-]+/)
    const orderId = orderIdIn(page)
    await operator.ship(orderId)
    await operator.deliver(orderId)
    await page.reload()
    await page.getByText('5 stars', { exact: true }).check({ force: true })
    await page.getByRole('button', { name: 'Send 5 of 5 stars' }).click()
    await page.getByText('You gave 5 of 5 stars.').waitFor()
    await page.getByRole('button', { name: 'Send something back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await page.getByText('1 sent back').waitFor()
    expect(broken).toEqual([])
  })

  it('whose answers are lost on the way is charged once', async () => {
    const { page } = await openPage(browser)
    await put(page, hits[5]!.id)
    await openCart(page)
    const asked: string[] = []
    await page.route('**/api/v1/checkout', async (route) => {
      asked.push((route.request().postDataJSON() as { checkoutId: string }).checkoutId)
      const response = await route.fetch()
      if (asked.length === 1) await route.abort()
      else await route.fulfill({ response })
    })
    await buyButton(page).click()
    await page.waitForURL(/\/orders\/[\w.-]+/)
    expect(asked.length).toBeGreaterThan(1)
    expect(new Set(asked).size).toBe(1)
    await page.getByRole('link', { name: 'My orders' }).click()
    await page.getByRole('link', { name: /^Order of/ }).waitFor()
    expect(await page.getByRole('link', { name: /^Order of/ }).count()).toBe(1)
  })
})
