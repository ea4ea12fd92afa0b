import type { PolicyDocument, PolicyDraft } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Badge, Button, Group, Modal, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { flat, merge, withValue } from './policy-document.ts'
import { policyMessages } from './policy-messages.ts'
import { useShownValue } from './use-shown-value.ts'

type ConflictDialogProps = Readonly<{
  base: PolicyDocument
  /** null: their draft is gone; the published policy stands for it. */
  theirs: PolicyDraft | null
  published: PolicyDocument
  mine: PolicyDocument
  titleOf: (path: string) => string
  onChoose: (document: PolicyDocument) => void
  onClose: () => void
}>

/** Somebody else has saved meanwhile: field by field one chooses theirs or mine, and nothing is lost. */
export function ConflictDialog({ base, theirs, published, mine, titleOf, onChoose, onClose }: ConflictDialogProps) {
  const t = useMessages(policyMessages)
  const other = theirs?.document ?? published
  const merged = merge(base, other, mine)
  const [chosen, setChosen] = useState(merged.document)
  const shown = useShownValue()
  const valueAt = (path: string) => flat(chosen).get(path)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      styles={{ title: { lineHeight: 1.35 } }}
      title={theirs === null ? t('conflictGone') : t('conflictTitle', { by: theirs.savedBy })}
    >
      <Stack gap="md">
        <Text size="sm">{t('conflictBody')}</Text>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field')}</Table.Th>
              <Table.Th>{t('choose')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {merged.touched.map(({ path, base: was, theirs: is, mine: own, isConflict }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  {titleOf(path)}{' '}
                  <Text span size="xs" c="dimmed">
                    {t('was', { value: shown(was) })}
                  </Text>{' '}
                  {isConflict && (
                    <Badge size="sm" color="orange" variant="light" tt="none">
                      {t('both')}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td w={1}>
                  <SegmentedControl
                    size="xs"
                    aria-label={titleOf(path)}
                    value={valueAt(path) === is && is !== own ? 'theirs' : 'mine'}
                    data={[
                      { value: 'theirs', label: t('theirs', { value: shown(is) }) },
                      { value: 'mine', label: t('mine', { value: shown(own) }) },
                    ]}
                    onChange={(side) => setChosen(withValue(chosen, path, side === 'theirs' ? is : own))}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="space-between">
          <Group gap="xs">
            <Button variant="default" onClick={() => onChoose(other)}>
              {t('takeTheirs')}
            </Button>
            <Button variant="default" onClick={() => onChoose(mine)}>
              {t('keepMine')}
            </Button>
          </Group>
          <Button onClick={() => onChoose(chosen)}>{t('goOn')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
