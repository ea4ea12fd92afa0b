import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type ImportedOrder, importedOrderSchema, type Product, productSchema } from '@eip/contracts'
import { type Lake, type LakeRow, openLake } from '@eip/lake'
import { rejectedRows } from '@eip/pipeline-products'
import { sharedData, type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  keepSalesRates,
  type OlistSources,
  orderRows,
  productRows,
  readOlist,
  readWeights,
  salesRates,
} from './index.ts'
import { faultyOrders } from './order-rows.ts'
import { keepRegionPlaces } from './region-places.ts'

let place: TemporaryDirectory
let lake: Lake
beforeEach(async () => {
  place = temporaryDirectory()
  lake = await openLake(join(place.path, 'lake'), { memoryLimitMb: 256 })
})
afterEach(async () => {
  await lake.close()
  place[Symbol.dispose]()
})

const read = (directory: string) =>
  readOlist({ directory, lake, rejected: rejectedRows(join(place.path, 'rejected.jsonl')) })

async function allOf<Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const all: Row[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}
const ordered = (id: string) => ({ id, title: `Title of ${id}`, categoryPath: ['Things'] })
const orders = (sources: OlistSources): Promise<ImportedOrder[]> => allOf(orderRows({ lake, sources }, ordered))
const products = (sources: OlistSources): Promise<Product[]> => allOf(productRows({ lake, sources }))
const faults = (sources: OlistSources): Promise<LakeRow[]> => allOf(lake.query(faultyOrders(sources)))

const tables: Readonly<Record<string, string>> = {
  olist_customers_dataset: `customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
c1,ana,01000,sao paulo,SP
c2,ben,20000,rio de janeiro,RJ
c3,ana,01000,sao paulo,SP
c4,cid,01000,sao paulo,sp
c5,dea,01000,sao paulo,SP
c6,eva,01000,sao paulo,SP
c7,fio,01000,sao paulo,SP`,
  olist_sellers_dataset: `seller_id,seller_zip_code_prefix,seller_city,seller_state
s1,13000,campinas,SP
s2,30000,"belo horizonte, centro",MG`,
  product_category_name_translation: `\ufeffproduct_category_name,product_category_name_english\r
beleza_saude,health_beauty\r
construcao_ferramentas_ferramentas,costruction_tools_tools\r
`,
  olist_products_dataset: `product_id,product_category_name,product_name_lenght,product_description_lenght,product_photos_qty,product_weight_g,product_length_cm,product_height_cm,product_width_cm
p1,beleza_saude,40,287,1,225,16,10,14
p2,pc_gamer,40,287,1,1250,16,10,
p3,,,,,,,,`,
  olist_geolocation_dataset: `geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state
01000,-23.5,-46.6,sao paulo,SP
01000,-23.7,-46.8,são paulo,SP
01000,45.0,-46.6,roma,SP`,
  olist_orders_dataset: `order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,c1,delivered,2018-08-17 12:15:10,2018-08-17 12:20:00,2018-08-18 09:00:00,2018-08-20 10:00:00,2018-08-25 00:00:00
o2,c2,shipped,2018-01-10 12:00:00,2018-01-10 12:20:00,2018-01-11 09:00:00,,2018-02-10 00:00:00
o3,c3,delivered,2018-06-01 12:00:00,2018-06-01 12:20:00,2018-06-02 09:00:00,2018-06-10 10:00:00,2018-06-09 00:00:00
o4,c4,delivered,2018-06-01 12:00:00,,,2018-06-10 10:00:00,2018-06-09 00:00:00
o5,c5,delivered,2018-06-10 12:00:00,,,2018-06-09 10:00:00,2018-06-19 00:00:00
o6,c6,canceled,2018-06-01 12:00:00,,,,2018-06-09 00:00:00
o7,c7,unavailable,2018-06-01 12:00:00,2018-06-01 12:00:00,,,2018-06-09 00:00:00
o8,c7,lost,2018-06-01 12:00:00,,,,2018-06-09 00:00:00
o9,c7,created,yesterday,,,,2018-06-09 00:00:00
o10,c7,created,2018-06-01 12:00:00,,,,2018-06-09 00:00:00
o11,c7,created,2018-06-01 12:00:00,,,,2018-06-09 00:00:00
o1,c1,delivered,2018-08-17 12:15:10,2018-08-17 12:20:00,2018-08-18 09:00:00,2018-08-20 10:00:00,2018-08-25 00:00:00`,
  olist_order_items_dataset: `order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s1,2018-08-19 00:00:00,99.90,27.65
o1,2,p1,s1,2018-08-19 00:00:00,99.90,27.65
o1,3,p2,s2,2018-08-19 00:00:00,10,1
o2,1,p1,s2,2018-01-19 00:00:00,89.90,0
o3,1,p1,s1,2018-06-19 00:00:00,109.90,0
o5,1,p1,s1,2018-06-19 00:00:00,109.90,0
o6,1,p2,s2,2018-06-19 00:00:00,12,0
o10,1,p9,s1,2018-06-19 00:00:00,12,0
o11,1,p1,s1,2018-06-19 00:00:00,,0`,
  olist_order_payments_dataset: `order_id,payment_sequential,payment_type,payment_installments,payment_value
o1,1,credit_card,2,266.10
o1,2,voucher,1,-1
nobody,1,voucher,1,1`,
  olist_order_reviews_dataset: `review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp
r1,o1,3,,,2018-08-21 00:00:00,2018-08-22 04:10:37
r2,o1,5,,"Chegou, e é ""bom"".
Recomendo.",2018-08-22 00:00:00,2018-08-23 04:10:37
r3,o3,1,Péssimo,"Veio o produto errado, quero a devolução",2018-06-11 00:00:00,2018-06-12 04:10:37
r4,o3,9,,,2018-06-11 00:00:00,2018-06-12 04:10:37`,
}

function folderOf(changes: Readonly<Record<string, string | null>> = {}): string {
  const directory = join(place.path, 'olist')
  mkdirSync(directory, { recursive: true })
  for (const [name, text] of Object.entries({ ...tables, ...changes }))
    if (text !== null)
      if (name.includes('orders'))
        // One packed, the others plain: what a file is, its bytes say.
        writeFileSync(join(directory, `${name}.csv.gz`), gzipSync(text))
      else writeFileSync(join(directory, `${name}.csv`), text)
  return directory
}

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

describe('Olist in the lake', () => {
  it('counts every row of a table once: kept, replaced by a later one, or set aside with why', async () => {
    const { tables: read_ } = await read(folderOf())
    for (const { table, read: all, kept, duplicates, setAside } of read_)
      expect([table, all]).toEqual([table, kept + duplicates + setAside])
    const told = Object.fromEntries(read_.map(({ table, read: all, kept, reasons }) => [table, { all, kept, reasons }]))
    expect(told.customers).toEqual({ all: 7, kept: 6, reasons: { 'customer_state is not a state such as SP': 1 } })
    expect(told.geolocation).toEqual({ all: 3, kept: 1, reasons: { 'geolocation_lat is more than 6': 1 } })
    expect(told.orders).toEqual({
      all: 12,
      kept: 8,
      reasons: {
        'customer_id is not among the customers': 1,
        'order_status is none of created, approved, processing, invoiced, shipped, delivered, canceled, unavailable': 1,
        'order_purchase_timestamp is not a time': 1,
      },
    })
    expect(told.items).toMatchObject({
      kept: 7,
      reasons: { 'product_id is not among the products': 1, 'price is missing': 1 },
    })
    expect(told.payments).toMatchObject({
      kept: 1,
      reasons: { 'payment_value is less than 0': 1, 'order_id is not among the orders': 1 },
    })
    expect(told.reviews).toMatchObject({ kept: 3, reasons: { 'review_score is more than 5': 1 } })
  })

  it('tells orders in order of purchase, their times in UTC, a promise lasting its whole day', async () => {
    const { sources } = await read(folderOf())
    const told = await orders(sources)
    expect(told.map(({ orderId, state }) => [orderId, state])).toEqual([
      ['o2', 'shipped'],
      ['o3', 'returned'],
      ['o6', 'cancelled'],
      ['o1', 'delivered'],
    ])
    for (const order of told) expect(importedOrderSchema.parse(order)).toEqual(order)
    const [o2, o3, , o1] = told as [ImportedOrder, ImportedOrder, ImportedOrder, ImportedOrder]
    expect(iso(o1.placedAt)).toBe('2018-08-17T15:15:10.000Z')
    expect(iso(o1.promisedAt)).toBe('2018-08-26T02:59:59.999Z')
    // In summer the clocks there go two hours behind UTC, else three.
    expect(iso(o2.placedAt)).toBe('2018-01-10T14:00:00.000Z')
    expect(iso(o2.promisedAt)).toBe('2018-02-11T01:59:59.999Z')
    expect(o1).toMatchObject({
      ...{ customer: 'ana', region: 'SP', review: { score: 5 } },
      lines: [
        { productId: 'p1', quantity: 2, returned: 0, unitPrice: { amount: 9_990, currency: 'BRL' }, seller: 's1' },
        { productId: 'p2', quantity: 1, unitPrice: { amount: 1_000 }, seller: 's2', sellerRegion: 'MG' },
      ],
    })
    expect(o3).toMatchObject({ customer: 'ana', lines: [{ returned: 1 }], reason: expect.stringContaining('derived') })
    expect(o3.returnedAt).toBe(o3.review?.at)
  })

  it('sets aside orders that cannot be, with why', async () => {
    const { sources } = await read(folderOf())
    expect((await faults(sources)).map(({ order_id, fault }) => [order_id, fault])).toEqual([
      ['o5', 'it was delivered before it was purchased'],
      ['o7', 'the order has no items'],
      ['o10', 'an item of the order was set aside'],
      ['o11', 'an item of the order was set aside'],
    ])
  })

  it('composes products of what is known of them, and names what is derived', async () => {
    const { sources } = await read(folderOf())
    const [p1, p2, p3] = await products(sources)
    expect(p1).toMatchObject({
      ...{
        title: 'Health beauty, 225 g, 16 × 10 × 14 cm',
        categoryPath: ['Health beauty'],
        seller: 's1',
        language: 'en',
      },
      ...{ price: { amount: 9_990, currency: 'BRL' }, attributes: { derived: ['title', 'price'], weight: ['225 g'] } },
    })
    expect(p2).toMatchObject({ title: 'Pc gamer, 1.25 kg', language: 'pt', seller: 's2' })
    expect(p3).toMatchObject({ title: 'Product', price: null, categoryPath: [], attributes: { derived: ['title'] } })
    for (const product of [p1, p2, p3]) expect(productSchema.parse(product)).toEqual(product)
  })

  it('does not grow when the same files come again', async () => {
    const directory = folderOf()
    const first = await read(directory)
    const again = await read(directory)
    expect(again).toEqual(first)
    expect(await orders(again.sources)).toHaveLength(4)
    expect(await lake.parts('olist_orders')).toHaveLength(1)
  })

  it('says that a folder is none, and that a table is empty', async () => {
    const folder = folderOf({ olist_sellers_dataset: '' })
    await expect(read(join(place.path, 'absent'))).rejects.toThrow(/there is no folder ".*absent"/)
    const file = join(folder, 'olist_sellers_dataset.csv')
    await expect(read(file)).rejects.toThrow(/" is not a folder/)
    await expect(read(folder)).rejects.toThrow(/has no column seller_id.*; it is empty/)
  })

  it('names a table or a column that is missing, before it sends anything', async () => {
    await expect(read(folderOf({ olist_sellers_dataset: null }))).rejects.toThrow(/the table sellers is missing/)
    const noState = { olist_sellers_dataset: 'seller_id,seller_zip_code_prefix,seller_city\ns1,1,x' }
    await expect(read(folderOf(noState))).rejects.toThrow(/has no column seller_state; it has seller_id/)
  })

  it('keeps what a product sells in a day, without cancelled orders', async () => {
    const { sources } = await read(folderOf())
    await keepSalesRates({ lake, sources, part: 'olist' })
    const rates = await salesRates(lake)
    expect([...rates.keys()]).toEqual(['p1', 'p2'])
    expect(rates.get('p2')).toBeCloseTo(1 / 30)
  })
})

const data = sharedData('olist-8k')
describe.skipIf(!data.isThere)(`Olist as published ${data.skipReason}`, () => {
  it('adds up: every row is kept, a duplicate or set aside, and every order is told or set aside', async () => {
    const { tables: told, sources } = await read(data.path)
    for (const { table, read: all, kept, duplicates, setAside } of told)
      expect([table, all]).toEqual([table, kept + duplicates + setAside])
    expect(told.map(({ table, kept }) => [table, kept])).toMatchInlineSnapshot(`
      [
        [
          "customers",
          8135,
        ],
        [
          "sellers",
          1610,
        ],
        [
          "translation",
          71,
        ],
        [
          "products",
          5460,
        ],
        [
          "geolocation",
          5816,
        ],
        [
          "orders",
          8135,
        ],
        [
          "items",
          8365,
        ],
        [
          "payments",
          8924,
        ],
        [
          "reviews",
          8225,
        ],
      ]
    `)
    const all = await orders(sources)
    const aside = await faults(sources)
    expect(all.length + aside.length).toBe(8_135)
    for (const order of all) importedOrderSchema.parse(order)
    // One in nineteen of those that were delivered is there, and all of the others.
    const weightOf = (orders: typeof all) => orders.reduce((sum, { weight }) => sum + weight, 0)
    const cancelled = all.filter(({ state }) => state === 'cancelled')
    expect(weightOf(cancelled) / weightOf(all)).toBeCloseTo(460 / 98_000, 3)
    const states = Object.groupBy(all, ({ state }) => state)
    expect(
      Object.entries(states)
        .map(([state, each]) => [state, each.length])
        .sort(),
    ).toMatchInlineSnapshot(`
      [
        [
          "cancelled",
          460,
        ],
        [
          "delivered",
          5104,
        ],
        [
          "paid",
          615,
        ],
        [
          "returned",
          61,
        ],
        [
          "shipped",
          1104,
        ],
      ]
    `)
    for (const product of await products(sources)) productSchema.parse(product)
    expect((await readWeights(lake, sources)).delivered).toBeCloseTo(96_478 / 5_172)
  }, 60_000)

  it('says where each state lies', async () => {
    const { sources } = await read(data.path)
    const places = new Map((await keepRegionPlaces({ lake, sources })).map(({ region, ...place }) => [region, place]))
    expect(places.size).toBe(27)
    expect(places.get('SP')!.latitude).toBeCloseTo(-23.3, 0)
    expect(places.get('SP')!.longitude).toBeCloseTo(-46.9, 0)
    expect(places.get('AM')!.latitude).toBeGreaterThan(-5)
  })
})
