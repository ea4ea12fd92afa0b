import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { useRegion } from '../region/use-region.ts'

const questionOf = (id: string, region: string) => (region === '' ? { id } : { id, region })

export const deliveryQuery = (id: string, region: string) => ({
  queryKey: ['delivery', id, region],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.delivery(questionOf(id, region), { signal }),
})

/** Stock and arrival of a product at the shopper's region. They are an extra: the product's page stands without them. */
export const useDelivery = (id: string) => useQuery(deliveryQuery(id, useRegion()))
