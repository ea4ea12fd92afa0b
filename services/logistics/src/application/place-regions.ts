import type { Place, Places } from '../domain/distance.ts'
import type { FactReads, FactStore } from '../ports/fact-store.port.ts'

const pageSize = 1_000

/** Every region whose place is known. */
export async function placesOf(facts: FactReads): Promise<Places> {
  const places = new Map<string, Place>()
  for (let after: string | null = null; ; ) {
    const page: readonly { key: string; content: Place }[] = await facts.page<Place>('place', after, pageSize)
    for (const { key, content } of page) places.set(key, content)
    if (page.length < pageSize) return places
    after = page.at(-1)!.key
  }
}

/** Orders that are learned from now on count by their distance too; what was learned before stays as it was learned. Answers how many changed. */
export const keepPlaces = (
  factStore: FactStore,
  regions: readonly (Place & Readonly<{ region: string }>)[],
): Promise<number> =>
  factStore.change(async (facts) => {
    const known = await placesOf(facts)
    const given = new Map(regions.map(({ region, latitude, longitude }) => [region, { latitude, longitude }]))
    const moved = [...given].filter(([region, { latitude, longitude }]) => {
      const before = known.get(region)
      return before?.latitude !== latitude || before.longitude !== longitude
    })
    await facts.put(
      'place',
      moved.map(([key, content]) => ({ key, version: 0, content })),
    )
    return moved.length
  })
