import { useMessages } from '@eip/theme'
import { Button, Group, TextInput } from '@mantine/core'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'

/** Opens any product that is stored, also one that no search finds. */
export function OpenById({ onOpen }: Readonly<{ onOpen: (id: string) => void }>) {
  const t = useMessages(catalogueMessages)
  return (
    <form
      className={classes.byId}
      onSubmit={(event) => {
        event.preventDefault()
        const id = String(new FormData(event.currentTarget).get('id')).trim()
        if (id !== '') onOpen(id)
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput name="id" flex={1} maxLength={512} aria-label={t('openById')} placeholder={t('openById')} />
        <Button type="submit" variant="default">
          {t('open')}
        </Button>
      </Group>
    </form>
  )
}
