import { useMessages } from '@eip/theme'
import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { deliveriesMessages } from './deliveries-messages.ts'

const mostRegions = 52
const isRegion = (text: string): boolean => /^[A-Z0-9-]{1,12}$/.test(text)

type RegionsFieldProps = Readonly<{ chosen: readonly string[]; onChange: (regions: readonly string[]) => void }>

/** The regions that the shop tells apart, to be ticked; one that it does not know yet is written. */
export function RegionsField({ chosen, onChange }: RegionsFieldProps) {
  const t = useMessages(deliveriesMessages)
  const [typed, setTyped] = useState('')
  const [written, setWritten] = useState<readonly string[]>([])
  const [isRefused, setRefused] = useState(false)
  const { data } = useApiQuery(['deliveries', 'regions'], (signal) => api.listRegions({}, { signal }))
  const known = (data?.regions ?? []).map(({ region }) => region)
  const offered = [...new Set([...known, ...written, ...chosen])].toSorted()
  const add = () => {
    const region = typed.trim().toUpperCase()
    const isRight = isRegion(region) && (offered.includes(region) || offered.length < mostRegions)
    setRefused(!isRight)
    if (!isRight) return
    setTyped('')
    setWritten([...written, region])
    onChange([...new Set([...chosen, region])])
  }
  return (
    <Stack gap="sm">
      {offered.length > 0 && (
        <Checkbox.Group label={t('regions')} value={[...chosen]} onChange={onChange}>
          <SimpleGrid cols={{ base: 3, xs: 6 }} spacing="xs" mt={6}>
            {offered.map((region) => (
              <Checkbox key={region} value={region} label={region} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('otherRegion')}
          description={t('regionsHint')}
          error={isRefused && t('badRegion')}
          maxLength={12}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // The form around it is not sent yet.
            event.preventDefault()
            add()
          }}
        />
        <Button variant="default" disabled={typed.trim() === ''} onClick={add}>
          {t('addRegion')}
        </Button>
      </Group>
    </Stack>
  )
}
