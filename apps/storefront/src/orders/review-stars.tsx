import { useMessages } from '@eip/theme'
import { VisuallyHidden } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useId } from 'react'
import { orderMessages } from './order-messages.ts'
import classes from './order-page.module.css'

type ReviewStarsProps = Readonly<{
  score: number
  /** Without it they are only to be seen. */
  onScore?: (score: number) => void
}>

const scores = [1, 2, 3, 4, 5] as const

/** Five radio buttons that look like stars: arrows choose, as with any of them. */
export function ReviewStars({ score, onScore }: ReviewStarsProps) {
  const t = useMessages(orderMessages)
  const name = useId()
  const sign = (at: number) => (at <= score ? <IconStarFilled size={26} /> : <IconStar size={26} stroke={1.5} />)
  if (onScore === undefined)
    return (
      <span className={classes.rating} aria-hidden>
        {scores.map((at) => (
          <span key={at}>{sign(at)}</span>
        ))}
      </span>
    )
  return (
    <fieldset className={classes.rating}>
      <VisuallyHidden component="legend">{t('review')}</VisuallyHidden>
      {scores.map((at) => (
        <label key={at} className={classes.star}>
          <input type="radio" name={name} checked={score === at} onChange={() => onScore(at)} />
          <VisuallyHidden>{t('stars', { count: at })}</VisuallyHidden>
          <span aria-hidden>{sign(at)}</span>
        </label>
      ))}
    </fieldset>
  )
}
