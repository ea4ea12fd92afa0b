import { ProductPicture, useMessages } from '@eip/theme'
import { IconCategory, IconSearch, IconTag } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { PriceText } from '../price-text.tsx'
import classes from './search-box.module.css'
import { searchMessages } from './search-messages.ts'
import type { Suggestion } from './use-suggestions.ts'

type SuggestionRowProps = Readonly<{
  id: string
  suggestion: Suggestion
  isActive: boolean
  onChoose: () => void
  onPoint: () => void
}>

/** What is new to the typed text stands out; what was typed is known. */
function Completion({ suggestion: { text, matched } }: Pick<SuggestionRowProps, 'suggestion'>) {
  const [start, end] = matched
  if (end <= start) return <span>{text}</span>
  return (
    <span>
      <b>{text.slice(0, start)}</b>
      {text.slice(start, end)}
      <b>{text.slice(end)}</b>
    </span>
  )
}

function Sign({ suggestion }: Pick<SuggestionRowProps, 'suggestion'>) {
  if (suggestion.kind === 'brand') return <IconTag size={17} aria-hidden />
  if (suggestion.kind === 'category') return <IconCategory size={17} aria-hidden />
  if (suggestion.kind === 'query') return <IconSearch size={17} aria-hidden />
  return (
    <span className={classes.thumb}>
      <ProductPicture image={suggestion.image} title={suggestion.text} categoryPath={[]} />
    </span>
  )
}

export function SuggestionRow({ id, suggestion, isActive, onChoose, onPoint }: SuggestionRowProps) {
  const t = useMessages(searchMessages)
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // The keyboard belongs to the input, which names the active option (aria-activedescendant).
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.row}
      data-active={isActive || undefined}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
      onKeyDown={(event) => event.key === 'Enter' && onChoose()}
    >
      <span className={classes.sign}>
        <Sign suggestion={suggestion} />
      </span>
      <span className={classes.text} dir="auto" data-product={suggestion.kind === 'product' || undefined}>
        {suggestion.kind === 'product' ? suggestion.text : <Completion suggestion={suggestion} />}
        {suggestion.kind === 'category' && suggestion.path.length > 1 && (
          <span className={classes.where}>{suggestion.path.slice(0, -1).join(' › ')}</span>
        )}
        {suggestion.kind === 'brand' && <span className={classes.where}>{t('brand')}</span>}
      </span>
      <span className={classes.aside}>
        {suggestion.kind === 'product' && <PriceText price={suggestion.price} />}
        {(suggestion.kind === 'brand' || suggestion.kind === 'category') &&
          t('products', { count: suggestion.products })}
      </span>
    </div>
  )
}
