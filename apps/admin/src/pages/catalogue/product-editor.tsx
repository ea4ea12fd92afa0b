import type { Product } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Alert, Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { catalogueMessages } from './catalogue-messages.ts'
import { type ProductDraft, productText, readProduct } from './product-text.ts'

export type StoredProduct = Readonly<{ product: Product; version: number }>

type ProductEditorProps = Readonly<{
  stored: StoredProduct
  /** null: nothing is changed. */
  draft: ProductDraft | null
  onDraft: (draft: ProductDraft | null) => void
  onSaved: () => void
}>

/** A product as text, to be changed; what the catalogue refuses is said by its field, and nothing typed is lost. */
export function ProductEditor({ stored, draft, onDraft, onSaved }: ProductEditorProps) {
  const t = useMessages(catalogueMessages)
  const [faults, setFaults] = useState<readonly string[]>([])
  const text = draft?.text ?? productText(stored.product)
  const save = useSave(stored.product.id)
  const isOvertaken = draft !== null && draft.version !== stored.version
  const type = (typed: string) => {
    const isUnchanged = !isOvertaken && typed === productText(stored.product)
    onDraft(isUnchanged ? null : { text: typed, version: draft?.version ?? stored.version })
  }
  const submit = (changed: ProductDraft) => {
    const read = readProduct(changed.text, stored.product.id)
    if (read.outcome === 'not-json') return setFaults([t('notJson', { reason: read.reason })])
    if (read.outcome === 'not-an-object') return setFaults([t('notAnObject')])
    if (read.outcome === 'other-id') return setFaults([t('otherId', { id: stored.product.id })])
    setFaults([])
    save.mutate(
      { product: read.product, version: changed.version },
      {
        onSuccess(result) {
          if (result.outcome === 'overtaken') return
          setFaults(result.rejected.map(({ field, reason }) => t('refused', { field, reason })))
          if (result.rejected.length > 0) return
          onDraft(null)
          onSaved()
        },
      },
    )
  }
  const takeStored = () => {
    onDraft(null)
    setFaults([])
  }
  return (
    <Stack gap="sm">
      {isOvertaken && (
        <Alert color="yellow" title={t('overtakenTitle', { version: stored.version })} role="alert">
          {t('overtakenBody')}
          <Group gap="xs" mt="sm">
            <Button size="compact-sm" variant="default" onClick={takeStored}>
              {t('takeStored')}
            </Button>
            <Button
              size="compact-sm"
              variant="light"
              color="yellow"
              onClick={() => onDraft({ ...draft, version: stored.version })}
            >
              {t('keepMine')}
            </Button>
          </Group>
        </Alert>
      )}
      <Textarea
        aria-label={t('json')}
        autosize
        minRows={12}
        maxRows={24}
        spellCheck={false}
        value={text}
        error={faults.length > 0 && faults.join('\n')}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        styles={{
          input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 },
          error: { whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
        }}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={draft === null} onClick={takeStored}>
          {t('undo')}
        </Button>
        <Button
          disabled={draft === null || isOvertaken}
          loading={save.isPending}
          onClick={() => draft !== null && submit(draft)}
        >
          {t('save')}
        </Button>
      </Group>
    </Stack>
  )
}

type Change = Readonly<{ product: Record<string, unknown>; version: number }>

/** Stores the product, unless somebody has changed it since: the catalogue itself takes what came last. */
function useSave(id: string) {
  const t = useMessages(catalogueMessages)
  return useApiMutation(
    async ({ product, version }: Change) => {
      const now = await api.getProduct({ id })
      if (now.version !== version) return { outcome: 'overtaken' } as const
      const { rejected } = await api.upsertProducts({ products: [product] })
      return { outcome: 'answered', rejected } as const
    },
    {
      changes: ['products', 'audit'],
      said: (result) => (result.outcome === 'answered' && result.rejected.length === 0 ? t('saved') : null),
    },
  )
}
