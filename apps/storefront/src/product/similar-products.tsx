import { useMessages } from '@eip/theme'
import { Skeleton } from '@mantine/core'
import cards from '../product-card.module.css'
import { ProductCard } from '../product-card.tsx'
import { productMessages } from './product-messages.ts'
import classes from './product-page.module.css'
import { useSimilar } from './use-product.ts'

type SimilarProductsProps = Readonly<{ id: string }>

const places = [0, 1, 2, 3, 4]

/** Products like this one. They are an extra: the product's page stands without them. */
export function SimilarProducts({ id }: SimilarProductsProps) {
  const t = useMessages(productMessages)
  const { data, error, failureReason } = useSimilar(id)
  if (data?.hits.length === 0) return null
  const failed = (error ?? failureReason) !== null
  return (
    <section className={classes.section}>
      <h2>{t('similar')}</h2>
      {failed && <p className={classes.aside}>{t('similarFailed')}</p>}
      {data?.degraded.some(({ part }) => part === 'vectors') && <p className={classes.aside}>{t('wordsOnly')}</p>}
      {data ? (
        <ul className={cards.grid}>
          {data.hits.map((hit) => (
            <li key={hit.id}>
              <ProductCard hit={hit} />
            </li>
          ))}
        </ul>
      ) : (
        !failed && (
          <div className={cards.grid} aria-hidden>
            {places.map((place) => (
              <Skeleton key={place} h={300} radius={12} />
            ))}
          </div>
        )
      )}
    </section>
  )
}
