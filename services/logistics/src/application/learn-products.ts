import type { Product } from '@eip/contracts'
import type { KnownProduct } from '../domain/known.ts'
import { categoryKey } from '../domain/order-fact.ts'
import type { FactWrites } from '../ports/fact-store.port.ts'

/** null: it is not sold any more. */
export type ProductVersion = Readonly<{ id: string; version: number; product: Product | null }>

/** Takes products in, for whom they are sold by and what they are like. Answers with those of which that changed. */
export async function learnProducts(facts: FactWrites, given: readonly ProductVersion[]): Promise<readonly string[]> {
  const held = await facts.get<KnownProduct>(
    'product',
    given.map(({ id }) => id),
  )
  const newest = new Map<string, ProductVersion>()
  for (const each of given)
    if (each.version > (newest.get(each.id)?.version ?? held.get(each.id)?.version ?? -1)) newest.set(each.id, each)
  const learned = [...newest.values()].map(({ id, version, product }) => {
    const before = held.get(id)?.content
    const category = product && product.categoryPath.length > 0 ? categoryKey(product.categoryPath) : null
    const content: KnownProduct = {
      seller: product === null ? (before?.seller ?? null) : product.seller,
      sellerRegion: before?.sellerRegion ?? null,
      category: product === null ? (before?.category ?? null) : category,
      isActive: product?.active ?? false,
    }
    const isOther = before === undefined || before.seller !== content.seller || before.category !== content.category
    return { key: id, version, content, isOther }
  })
  await facts.put(
    'product',
    learned.map(({ key, version, content }) => ({ key, version, content })),
  )
  return learned.filter(({ isOther }) => isOther).map(({ key }) => key)
}
