import type { Order } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Badge, Group } from '@mantine/core'
import { ordersMessages } from './orders-messages.ts'

const colours = {
  ...{ placed: 'gray', paid: 'blue', shipped: 'indigo' },
  ...{ delivered: 'teal', cancelled: 'red', returned: 'orange' },
} as const

/** Where an order stands, and whether it comes from elsewhere. */
export function OrderBadges({ order: { state, source } }: Readonly<{ order: Pick<Order, 'state' | 'source'> }>) {
  const t = useMessages(ordersMessages)
  return (
    <Group gap={6} wrap="nowrap">
      <Badge variant="light" tt="none" color={colours[state]}>
        {t(state)}
      </Badge>
      {source === 'import' && (
        <Badge variant="outline" color="gray" tt="none" title={t('importedWhy')}>
          {t('imported')}
        </Badge>
      )}
    </Group>
  )
}
