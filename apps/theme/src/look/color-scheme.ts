import { localStorageColorSchemeManager, type MantineColorScheme } from '@mantine/core'

const dark = '(prefers-color-scheme: dark)'

export const colorSchemes = localStorageColorSchemeManager({ key: 'eip-color-scheme' })

const computed = (scheme: MantineColorScheme): 'light' | 'dark' =>
  scheme === 'auto' ? (globalThis.matchMedia(dark).matches ? 'dark' : 'light') : scheme

/** Marks the page before anything is drawn. An inline script would do it a little earlier, and is refused by the page's policy. */
export function markColorScheme(): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', computed(colorSchemes.get('auto')))
}
