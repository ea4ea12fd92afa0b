import { useMessages } from '@eip/theme'
import { api } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { RowsImport } from '../../parts/rows-import.tsx'
import { columnOf, readStockFile } from './stock-file.ts'
import { stockMessages } from './stock-messages.ts'

/** As many rows as the gateway takes at once. */
const batchSize = 1_000

/** A file of what was counted on the shelves. */
export function StockImport() {
  const t = useMessages(stockMessages)
  const words = {
    ...{ empty: t('faultEmpty'), lacking: t('faultLacking'), unknownColumn: t('faultUnknownColumn') },
    ...{ twice: t('faultTwice'), quote: t('faultQuote'), columns: t('faultColumns') },
    ...{ number: t('faultNumber'), broken: t('faultBroken') },
  }
  return (
    <Panel title={t('import')}>
      <RowsImport
        label={t('file')}
        hint={t('importHint')}
        accept=".csv,text/csv,text/plain"
        batchSize={batchSize}
        read={(text) => readStockFile(text, words)}
        send={async (rows, operationId) => {
          const { changed, unchanged, rejected } = await api.countStock({ operationId, rows: [...rows] })
          const refused = rejected.map((each) => ({ ...each, field: columnOf(each.field) }))
          return { counts: { changed, unchanged }, rejected: refused }
        }}
        nameOf={(count) => t(count === 'changed' ? 'changed' : 'unchanged')}
        changes={['stock']}
      />
    </Panel>
  )
}
