import { Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type PanelProps = Readonly<{ title?: string; actions?: ReactNode; children: ReactNode; isFlush?: boolean }>

/** A part of a page with a heading of its own. `isFlush`: what is inside reaches the edges, as tables do, which say themselves what they are. */
export function Panel({ title, actions, children, isFlush = false }: PanelProps) {
  return (
    <Paper
      withBorder
      radius="md"
      component="section"
      {...(!isFlush && { 'aria-label': title })}
      style={{ overflow: 'hidden', minWidth: 0 }}
    >
      {(title || actions) && (
        <Group justify="space-between" px="md" pt="sm" pb={isFlush ? 'sm' : 0}>
          {title && (
            <Title order={2} size="h5">
              {title}
            </Title>
          )}
          {actions}
        </Group>
      )}
      <div style={isFlush ? undefined : { padding: 'var(--mantine-spacing-md)' }}>{children}</div>
    </Paper>
  )
}
