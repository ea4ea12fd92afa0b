import { setTimeout as wait } from 'node:timers/promises'
import { failures } from '@eip/kernel'
import type { IndexState } from '../shop.ts'
import type { PlatformUnderTest } from './platform-under-test.ts'

const failure = failures({
  'bench.standing-still': {
    kind: 'deadline',
    cure: 'See the log of the platform and npx eip verify: what was accepted is not published, or not indexed.',
  },
})

const lookEveryMs = 50
const patienceMs = 120_000

/**
 * Follows what was accepted until all of it can be found; `look` is told each state on the way.
 * Throws `bench.standing-still` where nothing moves for two minutes.
 */
export async function untilVisible(
  { shop, told }: Pick<PlatformUnderTest, 'shop' | 'told'>,
  look: (state: IndexState) => void,
): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  let moved = performance.now()
  for (;;) {
    told.throwIfAborted()
    const state = await shop.indexState()
    look(state)
    if (state.behind === 0) return
    if (state.behind < least) {
      least = state.behind
      moved = performance.now()
    }
    if (performance.now() - moved > patienceMs)
      throw failure(
        'bench.standing-still',
        `${state.behind} changes, ${state.unpublished} of them unpublished, are left for ${patienceMs / 1_000} s`,
      )
    await wait(lookEveryMs)
  }
}
