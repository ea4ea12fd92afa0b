import { useMessages } from '@eip/theme'
import { Table, Text } from '@mantine/core'
import type { PolicyChange } from './policy-document.ts'
import { policyMessages } from './policy-messages.ts'
import { useShownValue } from './use-shown-value.ts'

type ChangesTableProps = Readonly<{
  changes: readonly PolicyChange[]
  before: string
  after: string
  titleOf: (path: string) => string
}>

/** What differs between two policies, field by field. */
export function ChangesTable({ changes, before, after, titleOf }: ChangesTableProps) {
  const t = useMessages(policyMessages)
  const shown = useShownValue()
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noDifference')}
      </Text>
    )
  return (
    <Table verticalSpacing={5} style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field')}</Table.Th>
          <Table.Th ta="end">{before}</Table.Th>
          <Table.Th ta="end">{after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.path}>
            <Table.Td>{titleOf(change.path)}</Table.Td>
            <Table.Td ta="end" c="dimmed">
              {shown(change.before)}
            </Table.Td>
            <Table.Td ta="end" fw={600}>
              {shown(change.after)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
