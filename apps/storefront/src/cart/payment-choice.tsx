import { useMessages } from '@eip/theme'
import { IconInfoCircle } from '@tabler/icons-react'
import { useId } from 'react'
import { cartMessages } from './cart-messages.ts'
import classes from './checkout-panel.module.css'

/** What the payment stub is told. It declines `declined`, and loses its first answer on `timeout`. */
const cards = ['test-card', 'declined', 'timeout'] as const
export type Card = (typeof cards)[number]

type PaymentChoiceProps = Readonly<{ card: Card; onCard: (card: Card) => void; isBusy: boolean }>

export function PaymentChoice({ card, onCard, isBusy }: PaymentChoiceProps) {
  const t = useMessages(cartMessages)
  const id = useId()
  return (
    <fieldset className={classes.payment} disabled={isBusy} aria-describedby={`${id}-stub`}>
      <legend>{t('payment')}</legend>
      <p className={classes.stub} id={`${id}-stub`}>
        <IconInfoCircle size={16} aria-hidden />
        <span>{t('paymentStub')}</span>
      </p>
      {cards.map((each) => (
        <label key={each} className={classes.card}>
          <input type="radio" name={`${id}-card`} checked={card === each} onChange={() => onCard(each)} />
          {t(`card.${each}`)}
        </label>
      ))}
    </fieldset>
  )
}
