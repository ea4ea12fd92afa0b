import { useMessages } from '@eip/theme'
import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { catalogueMessages } from './catalogue-messages.ts'

type Question = Readonly<{
  /** While it is asked, what stands under it must leave the Escape key alone. */
  isAsked: boolean
  question: ReactNode
}>

/** Asks before what was typed is left, wherever one goes: another product, another page, back, or out of the browser. */
export function useUnsavedQuestion(isUnsaved: boolean, onLeave: () => void): Question {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  })
  // Not there until it is asked: the key that closes what stands under it would answer it at once.
  if (status !== 'blocked') return { isAsked: false, question: null }
  const leave = () => {
    onLeave()
    proceed()
  }
  return { isAsked: true, question: <UnsavedQuestion onKeep={reset} onLeave={leave} /> }
}

function UnsavedQuestion({ onKeep, onLeave }: Readonly<{ onKeep: () => void; onLeave: () => void }>) {
  const t = useMessages(catalogueMessages)
  return (
    <Modal opened onClose={onKeep} title={t('unsavedTitle')} centered>
      <Text size="sm">{t('unsavedBody')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onKeep}>
          {t('keepEditing')}
        </Button>
        <Button color="red" onClick={onLeave}>
          {t('throwAway')}
        </Button>
      </Group>
    </Modal>
  )
}
