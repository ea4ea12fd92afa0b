import type { EmbeddingStatus } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Badge, Button, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { encodersMessages } from './encoders-messages.ts'

export type Encoder = EmbeddingStatus['encoders'][number]

const colours = { filling: 'blue', serving: 'teal', standby: 'yellow', retired: 'gray' } as const

type EncodersTableProps = Readonly<{
  encoders: readonly Encoder[] | undefined
  failure: unknown
  onRetry: () => void
  /** null: this role may not. */
  onUse: ((encoder: Encoder) => void) | null
}>

export function EncodersTable({ encoders, failure, onRetry, onUse }: EncodersTableProps) {
  const t = useMessages(encodersMessages)
  const { language } = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const columns: readonly Column<Encoder>[] = [
    {
      ...{ key: 'name', title: t('name'), value: ({ name }) => name },
      cell: ({ name, encoder, trouble }) => (
        <>
          <Text size="sm" fw={550}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {encoder}
          </Text>
          {trouble && (
            <Text size="xs" c="red">
              {trouble}
            </Text>
          )}
        </>
      ),
    },
    {
      ...{ key: 'state', title: t('state'), value: ({ state }) => state },
      cell: ({ state }) => (
        <Badge variant="light" color={colours[state]}>
          {t(state === 'filling' ? 'fillingState' : state)}
        </Badge>
      ),
    },
    { key: 'kind', title: t('kind'), cell: ({ kind }) => t(kind) },
    {
      ...{ key: 'products', title: t('products'), isNumber: true, value: ({ embedded }) => embedded },
      cell: ({ embedded }) => number(embedded),
    },
    {
      ...{ key: 'lag', title: t('lag'), isNumber: true, value: ({ lag }) => lag },
      cell: ({ lag }) => (lag === null ? '–' : number(lag)),
    },
    { ...{ key: 'dimensions', title: t('dimensions'), isNumber: true }, cell: ({ dimensions }) => number(dimensions) },
    {
      ...{ key: 'languages', title: t('languages') },
      cell: ({ languages }) => languages?.join(', ') ?? t('anyLanguage'),
    },
    {
      ...{ key: 'use', title: '', width: 1 },
      cell: (encoder) =>
        onUse !== null &&
        (encoder.state === 'standby' || encoder.state === 'retired') && (
          <Button size="compact-xs" variant="default" onClick={() => onUse(encoder)}>
            {t(encoder.state === 'standby' ? 'goBack' : 'use')}
          </Button>
        ),
    },
  ]
  return (
    <DataTable
      label={t('title')}
      rows={encoders}
      columns={columns}
      rowKey={({ encoder }) => encoder}
      failure={failure}
      onRetry={onRetry}
    />
  )
}
