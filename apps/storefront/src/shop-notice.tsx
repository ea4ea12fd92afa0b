import { useMessages } from '@eip/theme'
import { CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { buyMessages } from './cart/buy-messages.ts'
import classes from './shop-notice.module.css'

/** One sentence at the foot of the window: what became of something that was done elsewhere on the page. */
export type ShopNotice = Readonly<{ text: string; tone: 'done' | 'failed'; leads?: 'cart' }>

let shown: ShopNotice | null = null
const readers = new Set<() => void>()

export function tell(notice: ShopNotice | null): void {
  shown = notice
  for (const reader of readers) reader()
}

const subscribe = (reader: () => void) => {
  readers.add(reader)
  return () => readers.delete(reader)
}

const shownMs = 6_000

/** Stands in the page always, so that screen readers hear what comes into it. */
export function ShopNoticeBar() {
  const t = useMessages(buyMessages)
  const notice = useSyncExternalStore(subscribe, () => shown)
  useEffect(() => {
    if (notice === null || notice.tone === 'failed') return
    const timer = setTimeout(() => tell(null), shownMs)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div role="status" className={classes.place}>
      {notice && (
        <div className={classes.notice} data-tone={notice.tone}>
          <span className={classes.text}>{notice.text}</span>
          {notice.leads === 'cart' && (
            <Link to="/cart" className={classes.link ?? ''} onClick={() => tell(null)}>
              {t('toCart')}
            </Link>
          )}
          <CloseButton
            className={classes.close ?? ''}
            variant="transparent"
            aria-label={t('close')}
            onClick={() => tell(null)}
          />
        </div>
      )}
    </div>
  )
}
