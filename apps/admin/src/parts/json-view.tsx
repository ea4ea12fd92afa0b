import { Code, ScrollArea } from '@mantine/core'

type JsonViewProps = Readonly<{ value: unknown; label: string; maxHeight?: number }>

/** A value as JSON, or a text as it is. */
export function JsonView({ value, label, maxHeight = 420 }: JsonViewProps) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <ScrollArea.Autosize
      mah={maxHeight}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
    >
      <Code block dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </ScrollArea.Autosize>
  )
}
