import { type QueryKey, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import type { Order } from './order-steps.ts'

const ordersOnPage = 20

/** The shopper's orders, newest first, a page at a time. */
export const useOrders = () =>
  useInfiniteQuery({
    queryKey: ['orders'],
    queryFn: ({ pageParam, signal }) =>
      api.listMyOrders({ limit: ordersOnPage, ...(pageParam === null ? {} : { before: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

const orderKey = (orderId: string): QueryKey => ['order', orderId]

export const useOrder = (orderId: string) =>
  useQuery({
    queryKey: orderKey(orderId),
    queryFn: ({ signal }) => api.getMyOrder({ orderId }, { signal }),
    staleTime: 5_000,
  })

/** A step that the shopper takes with an order; its page shows the order as it then is. */
export function useOrderStep<Input>(step: (input: Input) => Promise<Order>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: step,
    onSuccess(order) {
      client.setQueryData(orderKey(order.orderId), order)
      for (const key of [['orders'], ['search'], ['delivery']]) void client.invalidateQueries({ queryKey: key })
    },
  })
}
