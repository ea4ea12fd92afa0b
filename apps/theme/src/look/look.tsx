import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { colorSchemes, markColorScheme } from './color-scheme.ts'
import './look.css'
import { cssVariables, theme } from './theme.ts'

markColorScheme()

/** Our colours, type and defaults for everything inside; light or dark as the system says, or as the person chose. */
export function Look({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  )
}
