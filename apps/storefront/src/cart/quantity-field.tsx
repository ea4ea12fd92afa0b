import { useMessages } from '@eip/theme'
import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { buyMessages } from './buy-messages.ts'
import classes from './quantity-field.module.css'
import { mostPieces } from './use-cart.ts'

type QuantityFieldProps = Readonly<{
  value: number
  /** What is counted, for who does not see where the field stands. */
  of: string
  onChange: (value: number) => void
  most?: number
  least?: number
}>

/** How many: by buttons, or typed. What is typed counts when the field is left, or by Enter; what is no number is put back. */
export function QuantityField({ value, of, onChange, most = mostPieces, least = 1 }: QuantityFieldProps) {
  const t = useMessages(buyMessages)
  const [typed, setTyped] = useState(String(value))
  useEffect(() => setTyped(String(value)), [value])
  const settle = () => {
    const wanted = /^\d{1,9}$/.test(typed.trim()) ? Math.min(Math.max(Number(typed), least), most) : value
    setTyped(String(wanted))
    if (wanted !== value) onChange(wanted)
  }
  const step = (by: number, label: string, Sign: typeof IconPlus) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={34}
      aria-label={`${label}: ${of}`}
      disabled={value + by < least || value + by > most}
      onClick={() => onChange(value + by)}
    >
      <Sign size={15} aria-hidden />
    </ActionIcon>
  )
  return (
    <div className={classes.field}>
      {step(-1, t('less'), IconMinus)}
      <input
        className={classes.input}
        inputMode="numeric"
        aria-label={`${t('quantity')}: ${of}`}
        maxLength={6}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
      />
      {step(1, t('more'), IconPlus)}
    </div>
  )
}
