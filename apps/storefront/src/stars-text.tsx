import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { VisuallyHidden } from '@mantine/core'
import { IconStarFilled } from '@tabler/icons-react'
import type { Hit } from './search/use-results.ts'
import { shopMessages } from './shop-messages.ts'
import classes from './stars-text.module.css'

type StarsTextProps = Readonly<{ rating: NonNullable<Hit['rating']> }>

/** "★ 4.7 (3,678)" for eyes, a sentence for ears. */
export function StarsText({ rating: { average, count } }: StarsTextProps) {
  const { language } = useLanguage()
  const t = useMessages(shopMessages)
  const stars = formatNumber(average, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return (
    <span className={classes.rating}>
      <span aria-hidden className={classes.seen}>
        <IconStarFilled size={14} className={classes.star ?? ''} />
        {stars} <span className={classes.count}>({formatNumber(count, language)})</span>
      </span>
      <VisuallyHidden>{t('rated', { stars, count })}</VisuallyHidden>
    </span>
  )
}
