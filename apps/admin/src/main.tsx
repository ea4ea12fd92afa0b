import { LanguageProvider, Look } from '@eip/theme'
import '@mantine/core/styles.layer.css'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.layer.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api.ts'
import { router } from './router.tsx'
import { NamedCloseButtons } from './shell/named-close-buttons.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <LanguageProvider>
      <Look>
        <NamedCloseButtons>
          <QueryClientProvider client={queries}>
            <Notifications position="bottom-right" />
            <ModalsProvider>
              <RouterProvider router={router} />
            </ModalsProvider>
          </QueryClientProvider>
        </NamedCloseButtons>
      </Look>
    </LanguageProvider>
  </StrictMode>,
)
