import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { useRegion } from '../region/use-region.ts'

export type Product = Awaited<ReturnType<typeof api.getProduct>>['product']

export const productQuery = (id: string) => ({
  queryKey: ['product', id],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.getProduct({ id }, { signal }),
})

export const useProduct = (id: string) => useQuery(productQuery(id))

/** Full rows of two, three, four or six. */
const similarProducts = 12

export function useSimilar(id: string) {
  const region = useRegion()
  const where = region === '' ? {} : { region }
  return useQuery({
    queryKey: ['similar', id, region],
    queryFn: ({ signal }) => api.similarProducts({ id, size: similarProducts, ...where }, { signal }),
  })
}
