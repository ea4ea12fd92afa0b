import { logisticsFailure, mostRegions, regionListed } from '@eip/contracts'
import { type Clock, newId } from '@eip/kernel'
import type { KnownRegion } from '../domain/known.ts'
import type { FactReads, FactWrites } from '../ports/fact-store.port.ts'

/** Every region that has a bit. */
export async function regionBits(facts: FactReads): Promise<ReadonlyMap<string, number>> {
  const rows = await facts.page<KnownRegion>('region', null, mostRegions)
  return new Map(rows.map(({ key, content }) => [key, content.bit]))
}

/**
 * Gives each new region the next bit, and tells of it. Beyond 52 there is none: orders from there are learned from all the same
 * (`isNeeded` false); where coverage needs it, `logistics.too-many-regions`.
 */
export async function listRegions(
  facts: FactWrites,
  names: Iterable<string>,
  clock: Clock,
  isNeeded: boolean,
): Promise<ReadonlyMap<string, number>> {
  const bits = new Map(await regionBits(facts))
  const fresh = [...new Set(names)].filter((name) => !bits.has(name)).sort()
  const room = mostRegions - bits.size
  if (isNeeded && fresh.length > room)
    throw logisticsFailure(
      'logistics.too-many-regions',
      `there is room for ${room} more regions, not for ${fresh.length}`,
    )
  const listed = fresh.slice(0, room).map((region, at) => ({ region, bit: bits.size + at }))
  for (const { region, bit } of listed) bits.set(region, bit)
  if (listed.length === 0) return bits
  const now = clock.now()
  await facts.put(
    'region',
    listed.map(({ region, bit }) => ({ key: region, version: 1, content: { bit } })),
  )
  await facts.publish(
    regionListed,
    listed.map((payload) => ({
      ...{ id: newId(now), schema: regionListed.schema, key: payload.region, version: 1 },
      ...{ occurredAt: now, recordedAt: now, deleted: false, market: {}, payload },
    })),
  )
  return bits
}
