import { FailureNotice, useMessages } from '@eip/theme'
import { Badge, Button, Drawer, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { JsonView } from '../../parts/json-view.tsx'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'
import { ProductEditor, type StoredProduct } from './product-editor.tsx'
import { ProductFields } from './product-fields.tsx'
import type { ProductDraft } from './product-text.ts'
import { servedMessages } from './served-messages.ts'
import { ServedProduct } from './served-product.tsx'
import { SimilarProducts } from './similar-products.tsx'
import { useUnsavedQuestion } from './unsaved-question.tsx'

type OfOneProduct = Readonly<{
  canChange: boolean
  onOpen: (id: string) => void
  onDelete: (product: Readonly<{ id: string; title: string }>) => void
  onSaved: () => void
}>

type ProductDrawerProps = OfOneProduct &
  Readonly<{
    /** null: closed. */
    id: string | null
    onClose: () => void
  }>

/** One product as it is stored. What is typed belongs to it, and stays while one looks at the other tabs. */
export function ProductDrawer({ id, onClose, ...rest }: ProductDrawerProps) {
  const [typed, setTyped] = useState<Readonly<{ id: string; draft: ProductDraft }> | null>(null)
  const draft = typed !== null && typed.id === id ? typed.draft : null
  const { isAsked, question } = useUnsavedQuestion(draft !== null, () => setTyped(null))
  const { data, error, refetch } = useApiQuery(
    ['products', 'one', id],
    (signal) => api.getProduct({ id: id ?? '' }, { signal }),
    { enabled: id !== null },
  )
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      closeOnEscape={!isAsked}
      position="right"
      size="xl"
      padding="lg"
      title={
        <Text fw={600} className={classes.drawerTitle} dir="auto">
          {data?.product.title ?? id}
        </Text>
      }
    >
      {data ? (
        <OpenProduct
          key={data.product.id}
          stored={data}
          draft={draft}
          onDraft={(next) => setTyped(next && { id: data.product.id, draft: next })}
          {...rest}
        />
      ) : error ? (
        <FailureNotice failure={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={320} />
      )}
      {question}
    </Drawer>
  )
}

type OpenProductProps = OfOneProduct &
  Readonly<{ stored: StoredProduct; draft: ProductDraft | null; onDraft: (draft: ProductDraft | null) => void }>

function OpenProduct({ stored, draft, onDraft, canChange, onOpen, onDelete, onSaved }: OpenProductProps) {
  const t = useMessages(catalogueMessages)
  const served = useMessages(servedMessages)
  const { product, version } = stored
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {product.id} · {t('version', { version })}
          </Text>
          {!product.active && (
            <Badge color="gray" tt="none">
              {t('inactive')}
            </Badge>
          )}
        </Group>
        {canChange && (
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            leftSection={<IconTrash size={14} aria-hidden />}
            disabled={draft !== null}
            onClick={() => onDelete(product)}
          >
            {t('delete')}
          </Button>
        )}
      </Group>
      <Tabs defaultValue="stored" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="stored">{t('stored')}</Tabs.Tab>
          {!canChange && <Tabs.Tab value="json">{t('json')}</Tabs.Tab>}
          {canChange && <Tabs.Tab value="edit">{draft === null ? t('edit') : t('editUnsaved')}</Tabs.Tab>}
          <Tabs.Tab value="served">{served('served')}</Tabs.Tab>
          <Tabs.Tab value="similar">{t('similar')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="stored">
          <ProductFields product={product} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonView value={product} label={t('json')} maxHeight={560} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <ProductEditor stored={stored} draft={draft} onDraft={onDraft} onSaved={onSaved} />
        </Tabs.Panel>
        <Tabs.Panel value="served">
          <ServedProduct id={product.id} />
        </Tabs.Panel>
        <Tabs.Panel value="similar">
          <SimilarProducts id={product.id} onOpen={onOpen} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
