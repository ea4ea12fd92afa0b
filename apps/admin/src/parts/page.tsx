import { useMessages, usePageTitle } from '@eip/theme'
import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { shellMessages } from '../shell/shell-messages.ts'

type PageProps = Readonly<{
  title: string
  description?: ReactNode
  /** Buttons of the whole page. */
  actions?: ReactNode
  children: ReactNode
}>

/** A page's heading and what stands under it. */
export function Page({ title, description, actions, children }: PageProps) {
  const t = useMessages(shellMessages)
  usePageTitle(title, t('name'))
  return (
    <Stack gap="lg" maw={1500} mx="auto">
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex="1 1 320px">
          <Title order={1} size="h2">
            {title}
          </Title>
          {description && (
            <Text c="dimmed" size="sm" mt={4} maw={720}>
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
