import { useMessages } from '@eip/theme'
import { Button, TextInput } from '@mantine/core'
import { IconMapPin, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'

type QueryBarProps = Readonly<{
  q: string
  product: string
  onQuery: (q: string) => void
  onProduct: (product: string) => void
  /** Where the shopper is. */
  region: ReactNode
}>

/** What is asked, from where, and the product that is looked for. */
export function QueryBar({ q, product, onQuery, onProduct, region }: QueryBarProps) {
  const t = useMessages(explorerMessages)
  return (
    <div className={classes.bar}>
      <Line
        label={t('query')}
        placeholder={t('queryPlaceholder')}
        value={q}
        onSubmit={onQuery}
        maxLength={1_000}
        action={
          <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
            {t('search')}
          </Button>
        }
      />
      <Line
        label={t('product')}
        placeholder={t('productPlaceholder')}
        value={product}
        onSubmit={(id) => onProduct(id.trim())}
        maxLength={512}
        action={
          <Button type="submit" variant="default" leftSection={<IconMapPin size={16} aria-hidden />}>
            {t('locate')}
          </Button>
        }
      />
      {region}
    </div>
  )
}

type LineProps = Readonly<{
  label: string
  placeholder: string
  value: string
  maxLength: number
  onSubmit: (text: string) => void
  action: ReactNode
}>

/** A text that counts when it is sent off; it follows where it is changed from elsewhere. */
function Line({ label, placeholder, value, maxLength, onSubmit, action }: LineProps) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setTyped(value)
  }
  return (
    <form
      className={classes.line}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(typed)
      }}
    >
      <TextInput
        className={classes.grow ?? ''}
        label={label}
        placeholder={placeholder}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        maxLength={maxLength}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
      />
      {action}
    </form>
  )
}
