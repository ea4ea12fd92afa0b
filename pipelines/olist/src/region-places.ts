import type { Lake } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'

/** The middle of a state, in degrees. */
export type RegionPlace = Readonly<{ region: string; latitude: number; longitude: number }>

/** Where states lie: the middle of their postal codes, so that it is where people live. */
export async function regionPlaces(lake: Lake, { geolocation }: OlistSources): Promise<readonly RegionPlace[]> {
  const places: RegionPlace[] = []
  const sql = `
    SELECT state, round(median(latitude), 3) AS latitude, round(median(longitude), 3) AS longitude
    FROM ${geolocation} GROUP BY state ORDER BY state`
  for await (const rows of lake.query(sql))
    for (const { state, latitude, longitude } of rows)
      places.push({ region: String(state), latitude: Number(latitude), longitude: Number(longitude) })
  return places
}
