import type { Order } from '@eip/contracts'
import { FailureNotice, formatMoney, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Button, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useCanChange } from '../../parts/use-can-change.ts'
import { OrderBadges } from './order-badges.tsx'
import { nextSteps, type Step } from './order-facts.ts'
import { OrderTimeline } from './order-timeline.tsx'
import { ordersMessages } from './orders-messages.ts'
import { StepDialog } from './step-dialog.tsx'

const lookAgainMs = 3_000

/** One order: what was bought, what happened, and what may happen next. */
export function OrderPage() {
  const t = useMessages(ordersMessages)
  const canChange = useCanChange()
  const { id } = useParams({ strict: false }) as { id: string }
  const [step, setStep] = useState<Step | null>(null)
  const { data, error, refetch } = useApiQuery(
    ['orders', 'one', id],
    (signal) => api.getOrder({ orderId: id }, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const back = (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/orders" />}>
      <Group gap={4} component="span">
        <IconArrowLeft size={14} aria-hidden /> {t('back')}
      </Group>
    </Anchor>
  )
  if (data === undefined)
    return (
      <Page title={id} description={back}>
        {error ? <FailureNotice failure={error} onRetry={() => void refetch()} /> : <Skeleton height={240} />}
      </Page>
    )
  const actions = canChange
    ? nextSteps(data).map((each) => (
        <Button
          key={each}
          variant={each === 'cancel' ? 'default' : 'filled'}
          {...(each === 'cancel' && { color: 'red' })}
          onClick={() => setStep(each)}
        >
          {t(each)}
        </Button>
      ))
    : []
  return (
    <Page title={id} description={back} actions={actions.length > 0 && actions}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Panel title={t('facts')} actions={<OrderBadges order={data} />}>
          <Facts order={data} />
        </Panel>
        <Panel title={t('timeline')}>
          <OrderTimeline order={data} />
        </Panel>
      </SimpleGrid>
      <Panel title={t('lines')} isFlush>
        <Lines order={data} />
      </Panel>
      {step !== null && <StepDialog order={data} step={step} onClose={() => setStep(null)} />}
    </Page>
  )
}

function Facts({ order }: Readonly<{ order: Order }>) {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  const { customer, region, total, reason } = order
  const facts = [
    [t('customer'), customer],
    [t('region'), region ?? t('unset')],
    [t('total'), formatMoney(total, language)],
    ...(reason === '' ? [] : [[t('reason'), reason]]),
  ]
  return (
    <Stack gap={6}>
      {facts.map(([name, value]) => (
        <Group key={name} gap="sm" wrap="nowrap" align="baseline">
          <Text size="sm" c="dimmed" miw={90}>
            {name}
          </Text>
          <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

type Line = Order['lines'][number]

function Lines({ order }: Readonly<{ order: Order }>) {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  const columns: readonly Column<Line>[] = [
    {
      ...{ key: 'product', title: t('product') },
      cell: ({ productId, title }) => (
        <>
          <Text size="sm" lineClamp={2} dir="auto">
            {title || productId}
          </Text>
          <Anchor size="xs" renderRoot={(props) => <Link {...props} to="/catalogue" search={{ product: productId }} />}>
            {productId}
          </Anchor>
        </>
      ),
    },
    {
      ...{ key: 'seller', title: t('seller') },
      cell: ({ seller, sellerRegion }) => [seller, sellerRegion].filter(Boolean).join(' · ') || t('unset'),
    },
    {
      ...{ key: 'quantity', title: t('quantity'), isNumber: true },
      cell: ({ quantity }) => formatNumber(quantity, language),
    },
    {
      ...{ key: 'comeBack', title: t('comeBack'), isNumber: true },
      cell: ({ returned }) => formatNumber(returned, language),
    },
    {
      ...{ key: 'unitPrice', title: t('unitPrice'), isNumber: true },
      cell: ({ unitPrice }) => formatMoney(unitPrice, language),
    },
  ]
  return (
    <DataTable
      label={t('lines')}
      rows={order.lines}
      columns={columns}
      rowKey={(line) => `${order.lines.indexOf(line)}`}
    />
  )
}
