import { useMessages } from '@eip/theme'
import { Autocomplete, Button, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { deliveriesMessages } from './deliveries-messages.ts'

const quietMs = 250
const offered = 20

/** Finds a seller, also one without orders, to say where he delivers. */
export function CoveragePanel({ onSeller }: Readonly<{ onSeller: (seller: string) => void }>) {
  const t = useMessages(deliveriesMessages)
  const [typed, setTyped] = useState('')
  const [contains] = useDebouncedValue(typed.trim(), quietMs)
  const asked = { by: 'seller' as const, limit: offered, ...(contains !== '' && { contains }) }
  const { data } = useApiQuery(['deliveries', 'rates', asked], (signal) => api.listRates(asked, { signal }))
  return (
    <Panel title={t('coverage')}>
      <Text size="xs" c="dimmed" mb="sm" maw={900}>
        {t('coverageLead')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') onSeller(typed.trim())
        }}
      >
        <Group gap="xs" align="flex-end">
          <Autocomplete
            label={t('sellerName')}
            data={[...new Set(data?.rates.map(({ name }) => name))]}
            maxLength={200}
            flex="1 1 260px"
            maw={420}
            value={typed}
            onChange={setTyped}
          />
          <Button type="submit" variant="default">
            {t('choose')}
          </Button>
        </Group>
      </form>
    </Panel>
  )
}
