import type { Shop, Versions } from '../shop.ts'
import { scoreInView, scoreSource, stockInView, stockSource } from './compare-columns.ts'
import type { ViewVersion } from './compare-versions.ts'
import { type Difference, type Verifiable, type VerifyOptions, verifyView } from './verify-view.ts'

/** What owners say of products, each compared with what the view was given of it. */
export const comparedParts = ['products', 'stock', 'logistics'] as const
export type ComparedPart = (typeof comparedParts)[number]

type View = Awaited<ReturnType<Versions['ofView']>>['versions'][number]

function partOf({ versions, indexState }: Pick<Shop, 'versions' | 'indexState'>, part: ComparedPart): Verifiable {
  const behind = async () => (await versions.unpublishedColumns()) + (await indexState()).behind
  const viewBy =
    (told: (view: View) => readonly ViewVersion[]): Verifiable['viewVersions'] =>
    async (asked) => {
      const page = await versions.ofView(asked)
      return { versions: page.versions.flatMap(told), next: page.next }
    }
  switch (part) {
    case 'products':
      return {
        sourceVersions: (asked) => versions.ofSource(asked),
        viewVersions: (asked) => versions.ofView(asked),
        behind: async () => (await indexState()).behind,
      }
    case 'stock':
      return {
        async sourceVersions(asked) {
          const page = await versions.ofStock(asked)
          return { versions: page.versions.map(stockSource), next: page.next }
        },
        viewVersions: viewBy(stockInView),
        behind,
      }
    case 'logistics':
      return {
        async sourceVersions(asked) {
          const page = await versions.ofScores(asked)
          return { versions: page.versions.map(scoreSource), next: page.next }
        },
        viewVersions: viewBy(scoreInView),
        behind,
      }
  }
}

export const verifyPart = (shop: Pick<Shop, 'versions' | 'indexState'>, part: ComparedPart, options: VerifyOptions) =>
  verifyView(partOf(shop, part), options)

/** Has what differs published once more by its owner, with a version that the view takes. */
export async function republish(versions: Versions, part: ComparedPart, differences: readonly Difference[]) {
  const products = differences.map(({ id, viewVersion }) => ({ id, above: viewVersion ?? 0 }))
  if (part === 'products') await versions.republish({ products })
  else if (part === 'stock') await versions.republishStock({ products })
  else await versions.republishScores({ products })
}
