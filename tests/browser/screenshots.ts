import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './open-browser.ts'
import { openDemoShop } from './open-shop.ts'
import { languages, openPage, signIn, sizes } from './pages.ts'

// Pictures of the faces as people see them: `npm run screenshots [-- FOLDER]`.

const folder = process.argv[2] ?? 'screenshots'
const shopPages = { start: '/', results: '/?q=lamp', scores: '/?q=lamp&scores=1', nothing: '/?q=qqzzxx' }
const adminPages = [
  'overview',
  'catalogue',
  'imports',
  'explorer',
  'policy',
  'synonyms',
  'encoders',
  'topics',
  'parked',
  'accounts',
  'audit',
]
/** Lists and charts fill within this. */
const settleMs = 1_500

await mkdir(folder, { recursive: true })
const shop = await openDemoShop()
const browser = await openBrowser()
for (const language of languages)
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(browser, { language, size, colorScheme })
      const take = async (name: string) => {
        await page.waitForTimeout(settleMs)
        const file = join(folder, `${name}-${language}-${size}-${colorScheme}.png`)
        await page.screenshot({ path: file })
        process.stdout.write(`${file}\n`)
      }
      for (const [name, path] of Object.entries(shopPages)) {
        await page.goto(`${shop.url}${path}`)
        await take(`shop-${name}`)
      }
      await signIn(page, shop, 'operator', 'overview')
      for (const name of adminPages) {
        await page.goto(`${shop.url}/admin/${name}`)
        await take(`admin-${name}`)
      }
      await page.context().close()
    }
await browser.close()
await shop.close()
