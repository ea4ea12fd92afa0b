import { defineMessages, useMessages } from '@eip/theme'
import { Button, Group, Text } from '@mantine/core'
import type { Trail } from './trail.ts'

const messages = defineMessages({
  en: { page: 'Page {page}', previous: 'Previous', next: 'Next' },
  ko: { page: '{page}쪽', previous: '이전', next: '다음' },
})

type TrailBarProps<Cursor> = Readonly<{
  trail: Trail<Cursor>
  /** null: this is the last page. undefined: it is on its way. */
  next: Cursor | null | undefined
}>

/** Pages back and forth. */
export function TrailBar<Cursor>({ trail, next }: TrailBarProps<Cursor>) {
  const t = useMessages(messages)
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {t('page', { page: trail.page })}
      </Text>
      <Button size="compact-xs" variant="default" disabled={trail.page === 1} onClick={trail.back}>
        {t('previous')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={next === null || next === undefined}
        onClick={() => next !== null && next !== undefined && trail.forward(next)}
      >
        {t('next')}
      </Button>
    </Group>
  )
}
