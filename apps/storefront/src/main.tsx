import '@eip/theme/mantine.css'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/Skeleton.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import { LanguageProvider, Look } from '@eip/theme'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api.ts'
import { beginWithRegion } from './region/chosen-before.ts'
import { router } from './router.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no element "root"')

beginWithRegion()
createRoot(root).render(
  <StrictMode>
    <Look>
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </Look>
  </StrictMode>,
)
