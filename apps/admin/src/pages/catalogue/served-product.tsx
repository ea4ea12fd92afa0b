import { FailureNotice, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Badge, Code, Group, Skeleton, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { api, useApiQuery } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { servedMessages } from './served-messages.ts'
import { type ServedRow, type ServedValue, servedRows } from './served-rows.ts'

const lookAgainMs = 2_000

/** One product as its owners know it beside what the search serves of it; what differs is marked. */
export function ServedProduct({ id }: Readonly<{ id: string }>) {
  const t = useMessages(servedMessages)
  const { data, error, refetch } = useApiQuery(
    ['products', 'served', id],
    (signal) => api.servedProduct({ id }, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const columns = useColumns()
  if (data === undefined)
    return error ? <FailureNotice failure={error} onRetry={() => void refetch()} /> : <Skeleton height={240} />
  const rows = servedRows(data)
  const different = rows.filter(({ isSame }) => !isSame).length
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {t('lead')}
      </Text>
      <Group justify="space-between">
        <Group gap="xs" role="status">
          <Badge variant="light" tt="none" color={different === 0 ? 'teal' : 'orange'}>
            {different === 0 ? t('same') : t('differences', { count: different })}
          </Badge>
          {different > 0 && <Text size="xs">{t('differencesWhy')}</Text>}
        </Group>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/stock/$id" params={{ id }} />}>
          {t('openStock')}
        </Anchor>
      </Group>
      <DataTable label={t('served')} rows={rows} columns={columns} rowKey={({ owner, field }) => `${owner} ${field}`} />
    </Stack>
  )
}

function useColumns(): readonly Column<ServedRow>[] {
  const t = useMessages(servedMessages)
  const { language } = useLanguage()
  const shown = (value: ServedValue) => {
    if (value === null) return t('nothing')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') return formatNumber(value, language, { maximumFractionDigits: 4 })
    return <Code title={value}>{value.slice(0, 12)}</Code>
  }
  return [
    {
      ...{ key: 'value', title: t('value') },
      cell: ({ owner, field }) => (
        <>
          <Text span size="sm" c="dimmed">
            {t(owner)}:
          </Text>{' '}
          {t(field)}
        </>
      ),
    },
    { ...{ key: 'owner', title: t('owner'), isNumber: true }, cell: ({ truth }) => shown(truth) },
    { ...{ key: 'view', title: t('view'), isNumber: true }, cell: ({ view }) => shown(view) },
    {
      ...{ key: 'mark', title: '', width: 1 },
      cell: ({ isSame }) =>
        !isSame && (
          <Badge size="sm" variant="light" color="orange" tt="none">
            {t('differs')}
          </Badge>
        ),
    },
  ]
}
