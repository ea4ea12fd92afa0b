import { useMessages } from '@eip/theme'
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { catalogueMessages } from './catalogue-messages.ts'

const quietMs = 250

/** What is searched for, told when typing rests; follows the address when one goes back. */
export function SearchField({ query, onQuery }: Readonly<{ query: string; onQuery: (query: string) => void }>) {
  const t = useMessages(catalogueMessages)
  const [typed, setTyped] = useState(query)
  const told = useRef(query)
  const tell = useDebouncedCallback((text: string) => {
    told.current = text
    onQuery(text)
  }, quietMs)
  useEffect(() => {
    if (query === told.current) return
    told.current = query
    setTyped(query)
  }, [query])
  return (
    <TextInput
      flex="1 1 260px"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={15} aria-hidden />}
      maxLength={1_000}
      dir="auto"
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        tell(value)
      }}
    />
  )
}
