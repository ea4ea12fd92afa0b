import { useMessages } from '@eip/theme'
import { NativeSelect } from '@mantine/core'
import { api, useApiQuery } from '../../api.ts'
import { explorerMessages } from './explorer-messages.ts'

type RegionFieldProps = Readonly<{
  /** Empty: not known. */
  region: string
  onRegion: (region: string) => void
}>

/** Where the shopper is: what is not delivered there is treated as the policy's guards say. */
export function RegionField({ region, onRegion }: RegionFieldProps) {
  const t = useMessages(explorerMessages)
  const { data } = useApiQuery(['deliveries', 'regions'], (signal) => api.listRegions({}, { signal }))
  // What the address names stays a choice, also where the shop does not tell it apart.
  const regions = new Set([...(data?.regions ?? []).map((each) => each.region), ...(region === '' ? [] : [region])])
  return (
    <NativeSelect
      label={t('region')}
      data={[{ value: '', label: t('anyRegion') }, ...[...regions].toSorted()]}
      value={region}
      onChange={({ currentTarget }) => onRegion(currentTarget.value)}
    />
  )
}
