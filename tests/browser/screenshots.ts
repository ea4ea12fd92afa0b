import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from './open-browser.ts'
import { openDemoShop, type Shop } from './open-shop.ts'
import { languages, openPage, signIn, sizes } from './pages.ts'
import { adminScenes, documented, shopScenes } from './scenes.ts'
import { smallPng } from './small-png.ts'

// Pictures of the faces as people see them: `npm run screenshots [-- FOLDER] [--only PATTERN] [--whole]`, and
// `npm run screenshots -- --docs` for those that the documentation shows.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { docs: { type: 'boolean' }, only: { type: 'string' }, whole: { type: 'boolean' } },
})
const isForDocs = values.docs ?? false
const folder = positionals[0] ?? (isForDocs ? 'docs/pictures' : 'screenshots')
const pattern = new RegExp(values.only ?? '')
/** As wide as a page of documentation shows them without shrinking letters much. */
const documentSizes = { desktop: { width: 1280, height: 800 }, phone: sizes.phone }
const colorSchemes = ['light', 'dark'] as const
/** Lists and charts fill within this. */
const settleMs = 1_200
/** So long do shoppers search before the operator looks: charts have something to show. */
const busyMs = 45_000

const isWanted = (name: string) => (isForDocs ? documented.has(name) : pattern.test(name))

const queries = [
  'lamp',
  'red running shoes',
  'coffee',
  'phone under 500',
  'jacket',
  '무선 이어폰',
  'tea',
  'rice cooker',
]

/** An encoder trains itself on the demo's texts; pictures show hits that are found by words and meaning. */
const hasEncoder = async ({ url }: Shop): Promise<boolean> => {
  const response = await fetch(`${url}/api/v1/search?q=lamp`)
  const { versions } = (await response.json()) as { versions: { encoder?: string | null } }
  return Boolean(versions.encoder)
}

/** Shoppers who search and ask again, in bursts. */
async function searchForAWhile({ url }: Shop): Promise<void> {
  const end = Date.now() + busyMs
  for (let i = 0; Date.now() < end; i++) {
    const burst = 1 + Math.round(2 + 2 * Math.sin(i / 9))
    const words = Array.from({ length: burst }, (_, at) => queries[(i * (at + 1)) % queries.length]!)
    await Promise.all(words.map((q) => fetch(`${url}/api/v1/search?q=${encodeURIComponent(q)}&page=${1 + (i % 3)}`)))
    await wait(150)
  }
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(settleMs)
  const file = join(folder, `${name}.png`)
  const picture = await page.screenshot({ fullPage: values.whole ?? false })
  await writeFile(file, isForDocs ? await smallPng(browser, picture) : picture)
  process.stdout.write(`${file}\n`)
}

await mkdir(folder, { recursive: true })
const shop = await openDemoShop({ settings: { ENCODER: 'auto' } })
const browser = await openBrowser()
while (!(await hasEncoder(shop))) await wait(1_000)
await shop.giveDemoPast()
await searchForAWhile(shop)
for (const language of languages)
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const colorScheme of colorSchemes) {
      const fullName = (name: string) => `${name}-${language}-${size}-${colorScheme}`
      const forShop = shopScenes.filter(({ name }) => isWanted(fullName(`shop-${name}`)))
      const forAdmin = adminScenes.filter(({ name }) => isWanted(fullName(`admin-${name}`)))
      if (forShop.length + forAdmin.length === 0) continue
      const { page } = await openPage(browser, { language, size, colorScheme })
      if (isForDocs) await page.setViewportSize(documentSizes[size])
      for (const { name, path, prepare } of forShop) {
        await page.goto(`${shop.url}${path}`)
        await prepare?.(page)
        await take(page, fullName(`shop-${name}`))
      }
      if (forAdmin.length > 0) await signIn(page, shop, 'operator', 'overview')
      for (const { name, path, prepare } of forAdmin) {
        await page.goto(`${shop.url}/admin/${path}`)
        await prepare?.(page)
        await take(page, fullName(`admin-${name}`))
      }
      await page.context().close()
    }
await browser.close()
await shop.close()
