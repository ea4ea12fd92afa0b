import { useMessages } from '@eip/theme'
import { api } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { RowsImport } from '../../parts/rows-import.tsx'
import { readOrdersFile } from './orders-file.ts'
import { ordersMessages } from './orders-messages.ts'

/** As many orders as the gateway takes at once. */
const batchSize = 500

/** A file of orders of another system. */
export function OrdersImport() {
  const t = useMessages(ordersMessages)
  const json = (reason: string) => t('faultJson', { reason })
  const words = { json, object: t('faultObject'), empty: t('faultEmpty') }
  return (
    <Panel title={t('import')}>
      <RowsImport
        label={t('file')}
        hint={t('importHint')}
        accept=".jsonl,.ndjson,application/x-ndjson,text/plain"
        batchSize={batchSize}
        read={(text) => readOrdersFile(text, words)}
        send={async (rows) => {
          const { created, updated, unchanged, rejected } = await api.importOrders({ orders: [...rows] })
          return { counts: { created, updated, unchanged }, rejected }
        }}
        nameOf={(count) => t(count === 'created' || count === 'updated' ? count : 'unchanged')}
        changes={['orders']}
      />
    </Panel>
  )
}
