import { Button, Group, TextInput } from '@mantine/core'

type OpenByIdProps = Readonly<{ label: string; action: string; onOpen: (id: string) => void }>

/** Opens what is known by its id, also what no list shows. */
export function OpenById({ label, action, onOpen }: OpenByIdProps) {
  return (
    <form
      style={{ flex: '1 1 260px', maxWidth: 420 }}
      onSubmit={(event) => {
        event.preventDefault()
        const id = String(new FormData(event.currentTarget).get('id')).trim()
        if (id !== '') onOpen(id)
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput name="id" flex={1} maxLength={512} aria-label={label} placeholder={label} />
        <Button type="submit" variant="default">
          {action}
        </Button>
      </Group>
    </form>
  )
}
