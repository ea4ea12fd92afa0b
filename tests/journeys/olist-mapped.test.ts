import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedData, temporaryDirectory } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, type ShopAt, shopAt, told } from './olist-shop.ts'
import { allInOne, type Running } from './topologies.ts'

const olist = sharedData('olist-8k')
const icecat = sharedData('icecat/icecat-products.jsonl.gz')
const reason = `${olist.skipReason} ${icecat.skipReason}`
const patience = 600_000
const products = 3_000

type Counts = Readonly<{ created: number; updated: number; unchanged: number; setAside: number }>
type Mapped = Readonly<{ products: Counts; orders: Counts; mapping: Record<string, number>; searchable: number }>
type Orders = Readonly<{ orders: { orderId: string; lines: { productId: string; seller: string; title: string }[] }[] }>
type Promised = Readonly<{ promise: { days: number; lateProbability: number } }>

describe.skipIf(!olist.isThere || !icecat.isThere)(`one shop of a catalogue and of Olist ${reason}`, () => {
  const files = temporaryDirectory()
  const catalogue = join(files.path, 'some.jsonl')
  let running: Running
  let shop: ShopAt
  let first: Mapped
  const importShop = async () =>
    told<Mapped>(
      await command(
        running.commands,
        ...['import', 'shop', '--catalogue', catalogue, '--orders', olist.path, '--currency', 'USD', '--json'],
      ),
    )
  const ordered = async () => (await shop.asOperator<Orders>('GET', '/operations/orders?limit=200')).body.orders

  beforeAll(async () => {
    running = await allInOne({ ENCODER: 'manual' })
    shop = await shopAt(running)
    await command(
      running.commands,
      ...['convert', 'icecat', '--products', icecat.path, '--ratings', sharedData('icecat/ratings-dev.csv').path],
      ...['--out', files.path],
    )
    const lines: string[] = []
    let rest = ''
    for await (const chunk of createReadStream(join(files.path, 'products.jsonl'), 'utf8')) {
      lines.push(...`${rest}${chunk}`.split('\n'))
      rest = lines.pop() ?? ''
      if (lines.length >= products) break
    }
    writeFileSync(catalogue, `${lines.slice(0, products).join('\n')}\n`)
    first = await importShop()
  }, patience)
  afterAll(async () => {
    await running.close()
    files[Symbol.dispose]()
  }, patience)

  it('gives every product of Olist one of the catalogue, and its orders with it', async () => {
    expect(first).toMatchObject({ products: { created: products }, searchable: products })
    expect(Object.values(first.mapping).reduce((sum, count) => sum + count, 0)).toBe(5_460)
    expect(first.orders.created).toBeGreaterThan(7_000)
    const [line] = (await ordered())[0]!.lines
    const { body } = await shop.asOperator<{ product: { title: string } }>('GET', `/products/${line!.productId}`)
    expect(body.product.title).toBe(line!.title)
  })

  it('finds products by their words, and promises them', async () => {
    const lines = (await ordered()).slice(0, 5).flatMap((order) => order.lines)
    for (const { productId, title } of lines) {
      const hit = (await shop.find({ q: title, region: 'SP' })).hits.find(({ id }) => id === productId)
      expect(hit?.seller).toMatch(/^[0-9a-f]{32}$/)
      const path = `/products/${productId}/delivery?region=SP`
      const { promise } = (await shop.asOperator<Promised>('GET', path)).body
      expect(promise.days).toBeGreaterThan(1)
      expect(promise.lateProbability).toBeGreaterThan(0)
    }
  })

  it(
    'is not made of a catalogue without products',
    async () => {
      const empty = join(files.path, 'empty.jsonl')
      writeFileSync(empty, '')
      const ended = await command(running.commands, 'import', 'shop', '--catalogue', empty, '--orders', olist.path)
      expect([ended.status, ended.err]).toEqual([
        1,
        expect.stringMatching(/no product of ".*empty.jsonl" could be taken/),
      ])
    },
    patience,
  )

  it(
    'is mapped alike again',
    async () => {
      const before = await ordered()
      const again = await importShop()
      expect(again.mapping).toEqual(first.mapping)
      expect(again.products).toMatchObject({ created: 0, updated: 0, unchanged: products })
      expect(again.orders).toMatchObject({ created: 0, updated: 0, unchanged: first.orders.created })
      expect(await ordered()).toEqual(before)
    },
    patience,
  )
})
