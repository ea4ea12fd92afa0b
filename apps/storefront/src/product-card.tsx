import { ProductPicture, ScoreBars, type ScoreScale } from '@eip/theme'
import { Link } from '@tanstack/react-router'
import { CardButton } from './cart/card-button.tsx'
import { canBeHad, FulfilmentText, UnavailableText } from './delivery/fulfilment-text.tsx'
import { PriceText } from './price-text.tsx'
import classes from './product-card.module.css'
import type { Hit } from './search/use-results.ts'
import { StarsText } from './stars-text.tsx'

type ProductCardProps = Readonly<{
  hit: Hit
  isFirst?: boolean
  /** Shows the hit's score in its parts, where it came with them. */
  scale?: ScoreScale | undefined
}>

export function ProductCard({ hit, isFirst = false, scale }: ProductCardProps) {
  const { id, title, language, brand, categoryPath, price, rating, image, fulfilment, explanation, score } = hit
  const isExplained = explanation !== undefined && scale !== undefined
  return (
    <article className={`${classes.card} ${isExplained ? classes.explained : ''}`}>
      <div className={classes.picture}>
        <ProductPicture image={image} title={title} categoryPath={categoryPath} isFirst={isFirst} />
      </div>
      <div className={classes.text}>
        {brand && (
          <span className={classes.brand} dir="auto">
            {brand}
          </span>
        )}
        <h3 className={classes.title} dir="auto" lang={language ?? undefined}>
          <Link to="/products/$id" params={{ id }} className={classes.link ?? ''} title={title}>
            {title}
          </Link>
        </h3>
        <FulfilmentText fulfilment={fulfilment} />
        <div className={classes.last}>
          <span className={classes.price}>
            <PriceText price={price} />
          </span>
          {rating && rating.count > 0 && <StarsText rating={rating} />}
        </div>
        <div className={classes.slot}>
          {canBeHad(fulfilment) ? (
            price !== null && <CardButton id={id} title={title} />
          ) : (
            <UnavailableText fulfilment={fulfilment} />
          )}
        </div>
      </div>
      {isExplained && (
        <div className={classes.scores}>
          <ScoreBars explanation={explanation} score={score} scale={scale} />
        </div>
      )}
    </article>
  )
}
