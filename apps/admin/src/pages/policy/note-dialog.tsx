import { useMessages } from '@eip/theme'
import { Button, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { policyMessages } from './policy-messages.ts'

type NoteDialogProps = Readonly<{
  title: string
  body: string
  action: string
  isBusy: boolean
  children: ReactNode
  onClose: () => void
  onConfirm: (note: string) => void
}>

/** Asks for a reason before shoppers see another order. */
export function NoteDialog({ title, body, action, isBusy, children, onClose, onConfirm }: NoteDialogProps) {
  const t = useMessages(policyMessages)
  const [note, setNote] = useState('')
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onConfirm(note.trim())
        }}
      >
        <Stack gap="md">
          <Text size="sm">{body}</Text>
          {children}
          <Textarea
            label={t('note')}
            description={t('noteHint')}
            required
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          <Button type="submit" disabled={note.trim() === ''} loading={isBusy}>
            {action}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
