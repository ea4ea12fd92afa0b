import type { ProductImport } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Badge, Progress, Text } from '@mantine/core'
import { importsMessages } from './imports-messages.ts'

const colours = {
  ...{ receiving: 'blue', waiting: 'yellow', running: 'blue' },
  ...{ done: 'teal', failed: 'red', cancelled: 'gray' },
} as const

export function ImportBadge({ state }: Pick<ProductImport, 'state'>) {
  const t = useMessages(importsMessages)
  return (
    <Badge variant="light" color={colours[state]}>
      {t(state)}
    </Badge>
  )
}

/** How far an import is, while it is under way. */
export function ImportProgress({ given }: Readonly<{ given: ProductImport }>) {
  const t = useMessages(importsMessages)
  const { state, phase, share, received, bytes } = given
  if (state !== 'receiving' && state !== 'running') return null
  const [label, done] = state === 'receiving' ? [t('receiving'), received / bytes] : [t(phase ?? 'hashing'), share]
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Progress value={done * 100} aria-label={label} animated mt={4} />
    </div>
  )
}
