import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

export type Product = Awaited<ReturnType<typeof api.getProduct>>['product']

export const useProduct = (id: string) =>
  useQuery({ queryKey: ['product', id], queryFn: ({ signal }) => api.getProduct({ id }, { signal }) })

/** Full rows of two, three, four or six. */
const similarProducts = 12

export const useSimilar = (id: string) =>
  useQuery({
    queryKey: ['similar', id],
    queryFn: ({ signal }) => api.similarProducts({ id, size: similarProducts }, { signal }),
  })
