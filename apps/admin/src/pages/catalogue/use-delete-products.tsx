import { useMessages } from '@eip/theme'
import { Text } from '@mantine/core'
import { api, useApiMutation } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'

type Named = Readonly<{ id: string; title: string }>

/** As many as the catalogue deletes in one call. */
const mostAtOnce = 1_000
const longestName = 80

/** Asks, names what goes, and deletes it. */
export function useDeleteProducts(onDeleted: () => void): (products: readonly Named[]) => void {
  const t = useMessages(catalogueMessages)
  const confirm = useConfirm()
  const removal = useApiMutation(
    async (ids: readonly string[]) => {
      let deleted = 0
      for (let at = 0; at < ids.length; at += mostAtOnce)
        deleted += (await api.deleteProducts({ ids: ids.slice(at, at + mostAtOnce) })).deleted
      return deleted
    },
    { changes: ['products', 'audit'], said: (count) => t('deleted', { count }) },
  )
  return (products) =>
    confirm({
      title: t('deleteTitle', { count: products.length }),
      body: <WhatGoes products={products} />,
      action: t('deleteAction', { count: products.length }),
      onConfirm: () =>
        removal.mutate(
          products.map(({ id }) => id),
          { onSuccess: onDeleted },
        ),
    })
}

function WhatGoes({ products }: Readonly<{ products: readonly Named[] }>) {
  const t = useMessages(catalogueMessages)
  return (
    <>
      <Text size="sm">{t('deleteBody', { count: products.length })}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul className={classes.named} tabIndex={0} aria-label={t('whatGoes')}>
        {products.map(({ id, title }) => (
          <li key={id}>
            <bdi>{title.length > longestName ? `${title.slice(0, longestName).toWellFormed()}…` : title}</bdi>{' '}
            <span className={classes.faint}>{id}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
