import { useMemo } from 'react'
import { useLanguage } from './language-provider.tsx'
import { type Message, type Messages, type Translate, translate } from './messages.ts'

/** A dictionary's sentences in the language of the page: `const t = useMessages(messages)`, `t('found', { count })`. */
export function useMessages<const English extends Readonly<Record<string, Message>>>(
  messages: Messages<English>,
): Translate<English> {
  const { language } = useLanguage()
  return useMemo(() => translate(messages, language), [messages, language])
}
