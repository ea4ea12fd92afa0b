import { api, useApiQuery } from '../../api.ts'

/** Where a seller delivers now: regions, null for everywhere; undefined while it is not known, or nothing tells. */
export function useSellerCoverage(
  seller: string,
): Readonly<{ regions: readonly string[] | null | undefined; isAsked: boolean }> {
  const { data, isPending } = useApiQuery(['deliveries', 'coverage', seller], async (signal) => {
    // What holds for a seller holds for each of his products: any of them tells.
    const { hits } = await api.search({ filter: [`seller:${seller}`], size: 1 }, { signal })
    const [hit] = hits
    const served = hit && (await api.servedProduct({ id: hit.id }, { signal }))
    return { regions: served?.logistics?.regions }
  })
  return { regions: data?.regions, isAsked: !isPending }
}
