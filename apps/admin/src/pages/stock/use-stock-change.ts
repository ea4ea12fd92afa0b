import { ClientFailure, useMessages } from '@eip/theme'
import { notifications } from '@mantine/notifications'
import { useApiMutation } from '../../api.ts'
import { useOperationId } from '../../parts/operation-id.ts'
import { stockMessages } from './stock-messages.ts'

type Outcome = Readonly<{ outcome: 'received' | 'adjusted' | 'repeated' }>

/** Something that a form does to the stock, once, however often its button is pressed. */
export function useStockChange<Values>(
  change: (values: Values, operationId: string) => Promise<Outcome>,
  { said, onDone }: Readonly<{ said: string; onDone: () => void }>,
) {
  const t = useMessages(stockMessages)
  const operation = useOperationId()
  return useApiMutation(
    async (values: Values) => {
      const answer = await change(values, operation.id)
      operation.renew()
      onDone()
      return answer
    },
    {
      changes: ['stock', 'audit'],
      said: ({ outcome }) => (outcome === 'repeated' ? t('repeated') : said),
      failed(error) {
        if (!(error instanceof ClientFailure) || error.code !== 'inventory.operation-differs') return false
        // Its answer was lost, and the form was changed since: what stands there now is another operation.
        operation.renew()
        notifications.show({ color: 'orange', message: t('differs'), autoClose: 10_000 })
        return true
      },
    },
  )
}
