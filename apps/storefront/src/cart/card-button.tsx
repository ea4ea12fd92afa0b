import { useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconCheck, IconShoppingBagPlus } from '@tabler/icons-react'
import { buyMessages } from './buy-messages.ts'
import { useAddToCart } from './use-add-to-cart.ts'

type CardButtonProps = Readonly<{ id: string; title: string }>

/** Puts one of a hit into the cart; once it is there, the button says how many there are. */
export function CardButton({ id, title }: CardButtonProps) {
  const t = useMessages(buyMessages)
  const { held, add, isPending } = useAddToCart(id, title)
  const Sign = held > 0 ? IconCheck : IconShoppingBagPlus
  const short = title.slice(0, 120)
  return (
    <Button
      size="xs"
      variant={held > 0 ? 'light' : 'default'}
      leftSection={<Sign size={15} aria-hidden />}
      loading={isPending}
      aria-label={held > 0 ? t('inCartTitle', { count: held, title: short }) : t('addTitle', { title: short })}
      onClick={() => add(1)}
    >
      {held > 0 ? t('inCart', { count: held }) : t('add')}
    </Button>
  )
}
