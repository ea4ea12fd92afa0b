import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { Link } from '@tanstack/react-router'
import { PriceText } from '../price-text.tsx'
import { categoryText } from '../search/category-path.ts'
import { emptySearch, paramsOf } from '../search/search-state.ts'
import { StarsText } from '../stars-text.tsx'
import { BuyBox } from './buy-box.tsx'
import { ProductAttributes } from './product-attributes.tsx'
import { ProductGallery } from './product-gallery.tsx'
import { productMessages } from './product-messages.ts'
import classes from './product-page.module.css'
import type { Product } from './use-product.ts'

type ProductDetailsProps = Readonly<{ product: Product }>

const filteredBy = (filter: string) => paramsOf({ ...emptySearch, filters: [filter] })

export function ProductDetails({ product }: ProductDetailsProps) {
  const { language } = useLanguage()
  const t = useMessages(productMessages)
  const { title, brand, price, rating, seller, description, reviews, createdAt } = product
  return (
    <article>
      <CategoryWay path={product.categoryPath} />
      <div className={classes.product}>
        <ProductGallery product={product} />
        <div className={classes.facts}>
          {brand && (
            <Link to="/" search={filteredBy(`brand:${brand}`)} className={classes.brand ?? ''}>
              <span dir="auto">{brand}</span>
            </Link>
          )}
          <h1 className={classes.title} dir="auto">
            {title}
          </h1>
          {rating && rating.count > 0 && <StarsText rating={rating} />}
          <p className={classes.price}>
            <PriceText price={price} />
          </p>
          <BuyBox product={product} />
          {seller && <p className={classes.aside}>{t('seller', { seller })}</p>}
          {createdAt && <p className={classes.aside}>{t('added', { date: formatDate(createdAt, language, 'day') })}</p>}
          <ProductAttributes attributes={product.attributes} />
        </div>
      </div>
      {description.trim() !== '' && (
        <section className={classes.section}>
          <h2>{t('description')}</h2>
          <p className={classes.description} dir="auto">
            {description}
          </p>
        </section>
      )}
      {reviews.length > 0 && (
        <section className={classes.section}>
          <h2>{t('reviews')}</h2>
          <ul className={classes.reviews}>
            {reviews.map((review) => (
              <li key={review} dir="auto">
                {review}
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}

/** From the widest category to the product's own, each a way into the shop. */
function CategoryWay({ path }: Readonly<{ path: readonly string[] }>) {
  const t = useMessages(productMessages)
  return (
    <nav aria-label={t('way')}>
      <ol className={classes.way}>
        <li>
          <Link to="/">{t('all')}</Link>
        </li>
        {path.map((name, at) => (
          <li key={name}>
            <Link to="/" search={filteredBy(`category:${categoryText(path.slice(0, at + 1))}`)}>
              <span dir="auto">{name}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
