import type { PolicyDocument, PolicyDraft } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Badge, Button, Group, Modal, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { merge, withValue } from './policy-document.ts'
import { policyMessages } from './policy-messages.ts'

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
  const { language } = useLanguage()
  const other = theirs?.document ?? published
  const merged = merge(base, other, mine)
  const [chosen, setChosen] = useState(merged.document)
  const shown = (value: number) => formatNumber(value, language, { maximumFractionDigits: 6 })
  const numberAt = (path: string) => {
    const [part, name, parameter] = path.split('.')
    return part === 'weights' ? chosen.weights[name!] : chosen.features[name!]?.[parameter!]
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={theirs === null ? t('conflictGone') : t('conflictTitle', { by: theirs.savedBy })}
    >
      <Stack gap="md">
        <Text size="sm">{t('conflictBody')}</Text>
        <Table verticalSpacing={5} style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field')}</Table.Th>
              <Table.Th ta="end">{t('before')}</Table.Th>
              <Table.Th ta="end">{t('theirs')}</Table.Th>
              <Table.Th ta="end">{t('mine')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {merged.touched.map(({ path, base: was, theirs: is, mine: own, isConflict }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  {titleOf(path)}{' '}
                  {isConflict && (
                    <Badge size="xs" color="orange" variant="light">
                      {t('both')}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td ta="end" c="dimmed">
                  {shown(was)}
                </Table.Td>
                <Table.Td ta="end">{shown(is)}</Table.Td>
                <Table.Td ta="end">{shown(own)}</Table.Td>
                <Table.Td>
                  <SegmentedControl
                    size="xs"
                    aria-label={titleOf(path)}
                    value={numberAt(path) === is && is !== own ? 'theirs' : 'mine'}
                    data={[
                      { value: 'theirs', label: t('theirs') },
                      { value: 'mine', label: t('mine') },
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
