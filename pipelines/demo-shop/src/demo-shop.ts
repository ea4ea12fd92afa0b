import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { failures, type Random, seededRandom } from '@eip/kernel'
import { appliances } from './assortment/appliances.ts'
import { beauty } from './assortment/beauty.ts'
import { electronics } from './assortment/electronics.ts'
import { fashion } from './assortment/fashion.ts'
import { groceries } from './assortment/groceries.ts'
import { home } from './assortment/home.ts'
import { shoes } from './assortment/shoes.ts'
import { sports } from './assortment/sports.ts'
import type { Department, Kind } from './department.ts'
import { type Draft, descriptionIn, type Language, titleIn, wordIn } from './wording.ts'

export const demoShopFailure = failures({
  'demo-shop.bad-size': { kind: 'invalid', cure: 'Ask for a whole number of products from 1 to 50,000.' },
})

/** A row of our own shape (see pipelines/products/README.md). */
export type DemoProduct = Readonly<{
  id: string
  title: string
  description: string
  brand: string
  category: readonly string[]
  attributes: Readonly<Record<string, string | readonly string[]>>
  price: string
  currency: 'USD'
  seller: string
  language: Language
  rating?: Readonly<{ average: number; count: number }>
  created_at: string
  updated_at: string
}>

export type DemoShopOptions = Readonly<{
  seed?: number
  products?: number
  /** Products were created within the two years before. */
  before?: string
}>

const departments: readonly Department[] = [electronics, appliances, fashion, shoes, home, beauty, sports, groceries]
const sellers = [
  'Harbour Trading',
  'Bluebird Store',
  'Casa do Bairro',
  'Mirae Market',
  'Cedar & Co',
  'Loja Horizonte',
  'Daon Shop',
  'Northgate Goods',
  'Praça Central',
  'Sunhill Outlet',
]

/**
 * The demo shop's products: fictional makers, real-looking titles in English, Korean and Portuguese (60, 25, 15 %),
 * each title once. The same options give the same rows on every machine. Throws `demo-shop.bad-size`.
 */
export function* generateDemoShop(options: DemoShopOptions = {}): Generator<DemoProduct> {
  const { seed = 2026, products = 5_000, before = '2026-01-01' } = options
  if (!Number.isInteger(products) || products < 1 || products > 50_000)
    throw demoShopFailure('demo-shop.bad-size', `products is ${products}`)
  const random = seededRandom(seed)
  const titles = new Set<string>()
  for (let number = 1; number <= products; number++) {
    const language = drawLanguage(random)
    let draft = drawDraft(random)
    // Departments without model numbers run out of new titles first; another draw finds room elsewhere.
    while (titles.has(titleIn(language, draft))) draft = drawDraft(random)
    titles.add(titleIn(language, draft))
    yield productOf(`demo-${String(number).padStart(5, '0')}`, language, draft, Date.parse(before), random)
  }
}

/** Writes the demo shop as JSON lines, aside and then renamed. Answers the number of products. */
export async function writeDemoShop(file: string, options: DemoShopOptions = {}): Promise<number> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(`${file}.part`, 'w')
  let count = 0
  try {
    let lines: string[] = []
    for (const product of generateDemoShop(options)) {
      lines.push(JSON.stringify(product))
      count++
      if (lines.length < 1_000) continue
      await handle.appendFile(`${lines.join('\n')}\n`)
      lines = []
    }
    if (lines.length > 0) await handle.appendFile(`${lines.join('\n')}\n`)
  } finally {
    await handle.close()
  }
  await rename(`${file}.part`, file)
  return count
}

function drawLanguage(random: Random): Language {
  const draw = random.next()
  return draw < 0.6 ? 'en' : draw < 0.85 ? 'ko' : 'pt'
}

function drawDraft(random: Random): Draft {
  const department = random.pick(departments)
  const kind = random.pick(department.kinds)
  const line = department.lines.length > 0 ? random.pick(department.lines) : ''
  const number = 100 + 10 * random.integer(90)
  return {
    department,
    kind,
    brand: random.pick(department.brands),
    model: department.hasModelNumbers ? `${line} ${number}` : line,
    feature: random.pick(kind.features),
    colour: department.colours.length > 0 ? random.pick(department.colours) : null,
    measure: kind.measure ? random.pick(kind.measure.values) : null,
    remark: random.pick(department.remarks),
  }
}

const day = 86_400_000

function productOf(id: string, language: Language, draft: Draft, before: number, random: Random): DemoProduct {
  const { department, kind, brand } = draft
  const createdAt = before - Math.ceil(random.next() * 730 * day)
  const updatedAt = createdAt + Math.floor(random.next() * (before - createdAt))
  // Most products have few ratings and a few have very many.
  const count = Math.floor(10 ** (random.next() * 3.6)) - 1
  const average = Math.round((3 + 2 * Math.sqrt(random.next())) * 10) / 10
  return {
    id,
    title: titleIn(language, draft),
    description: descriptionIn(language, draft),
    brand,
    category: [department.name, ...kind.category],
    attributes: attributesOf(draft, random),
    price: drawPrice(kind, random),
    currency: 'USD',
    seller: random.pick(sellers),
    language,
    ...(count > 0 ? { rating: { average, count } } : {}),
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  }
}

/** Attributes are English in every language, so that one facet counts all. */
function attributesOf({ kind, model, colour, measure, feature }: Draft, random: Random) {
  const attributes: Record<string, string | readonly string[]> = {}
  if (model !== '') attributes.model = model
  if (colour !== null) attributes.colour = wordIn('en', colour, kind)
  if (kind.measure && measure !== null) attributes[kind.measure.attribute] = measure
  attributes.feature = wordIn('en', feature, kind)
  for (const [name, values] of Object.entries(kind.attributes)) attributes[name] = random.pick(values)
  if (kind.sizes) {
    const first = random.integer(kind.sizes.length - 1)
    attributes.size = kind.sizes.slice(first, first + 2 + random.integer(3))
  }
  return attributes
}

/** Evenly spread by magnitude, and ending as shop prices do. */
function drawPrice({ price: [cheapest, dearest] }: Kind, random: Random): string {
  const value = cheapest * (dearest / cheapest) ** random.next()
  return `${Math.max(Math.floor(value), 1)}.${random.pick(['99', '90', '49', '00', '95'])}`
}
