import { Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'

type StatProps = Readonly<{ label: string; value: ReactNode; note?: ReactNode; tone?: 'good' | 'bad' | undefined }>

/** One figure that is looked at often. */
export function Stat({ label, value, note, tone }: StatProps) {
  const colour = tone === 'bad' ? 'red' : tone === 'good' ? 'teal' : undefined
  return (
    <Paper withBorder radius="md" p="sm" miw={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz={24} fw={650} lh={1.25} style={{ fontVariantNumeric: 'tabular-nums' }} {...(colour && { c: colour })}>
        {value}
      </Text>
      {note && (
        <Text size="xs" c="dimmed" truncate>
          {note}
        </Text>
      )}
    </Paper>
  )
}
