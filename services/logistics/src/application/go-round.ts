import type { Clock } from '@eip/kernel'
import { strengthsOf } from '../domain/group-rates.ts'
import type { KnownProduct } from '../domain/known.ts'
import { groupKinds, rateNames, shareOf } from '../domain/rates.ts'
import type { Share } from '../domain/smoothing.ts'
import { noSums, type Sums, scaleOf } from '../domain/sums.ts'
import type { FactStore } from '../ports/fact-store.port.ts'
import { readNote, writeNote } from './notes.ts'
import { tellScores } from './tell-scores.ts'

const batch = 500

type Needs = Readonly<{ factStore: FactStore; clock: Clock; step: number }>

/**
 * Estimates anew how far groups differ, then tells every product whose score moved because others did: its seller, its category, the
 * whole. In small changes, so that events are taken in between.
 */
export async function goRound({ factStore, ...around }: Needs, signal: AbortSignal): Promise<void> {
  await estimateStrengths(factStore, signal)
  for (let after: string | null = null; !signal.aborted; ) {
    const page: readonly { key: string }[] = await factStore.page<KnownProduct>('product', after, batch)
    if (page.length > 0)
      await factStore.change((facts) =>
        tellScores(
          facts,
          page.map(({ key }) => key),
          around,
        ),
      )
    if (page.length < batch) return
    after = page.at(-1)!.key
  }
}

/** How far groups differ beyond chance, for each rate and kind of group; kept until the next time. */
export async function estimateStrengths(factStore: FactStore, signal: AbortSignal): Promise<void> {
  const all = (await factStore.get<Sums>('sum', ['all '])).get('all ')?.content ?? noSums
  const scale = scaleOf(all, await readNote(factStore, 'latest'))
  const shares = new Map<string, Share[]>()
  for (const kind of groupKinds)
    for (let after: string | null = null; !signal.aborted; ) {
      const page: readonly { key: string; content: Sums }[] = await factStore.page<Sums>(
        'sum',
        after,
        batch,
        `${kind} `,
      )
      for (const { content } of page)
        for (const name of rateNames) {
          const key = `${name} ${kind}`
          const known = shares.get(key) ?? []
          known.push(shareOf(content, name, scale))
          shares.set(key, known)
        }
      if (page.length < batch) break
      after = page.at(-1)!.key
    }
  if (signal.aborted) return
  const strengths = strengthsOf((kind, name) => shares.get(`${name} ${kind}`) ?? [])
  await factStore.change((facts) => writeNote(facts, 'strengths', strengths))
}
