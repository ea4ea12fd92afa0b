import { failureMessages, failureWords, useMessages } from '@eip/theme'
import { notifications } from '@mantine/notifications'

/** Tells people that something did not work, why, and what they can do. */
export function useFailureToast(): (failure: unknown) => void {
  const words = useMessages(failureMessages)
  return (failure) => {
    const { title, message, cure } = failureWords(failure, words)
    notifications.show({ color: 'red', title: message ?? title, message: cure, autoClose: 10_000 })
  }
}
