import type { SearchHit, SearchOutput } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'
import { pageSize } from './use-listing.ts'

type ListBarProps = Readonly<{
  answer: SearchOutput | undefined
  page: number
  /** null: nothing can be chosen. */
  chosen: ReadonlyMap<string, SearchHit> | null
  onToggleAll: () => void
  onDelete: () => void
  onPage: (page: number) => void
}>

/** Above the table: how many there are, what is chosen of them, and paging. */
export function ListBar({ answer, page, chosen, onToggleAll, onDelete, onPage }: ListBarProps) {
  const t = useMessages(catalogueMessages)
  const hits = answer?.hits ?? []
  const here = hits.filter(({ id }) => chosen?.has(id)).length
  const pages = Math.max(1, Math.ceil((answer?.reachable ?? 0) / pageSize))
  return (
    <div className={classes.bar}>
      <Group gap="md" mih={26}>
        {chosen && hits.length > 0 && (
          <Checkbox
            size="xs"
            label={t('selectAll')}
            checked={here === hits.length}
            indeterminate={here > 0 && here < hits.length}
            onChange={onToggleAll}
          />
        )}
        {chosen && chosen.size > 0 && (
          <Button
            size="compact-xs"
            color="red"
            variant="light"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={onDelete}
          >
            {t('deleteSelected', { count: chosen.size })}
          </Button>
        )}
      </Group>
      <Group gap="xs">
        {answer && (
          <Text size="sm" fw={600} role="status">
            {t('found', { count: answer.total })}
          </Text>
        )}
        {answer && answer.reachable < answer.total && (
          <Text size="xs" c="dimmed">
            {t('reachable', { count: answer.reachable })}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('page', { page, pages })}
        </Text>
        <Button size="compact-xs" variant="default" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          {t('previous')}
        </Button>
        <Button size="compact-xs" variant="default" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          {t('next')}
        </Button>
      </Group>
    </div>
  )
}
