import { useMessages } from '@eip/theme'
import { Group, Switch } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, useApiQuery } from '../../api.ts'
import { OpenById } from '../../parts/open-by-id.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTrail } from '../../parts/trail.ts'
import { TrailBar } from '../../parts/trail-bar.tsx'
import { useCanChange } from '../../parts/use-can-change.ts'
import { StockImport } from './stock-import.tsx'
import { stockMessages } from './stock-messages.ts'
import { StockStats } from './stock-stats.tsx'
import { StockTable } from './stock-table.tsx'

const lookAgainMs = 5_000
const pageSize = 50

/** The stock of all products, and how a file of it comes in. */
export function StockPage() {
  const t = useMessages(stockMessages)
  const canChange = useCanChange()
  const navigate = useNavigate()
  const { low }: Readonly<{ low?: unknown }> = useSearch({ strict: false })
  const onlyLow = low !== undefined
  const trail = useTrail<string>(String(onlyLow))
  const asked = { limit: pageSize, onlyLow, ...(trail.cursor !== undefined && { after: trail.cursor }) }
  const { data, error, refetch } = useApiQuery(['stock', 'list', asked], (signal) => api.listStock(asked, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const show = (isOnlyLow: boolean) =>
    void navigate({ to: '/stock', search: isOnlyLow ? { low: 1 } : {}, resetScroll: false })
  const open = (id: string) => void navigate({ to: '/stock/$id', params: { id } })
  return (
    <Page title={t('title')} description={t('description')}>
      <StockStats />
      <Group>
        <OpenById label={t('openById')} action={t('open')} onOpen={open} />
      </Group>
      <Panel
        title={t('list')}
        isFlush
        actions={
          <Group gap="md">
            <Switch
              size="xs"
              label={t('onlyLow')}
              checked={onlyLow}
              onChange={({ currentTarget }) => show(currentTarget.checked)}
            />
            <TrailBar trail={trail} next={data?.next} />
          </Group>
        }
      >
        <StockTable
          stock={data?.stock}
          failure={error}
          onRetry={() => void refetch()}
          onOpen={open}
          isOnlyLow={onlyLow}
        />
      </Panel>
      {canChange && <StockImport />}
    </Page>
  )
}
