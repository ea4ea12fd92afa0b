import { EmptyState, useMessages, usePageTitle } from '@eip/theme'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { shopMessages } from './shop-messages.ts'

export function NotFoundPage() {
  const t = useMessages(shopMessages)
  usePageTitle(t('lost'), t('shop'))
  return (
    <EmptyState title={t('lost')} heading="h1" icon={IconMapOff} actions={<Link to="/">{t('toShop')}</Link>}>
      {t('lostText')}
    </EmptyState>
  )
}
