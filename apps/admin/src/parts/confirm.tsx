import { defineMessages, useMessages } from '@eip/theme'
import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'

const messages = defineMessages({ en: { cancel: 'Cancel' }, ko: { cancel: '취소' } })

type Question = Readonly<{
  title: string
  /** What happens, and to what: by name. */
  body: ReactNode
  /** On the button that does it. */
  action: string
  isDestructive?: boolean
  onConfirm: () => void
}>

/** Asks before something is done that cannot be taken back, or that others see at once. */
export function useConfirm(): (question: Question) => void {
  const t = useMessages(messages)
  return ({ title, body, action, isDestructive = true, onConfirm }) =>
    modals.openConfirmModal({
      title,
      centered: true,
      children: typeof body === 'string' ? <Text size="sm">{body}</Text> : body,
      labels: { confirm: action, cancel: t('cancel') },
      confirmProps: isDestructive ? { color: 'red' } : {},
      onConfirm,
    })
}
