import { EmptyState, FailureNotice, ProductPicture, useMessages } from '@eip/theme'
import { Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { api, useApiQuery } from '../../api.ts'
import { catalogueMessages } from './catalogue-messages.ts'

const size = 12

export function SimilarProducts({ id, onOpen }: Readonly<{ id: string; onOpen: (id: string) => void }>) {
  const t = useMessages(catalogueMessages)
  const { data, error, refetch } = useApiQuery(['products', 'similar', id], (signal) =>
    api.similarProducts({ id, size }, { signal }),
  )
  if (data === undefined) return error ? <FailureNotice failure={error} onRetry={refetch} /> : <Skeleton height={160} />
  if (data.hits.length === 0) return <EmptyState title={t('noSimilar')} />
  return (
    <Stack gap="xs">
      {data.hits.map((hit) => (
        <UnstyledButton key={hit.id} onClick={() => onOpen(hit.id)}>
          <Group gap="sm" wrap="nowrap">
            <div style={{ width: 40, height: 40, flexShrink: 0 }}>
              <ProductPicture title={hit.title} categoryPath={hit.categoryPath} image={hit.image} />
            </div>
            <div style={{ minWidth: 0 }}>
              <Text size="sm" lineClamp={1} dir="auto">
                {hit.title}
              </Text>
              <Text size="xs" c="dimmed">
                {hit.brand ?? hit.id}
              </Text>
            </div>
          </Group>
        </UnstyledButton>
      ))}
    </Stack>
  )
}
