import { useMessages } from '@eip/theme'
import { NativeSelect } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { regionMessages } from './region-messages.ts'
import { useChooseRegion, useRegion, useRegions } from './use-region.ts'

type RegionSelectProps = Readonly<{ className?: string | undefined }>

/** Where things are to be delivered. A shop without regions does not ask. */
export function RegionSelect({ className }: RegionSelectProps) {
  const t = useMessages(regionMessages)
  const regions = useRegions()
  const region = useRegion()
  const choose = useChooseRegion()
  if (regions.length === 0) return null
  // What an address names stays to be seen, and to be changed, also where the shop does not know it.
  const shown = region === '' || regions.includes(region) ? regions : [region, ...regions]
  return (
    <NativeSelect
      className={className ?? ''}
      aria-label={t('deliverTo')}
      title={t('deliverTo')}
      size="xs"
      flex="none"
      leftSection={<IconMapPin size={14} aria-hidden />}
      leftSectionWidth={26}
      data={[{ value: '', label: t('anywhere') }, ...shown.map((value) => ({ value, label: value }))]}
      value={region}
      onChange={({ currentTarget: { value } }) => choose(value)}
    />
  )
}
