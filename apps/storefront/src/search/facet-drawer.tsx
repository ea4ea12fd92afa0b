import { useMessages } from '@eip/theme'
import { ActionIcon, Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './facet-drawer.module.css'
import { searchMessages } from './search-messages.ts'

type FacetDrawerProps = Readonly<{ chosen: number; total: number | undefined; children: ReactNode }>

/** The filters on a phone: the browser's own dialog keeps the focus inside, closes by Escape and gives the focus back. */
export function FacetDrawer({ chosen, total, children }: FacetDrawerProps) {
  const t = useMessages(searchMessages)
  const dialog = useRef<HTMLDialogElement>(null)
  const close = () => dialog.current?.close()
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={() => dialog.current?.showModal()}
      >
        {chosen === 0 ? t('filters') : t('filtersChosen', { count: chosen })}
      </Button>
      <dialog
        ref={dialog}
        className={classes.drawer}
        aria-label={t('filters')}
        // A click beside the drawer is a click on the dialog itself: its content fills it.
        onClick={(event) => event.target === event.currentTarget && close()}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        <div className={classes.sheet}>
          <div className={classes.head}>
            <h2 className={classes.title}>{t('filters')}</h2>
            <ActionIcon variant="subtle" color="gray" size={40} aria-label={t('close')} onClick={close}>
              <IconX size={20} aria-hidden />
            </ActionIcon>
          </div>
          <div className={classes.body}>{children}</div>
          <div className={classes.foot}>
            <Button fullWidth size="md" onClick={close}>
              {total === undefined ? t('close') : t('showResults', { count: total })}
            </Button>
          </div>
        </div>
      </dialog>
    </>
  )
}
