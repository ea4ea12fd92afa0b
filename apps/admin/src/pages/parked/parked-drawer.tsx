import type { ParkedRecord } from '@eip/contracts'
import { formatDate, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Alert, Button, CopyButton, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react'
import { JsonView } from '../../parts/json-view.tsx'
import classes from './parked.module.css'
import { parkedBody } from './parked-body.ts'
import { parkedMessages } from './parked-messages.ts'

type ParkedDrawerProps = Readonly<{
  /** null: nothing is looked at. */
  record: ParkedRecord | null
  onClose: () => void
  /** null: who looks may not give messages to their reader again. */
  onRetry: ((record: ParkedRecord) => void) | null
}>

/** One message: where it stands, why it was set aside, and what is in it. */
export function ParkedDrawer({ record, onClose, onRetry }: ParkedDrawerProps) {
  const t = useMessages(parkedMessages)
  return (
    <Drawer opened={record !== null} onClose={onClose} position="right" size="lg" title={t('message')}>
      {record && (
        <Stack gap="md">
          <Alert color="red" variant="light" title={t('reason')}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {record.reason}
            </Text>
          </Alert>
          <Facts record={record} />
          {onRetry && (
            <Button
              variant="light"
              leftSection={<IconRefresh size={16} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
              onClick={() => onRetry(record)}
            >
              {t('retry')}
            </Button>
          )}
          <Body body={record.body} />
        </Stack>
      )}
    </Drawer>
  )
}

function Facts({ record }: Readonly<{ record: ParkedRecord }>) {
  const t = useMessages(parkedMessages)
  const { language } = useLanguage()
  const { group, topic, partition, offset, attempts, parkedAt } = record
  const facts = [
    [t('reader'), group],
    [t('topic'), topic],
    [t('partition'), partition],
    [t('offset'), offset],
    [t('attempts'), formatNumber(attempts, language)],
    [t('parkedAt'), formatDate(parkedAt, language, 'second')],
  ] as const
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Body({ body }: Readonly<{ body: string }>) {
  const t = useMessages(parkedMessages)
  const { text, is } = parkedBody(body)
  return (
    <section aria-label={t('body')}>
      <Group justify="space-between" mb={6}>
        <Title order={3} size="h5">
          {t('body')}
        </Title>
        <CopyButton value={body}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
              onClick={copy}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      {is !== 'json' && (
        <Text size="xs" c="dimmed" mb={6}>
          {t(is === 'cut' ? 'bodyIsCut' : 'bodyIsNoJson')}
        </Text>
      )}
      <JsonView value={text} label={t('message')} maxHeight={640} />
    </section>
  )
}
