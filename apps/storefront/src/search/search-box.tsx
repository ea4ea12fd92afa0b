import { useMessages } from '@eip/theme'
import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { categoryText } from './category-path.ts'
import classes from './search-box.module.css'
import { searchMessages } from './search-messages.ts'
import { SuggestionRow } from './suggestion-row.tsx'
import { useOpenSearch, useSearchState } from './use-search-state.ts'
import { type Suggestion, useSuggestions } from './use-suggestions.ts'

const longestQuery = 2_000

const keyOf = (suggestion: Suggestion): string => {
  if (suggestion.kind === 'product') return `product ${suggestion.id}`
  return `${suggestion.kind} ${suggestion.kind === 'category' ? categoryText(suggestion.path) : suggestion.text}`
}

function useGoTo() {
  const open = useOpenSearch()
  const navigate = useNavigate()
  const { scores } = useSearchState()
  return {
    search: (q: string) => open({ q: q.trim(), scores }),
    suggestion(suggestion: Suggestion) {
      if (suggestion.kind === 'query') open({ q: suggestion.text, scores })
      else if (suggestion.kind === 'brand') open({ filters: [`brand:${suggestion.text}`], scores })
      else if (suggestion.kind === 'category') open({ filters: [`category:${categoryText(suggestion.path)}`], scores })
      else void navigate({ to: '/products/$id', params: { id: suggestion.id } })
    },
  }
}

/** The text that is typed; it follows the address, which changes by itself when a shopper goes back. */
function useTypedText() {
  const { q } = useSearchState()
  const [text, setText] = useState(q)
  useEffect(() => setText(q), [q])
  return [text, setText] as const
}

/** Search with suggestions: a combobox with a listbox (WAI-ARIA Authoring Practices, "Editable combobox with list autocomplete"). */
export function SearchBox() {
  const t = useMessages(searchMessages)
  const goTo = useGoTo()
  const [text, setText] = useTypedText()
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const suggestions = useSuggestions(text, isOpen)
  const isShown = isOpen && suggestions.length > 0
  const chosen = isShown ? suggestions[active] : undefined

  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const choose = (suggestion: Suggestion) => {
    close()
    if (suggestion.kind === 'query') setText(suggestion.text)
    goTo.suggestion(suggestion)
  }
  const submit = () => {
    if (chosen) return choose(chosen)
    close()
    input.current?.blur()
    goTo.search(text)
  }
  const step = (by: number) => {
    setOpen(true)
    const places = suggestions.length + 1
    setActive((at) => ((at + 1 + by + places) % places) - 1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While a Korean syllable is being put together, the keys belong to the input method.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault()
      close()
    }
  }

  return (
    <search className={classes.box}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <input
          ref={input}
          className={classes.input}
          type="search"
          role="combobox"
          aria-label={t('searchLabel')}
          aria-autocomplete="list"
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-list` : undefined}
          aria-activedescendant={chosen ? `${id}-${active}` : undefined}
          autoComplete="off"
          enterKeyHint="search"
          spellCheck={false}
          dir="auto"
          maxLength={longestQuery}
          placeholder={t('placeholder')}
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value)
            setActive(-1)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        {text !== '' && (
          <ActionIcon
            className={classes.clear ?? ''}
            variant="subtle"
            color="gray"
            aria-label={t('clear')}
            onClick={() => {
              setText('')
              input.current?.focus()
            }}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
        <ActionIcon className={classes.go ?? ''} type="submit" size={40} aria-label={t('search')}>
          <IconSearch size={19} aria-hidden />
        </ActionIcon>
      </form>
      <VisuallyHidden role="status">
        {isShown ? t('suggestionsCount', { count: suggestions.length }) : ''}
      </VisuallyHidden>
      {isShown && (
        <div id={`${id}-list`} role="listbox" aria-label={t('suggestions')} className={classes.list}>
          {suggestions.map((suggestion, at) => (
            <SuggestionRow
              key={keyOf(suggestion)}
              id={`${id}-${at}`}
              suggestion={suggestion}
              isActive={at === active}
              onChoose={() => choose(suggestion)}
              onPoint={() => setActive(at)}
            />
          ))}
        </div>
      )}
    </search>
  )
}
