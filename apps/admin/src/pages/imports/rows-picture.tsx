import type { ProductImport } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import classes from './imports.module.css'
import { importsMessages } from './imports-messages.ts'

const kinds = ['created', 'updated', 'unchanged', 'duplicates', 'setAside'] as const
const colours = {
  ...{ created: 'var(--mantine-color-teal-6)', updated: 'var(--mantine-color-blue-6)' },
  ...{ unchanged: 'var(--mantine-color-gray-5)', duplicates: 'var(--mantine-color-yellow-5)' },
  setAside: 'var(--mantine-color-red-6)',
} as const

/** What became of the rows that were read, as one bar and its figures. */
export function RowsPicture({ rows }: Pick<ProductImport, 'rows'>) {
  const t = useMessages(importsMessages)
  const { language } = useLanguage()
  const whole = Math.max(
    1,
    kinds.reduce((sum, kind) => sum + rows[kind], 0),
  )
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {kinds.map(
          (kind) =>
            rows[kind] > 0 && (
              <span key={kind} style={{ width: `${(rows[kind] / whole) * 100}%`, background: colours[kind] }} />
            ),
        )}
      </div>
      <ul className={classes.legend}>
        {kinds.map((kind) => (
          <li key={kind}>
            <span className={classes.dot} style={{ background: colours[kind] }} aria-hidden />
            {t('fieldCount', { what: t(kind), count: formatNumber(rows[kind], language) })}
          </li>
        ))}
      </ul>
    </div>
  )
}
