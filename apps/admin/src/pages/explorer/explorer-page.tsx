import { EmptyState, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsExchange, IconClipboardCheck, IconSearch } from '@tabler/icons-react'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Comparison } from './comparison.tsx'
import { explorerMessages } from './explorer-messages.ts'
import { isEntrance } from './explorer-state.ts'
import { JudgmentsDrawer } from './judgments-drawer.tsx'
import { PlacementPanel } from './placement-panel.tsx'
import { QueryBar } from './query-bar.tsx'
import { RegionField } from './region-field.tsx'
import { useExplorerState } from './use-explorer-state.ts'
import { useSide } from './use-side.ts'

/** One query, listed in two ways. What is compared stands in the address. */
export function ExplorerPage() {
  const t = useMessages(explorerMessages)
  const [state, change] = useExplorerState()
  const [isOpen, { open, close }] = useDisclosure(false)
  const isAsked = !isEntrance(state)
  const left = useSide(state, state.left, isAsked)
  const right = useSide(state, state.right, isAsked)
  const pick = (q: string) => {
    close()
    change({ q })
  }
  return (
    <Page
      title={t('title')}
      description={t('lead')}
      actions={
        <Button variant="default" leftSection={<IconClipboardCheck size={16} aria-hidden />} onClick={open}>
          {t('judgments')}
        </Button>
      }
    >
      <Panel>
        <QueryBar
          q={state.q}
          product={state.product}
          onQuery={(q) => change({ q })}
          onProduct={(product) => change({ product })}
          region={<RegionField region={state.region} onRegion={(region) => change({ region })} />}
        />
      </Panel>
      {isAsked && state.product !== '' && (
        <PlacementPanel product={state.product} answers={{ left, right }} onClose={() => change({ product: '' })} />
      )}
      <Comparison
        state={state}
        answers={{ left, right }}
        isAsked={isAsked}
        onSide={(name, side) => change({ [name]: side })}
        onWhy={(product) => change({ product })}
        actions={
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowsExchange size={15} aria-hidden />}
            onClick={() => change({ left: state.right, right: state.left })}
          >
            {t('swap')}
          </Button>
        }
        entrance={
          <Panel>
            <EmptyState
              title={t('entrance')}
              icon={IconSearch}
              actions={
                <Button variant="default" onClick={open}>
                  {t('pickJudged')}
                </Button>
              }
            >
              {t('entranceLead')}
            </EmptyState>
          </Panel>
        }
      />
      <JudgmentsDrawer isOpen={isOpen} onClose={close} onPick={pick} />
    </Page>
  )
}
