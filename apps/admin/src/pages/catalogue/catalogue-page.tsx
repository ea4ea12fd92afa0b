import { EmptyState, useMessages } from '@eip/theme'
import { Group } from '@mantine/core'
import { useSession } from '../../api.ts'
import { OpenById } from '../../parts/open-by-id.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { CatalogueFilters } from './catalogue-filters.tsx'
import { catalogueMessages } from './catalogue-messages.ts'
import { ListBar } from './list-bar.tsx'
import { ProductDrawer } from './product-drawer.tsx'
import { ProductsTable } from './products-table.tsx'
import { SearchField } from './search-field.tsx'
import { useCatalogueState } from './use-catalogue-state.ts'
import { useChosen } from './use-chosen.ts'
import { useDeleteProducts } from './use-delete-products.tsx'
import { useListing } from './use-listing.ts'

/** The products as shoppers find them, and each as it is stored. */
export function CataloguePage() {
  const t = useMessages(catalogueMessages)
  const session = useSession()
  const canChange = 'session' in session && ['merchandiser', 'operator'].includes(session.session.role)
  const [state, change] = useCatalogueState()
  const { answer, failure, retry, catchUp } = useListing(state)
  const { chosen, toggle, toggleAll, clear } = useChosen()
  const askToDelete = useDeleteProducts(() => {
    clear()
    catchUp()
    if (state.product !== '') change({ product: '' })
  })
  const open = (product: string) => change({ product })
  return (
    <Page title={t('title')} description={t('description')}>
      <Group gap="sm" align="flex-end">
        <SearchField query={state.q} onQuery={(q) => change({ q, page: 1 }, { replace: true })} />
        <OpenById label={t('openById')} action={t('open')} onOpen={open} />
      </Group>
      <CatalogueFilters
        facets={answer?.facets ?? []}
        filters={state.filters}
        sort={state.sort}
        onFilters={(filters) => change({ filters, page: 1 })}
        onSort={(sort) => change({ sort, page: 1 })}
      />
      <Panel isFlush>
        <ListBar
          answer={answer}
          page={state.page}
          chosen={canChange ? chosen : null}
          onToggleAll={() => toggleAll(answer?.hits ?? [])}
          onDelete={() => askToDelete([...chosen.values()])}
          onPage={(page) => change({ page })}
        />
        <ProductsTable
          hits={answer?.hits}
          failure={failure}
          onRetry={retry}
          onOpen={open}
          chosen={canChange ? chosen : null}
          onToggle={toggle}
          empty={<EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>}
        />
      </Panel>
      <ProductDrawer
        id={state.product === '' ? null : state.product}
        canChange={canChange}
        onClose={() => change({ product: '' })}
        onOpen={open}
        onDelete={(product) => askToDelete([product])}
        onSaved={catchUp}
      />
    </Page>
  )
}
