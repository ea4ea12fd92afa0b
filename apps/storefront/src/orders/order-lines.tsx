import { formatMoney, ProductPicture, useLanguage, useMessages } from '@eip/theme'
import { Link } from '@tanstack/react-router'
import { orderMessages } from './order-messages.ts'
import classes from './order-page.module.css'
import type { Order } from './order-steps.ts'

type OrderLinesProps = Readonly<{ order: Order }>

/** What was ordered, as it was called and priced then. */
export function OrderLines({ order: { lines, total, region } }: OrderLinesProps) {
  const { language } = useLanguage()
  const t = useMessages(orderMessages)
  return (
    <section className={classes.box} aria-labelledby="ordered">
      <h2 id="ordered">{t('products')}</h2>
      <ul className={classes.lines}>
        {lines.map(({ productId, title, categoryPath, seller, quantity, returned, unitPrice }) => (
          <li key={productId} className={classes.line}>
            <span className={classes.picture}>
              <ProductPicture image={null} title={title} categoryPath={categoryPath} />
            </span>
            <div className={classes.what}>
              <Link to="/products/$id" params={{ id: productId }} className={classes.title ?? ''} dir="auto">
                {title || productId}
              </Link>
              <p className={classes.aside}>
                {[
                  t('pieces', { count: quantity }),
                  ...(returned > 0 ? [t('sentBack', { count: returned })] : []),
                  ...(seller === null ? [] : [t('seller', { seller })]),
                ].join(' · ')}
              </p>
            </div>
            <span className={classes.price}>
              {formatMoney({ ...unitPrice, amount: unitPrice.amount * quantity }, language)}
            </span>
          </li>
        ))}
      </ul>
      <p className={classes.sum}>
        <span>{t('total')}</span>
        <span className={classes.total}>{formatMoney(total, language)}</span>
      </p>
      {region !== null && <p className={classes.aside}>{t('region', { region })}</p>}
    </section>
  )
}
