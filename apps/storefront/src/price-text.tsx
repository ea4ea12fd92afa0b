import { formatMoney, useLanguage, useMessages } from '@eip/theme'
import type { Hit } from './search/use-results.ts'
import { shopMessages } from './shop-messages.ts'

type PriceTextProps = Readonly<{ price: Hit['price'] }>

/** A price in words: zero is free, and no price is said to be none. */
export function PriceText({ price }: PriceTextProps) {
  const { language } = useLanguage()
  const t = useMessages(shopMessages)
  if (price === null)
    return <span style={{ color: 'var(--mantine-color-dimmed)', fontWeight: 400 }}>{t('noPrice')}</span>
  return <span>{price.amount === 0 ? t('free') : formatMoney(price, language)}</span>
}
