import { type Clock, systemClock } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'
import { keepQuery } from './read-table.ts'

const dataset = 'region_places'

/** The middle of a state, in degrees. */
export type RegionPlace = Readonly<{ region: string; latitude: number; longitude: number }>

/** Keeps where states lie in the lake: the middle of their postal codes, so that it is where people live. */
export async function keepRegionPlaces(
  options: Readonly<{ lake: Lake; sources: OlistSources; clock?: Clock }>,
): Promise<readonly RegionPlace[]> {
  const { lake, sources, clock = systemClock } = options
  const columns = { region: 'text', latitude: 'double', longitude: 'double' } as const
  const middles = `
    SELECT state AS region, round(median(latitude), 3) AS latitude, round(median(longitude), 3) AS longitude
    FROM ${sources.geolocation} GROUP BY state ORDER BY state`
  await keepQuery({ lake, clock }, { dataset, part: 'olist', columns }, middles)
  const places: RegionPlace[] = []
  for await (const rows of lake.query(
    `SELECT region, latitude, longitude FROM ${lake.source(dataset)} ORDER BY region`,
  ))
    for (const { region, latitude, longitude } of rows)
      places.push({ region: String(region), latitude: Number(latitude), longitude: Number(longitude) })
  return places
}

/** What stands in an SQL `FROM` for the places of regions; null: none is kept. */
export const placesSource = async (lake: Lake): Promise<string | null> =>
  (await lake.parts(dataset)).length === 0 ? null : lake.source(dataset)
