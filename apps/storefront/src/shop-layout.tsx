import { ColorSchemeSwitch, LanguageSwitch, useMessages } from '@eip/theme'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { OwnPages } from './cart/cart-link.tsx'
import mark from './mark.svg'
import { RegionSelect } from './region/region-select.tsx'
import { SearchBox } from './search/search-box.tsx'
import classes from './shop-layout.module.css'
import { shopMessages } from './shop-messages.ts'
import { ShopNoticeBar } from './shop-notice.tsx'

/** A reader who goes to another page begins at its content, not at the head that all pages have. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}

export function ShopLayout() {
  const t = useMessages(shopMessages)
  const main = useFocusOnArrival()
  return (
    <div className={classes.shop}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <header className={classes.head}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand ?? ''} aria-label={t('toEntrance')}>
            <img src={mark} alt="" width={28} height={28} />
            <span className={classes.name}>{t('shop')}</span>
          </Link>
          <div className={classes.search}>
            <SearchBox />
          </div>
          <div className={classes.switches}>
            <RegionSelect className={classes.region} />
            <LanguageSwitch />
            <ColorSchemeSwitch />
            <OwnPages />
          </div>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <footer className={classes.foot}>
        <span>{t('footer')}</span>
        <a href="/api/docs">{t('api')}</a>
        <a href="/admin/">{t('admin')}</a>
      </footer>
      <ShopNoticeBar />
    </div>
  )
}
