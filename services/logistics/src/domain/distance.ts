/** The middle of a region, in degrees. */
export type Place = Readonly<{ latitude: number; longitude: number }>
/** Regions whose place is known. */
export type Places = ReadonlyMap<string, Place>

const earthKm = 6_371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Along the great circle, by the haversine formula (Sinnott 1984), in kilometres. */
export function kilometres(from: Place, to: Place): number {
  const [south, north] = [radians(from.latitude), radians(to.latitude)]
  const east = radians(to.longitude - from.longitude)
  const half = Math.sin((north - south) / 2) ** 2 + Math.cos(south) * Math.cos(north) * Math.sin(east / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(half)))
}

const nearest = 100

/** Distances between a number and its double are alike: "0-100 km", "100-200 km", "200-400 km", … null: a place is not known. */
export function distanceBand(from: string | null, to: string | null, places: Places): string | null {
  const [start, end] = [places.get(from ?? ''), places.get(to ?? '')]
  if (start === undefined || end === undefined) return null
  const doubled = Math.max(0, Math.ceil(Math.log2(Math.max(1, kilometres(start, end)) / nearest)))
  const most = nearest * 2 ** doubled
  return `${doubled === 0 ? 0 : most / 2}-${most} km`
}
