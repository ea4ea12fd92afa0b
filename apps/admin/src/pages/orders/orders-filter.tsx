import type { OrderState } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { states } from './order-facts.ts'
import { ordersMessages } from './orders-messages.ts'

type OrdersFilterProps = Readonly<{
  /** null: any. */
  state: OrderState | null
  /** Empty: all. */
  customer: string
  onChange: (search: Readonly<{ state?: OrderState; customer?: string }>) => void
}>

/** Which orders are listed. */
export function OrdersFilter({ state, customer, onChange }: OrdersFilterProps) {
  const t = useMessages(ordersMessages)
  const show = (next: OrderState | null, who: string) =>
    onChange({ ...(next !== null && { state: next }), ...(who !== '' && { customer: who }) })
  return (
    <form
      key={customer}
      onSubmit={(event) => {
        event.preventDefault()
        show(state, String(new FormData(event.currentTarget).get('customer')).trim())
      }}
    >
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t('state')}
          data={[{ value: '', label: t('anyState') }, ...states.map((value) => ({ value, label: t(value) }))]}
          value={state ?? ''}
          onChange={({ currentTarget }) => show(states.find((each) => each === currentTarget.value) ?? null, customer)}
        />
        <TextInput name="customer" label={t('customerWhole')} maxLength={128} defaultValue={customer} />
        <Button type="submit" variant="default">
          {t('show')}
        </Button>
      </Group>
    </form>
  )
}
