import { scoreScale, useMessages } from '@eip/theme'
import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from '../product-card.module.css'
import { ProductCard } from '../product-card.tsx'
import { searchMessages } from './search-messages.ts'
import { pageSize } from './search-state.ts'
import type { Hit } from './use-results.ts'

type ResultListProps = Readonly<{ hits: readonly Hit[] | undefined; shows: 'cards' | 'scores' }>

/** The hits as cards; with scores as rows, whose bars have one scale. Grey ones while they are on their way. */
export function ResultList({ hits, shows }: ResultListProps) {
  const t = useMessages(searchMessages)
  if (hits === undefined) return <ResultSkeleton />
  const explanations = hits.flatMap(({ explanation }) => explanation ?? [])
  const scale = shows === 'scores' && explanations.length > 0 ? scoreScale(explanations) : undefined
  return (
    <>
      <VisuallyHidden component="h2">{t('results')}</VisuallyHidden>
      <ol className={scale ? classes.list : classes.grid}>
        {hits.map((hit, at) => (
          <li key={hit.id}>
            <ProductCard hit={hit} isFirst={at < 4} scale={scale} />
          </li>
        ))}
      </ol>
    </>
  )
}

const places = Array.from({ length: pageSize }, (_, at) => at)

function ResultSkeleton() {
  const t = useMessages(searchMessages)
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <div className={classes.grid} aria-hidden>
        {places.map((place) => (
          <div key={place} className={classes.card}>
            <Skeleton className={classes.picture ?? ''} style={{ aspectRatio: '1' }} h="auto" radius={0} />
            <div className={classes.text}>
              <Skeleton h={10} w="35%" />
              <Skeleton h={13} mt={6} />
              <Skeleton h={13} w="70%" />
              <Skeleton h={16} w="40%" mt={14} />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
