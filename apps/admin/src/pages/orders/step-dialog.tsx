import type { Order } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, Group, Modal, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { left, momentOf, type Step } from './order-facts.ts'
import { ordersMessages } from './orders-messages.ts'

type StepDialogProps = Readonly<{ order: Order; step: Step; onClose: () => void }>

type Given = Readonly<{ when: string; reason: string; units: Readonly<Record<string, number>> }>

function take(step: Step, orderId: string, { when, reason, units }: Given): Promise<Order> {
  const moment = momentOf(when)
  const at = moment === undefined ? {} : { at: moment }
  if (step === 'ship') return api.shipOrder({ orderId, ...at })
  if (step === 'deliver') return api.deliverOrder({ orderId, ...at })
  if (step === 'cancel') return api.cancelOrder({ orderId, reason, ...at })
  const lines = Object.entries(units)
    .filter(([, quantity]) => quantity > 0)
    .map(([productId, quantity]) => ({ productId, quantity }))
  return api.returnOrder({ orderId, lines, reason, ...at })
}

type Goods = Readonly<{ productId: string; title: string; units: number }>

/** What can still come back, by product: one may stand in several lines. */
function returnable({ lines }: Order): readonly Goods[] {
  const found = new Map<string, Goods>()
  for (const line of lines) {
    const { productId, title } = line
    const units = (found.get(productId)?.units ?? 0) + left(line)
    found.set(productId, { productId, title: title || productId, units })
  }
  return [...found.values()].filter(({ units }) => units > 0)
}

/** Asks when and why before an order takes a step. */
export function StepDialog({ order, step, onClose }: StepDialogProps) {
  const t = useMessages(ordersMessages)
  const [when, setWhen] = useState('')
  const [reason, setReason] = useState('')
  const [goods] = useState(() => returnable(order))
  const [units, setUnits] = useState<Given['units']>(() =>
    Object.fromEntries(goods.map((each) => [each.productId, each.units])),
  )
  const taking = useApiMutation((given: Given) => take(step, order.orderId, given), {
    changes: ['orders', 'stock', 'audit'],
    said: () => t(`${step}Said`),
  })
  const isEmpty = step === 'giveBack' && Object.values(units).every((count) => count === 0)
  return (
    <Modal opened onClose={onClose} title={t(step)} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          taking.mutate({ when, reason: reason.trim(), units }, { onSuccess: onClose })
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t(`${step}Body`)}</Text>
          {step === 'giveBack' && <ReturnedUnits goods={goods} units={units} onChange={setUnits} />}
          {(step === 'cancel' || step === 'giveBack') && (
            <Textarea
              label={t('why')}
              maxLength={500}
              autosize
              minRows={2}
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
          <TextInput
            type="datetime-local"
            label={t('when')}
            description={t('whenHint')}
            value={when}
            onChange={({ currentTarget }) => setWhen(currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
            <Button
              type="submit"
              {...(step === 'cancel' && { color: 'red' })}
              disabled={isEmpty}
              loading={taking.isPending}
            >
              {t(step)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type ReturnedUnitsProps = Readonly<{
  goods: readonly Goods[]
  units: Given['units']
  onChange: (units: Given['units']) => void
}>

/** How many came back of each product, of those that still can. */
function ReturnedUnits({ goods, units, onChange }: ReturnedUnitsProps) {
  const t = useMessages(ordersMessages)
  return goods.map(({ productId, title, units: most }) => (
    <NumberInput
      key={productId}
      label={t('unitsBack', { title: title.slice(0, 80).toWellFormed() })}
      min={0}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      value={units[productId] ?? 0}
      onChange={(next) => onChange({ ...units, [productId]: Number(next) || 0 })}
    />
  ))
}
