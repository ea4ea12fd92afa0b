import { ProductPicture } from '@eip/theme'
import type { Order } from './order-steps.ts'
import classes from './orders-page.module.css'

type OrderPicturesProps = Readonly<{ lines: Order['lines'] }>

const shown = 3

/** The first few things of an order, overlapping. Orders keep no pictures: they are drawn from title and category. */
export function OrderPictures({ lines }: OrderPicturesProps) {
  return (
    <div className={classes.pictures} aria-hidden>
      {lines.slice(0, shown).map(({ productId, title, categoryPath }) => (
        <span key={productId} className={classes.picture}>
          <ProductPicture image={null} title={title} categoryPath={categoryPath} />
        </span>
      ))}
    </div>
  )
}
