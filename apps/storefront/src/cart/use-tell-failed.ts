import { failureMessages, failureWords, useMessages } from '@eip/theme'
import { tell } from '../shop-notice.tsx'
import { buyMessages } from './buy-messages.ts'

/** Says that the cart could not be changed, and why. */
export function useTellFailed(): (failure: unknown) => void {
  const t = useMessages(buyMessages)
  const words = useMessages(failureMessages)
  return (failure) => {
    const { title, message, cure } = failureWords(failure, words)
    tell({ text: t('notAdded', { why: `${message ?? title} ${cure}` }), tone: 'failed' })
  }
}
