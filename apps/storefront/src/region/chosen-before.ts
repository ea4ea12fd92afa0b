import { remember, remembered } from '@eip/theme'
import { regionOf } from './region.ts'

const key = 'eip-region'

export const rememberRegion = (region: string): void => remember(key, region)

/** Where an address names no region, the one that was chosen before is put into it: from there on the address is what counts. */
export function beginWithRegion(): void {
  const url = new URL(location.href)
  const named = regionOf(url.searchParams.getAll('region'))
  if (named !== '') rememberRegion(named)
  const before = regionOf(remembered(key))
  if (named !== '' || before === '') return
  url.searchParams.set('region', before)
  history.replaceState(history.state, '', url)
}
