import { EmptyState, useMessages, usePageTitle } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { shopMessages } from './shop-messages.ts'

export function NotFoundPage() {
  const t = useMessages(shopMessages)
  usePageTitle(t('lost'), t('shop'))
  return (
    <EmptyState
      title={t('lost')}
      heading="h1"
      icon={IconMapOff}
      actions={<Button renderRoot={(props) => <Link {...props} to="/" />}>{t('toShop')}</Button>}
    >
      {t('lostText')}
    </EmptyState>
  )
}
