import { defineMessages, useMessages } from '@eip/theme'
import { MantineThemeProvider } from '@mantine/core'
import type { ReactNode } from 'react'

const messages = defineMessages({ en: { close: 'Close' }, ko: { close: '닫기' } })

/** Gives the crosses of dialogs, drawers and notices a name to be read out: they have no word of their own. */
export function NamedCloseButtons({ children }: Readonly<{ children: ReactNode }>) {
  const t = useMessages(messages)
  const components = { CloseButton: { defaultProps: { 'aria-label': t('close') } } }
  return <MantineThemeProvider theme={{ components }}>{children}</MantineThemeProvider>
}
