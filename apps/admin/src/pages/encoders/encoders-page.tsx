import { EmptyState, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Alert, Button, Progress, Stack, Text } from '@mantine/core'
import { IconBrain, IconSchool } from '@tabler/icons-react'
import { api, useApiMutation, useApiQuery, useSession } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { encodersMessages } from './encoders-messages.ts'
import { type Encoder, EncodersTable } from './encoders-table.tsx'

const lookAgainMs = 2_000

export function EncodersPage() {
  const t = useMessages(encodersMessages)
  const confirm = useConfirm()
  const state = useSession()
  const isOperator = 'session' in state && state.session.role === 'operator'
  const { data, error, refetch } = useApiQuery(['encoders'], (signal) => api.encoderStatus({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const train = useApiMutation(() => api.trainEncoder({}), { changes: ['encoders', 'audit'], said: () => t('started') })
  // biome-ignore lint/correctness/useHookAtTopLevel: an operation of the gateway, named by its contract.
  const use = useApiMutation((encoder: string) => api.useEncoder({ encoder }), {
    changes: ['encoders', 'audit'],
    said: () => t('used'),
  })
  const askToTrain = () =>
    confirm({
      ...{ title: t('trainTitle'), body: t('trainBody'), action: t('train'), isDestructive: false },
      onConfirm: () => train.mutate(undefined),
    })
  const askToUse = ({ encoder, name, state: was }: Encoder) =>
    confirm({
      title: t('useTitle', { name }),
      body: t(was === 'standby' ? 'useStandby' : 'useRetired'),
      ...{ action: t(was === 'standby' ? 'goBack' : 'use'), isDestructive: false },
      onConfirm: () => use.mutate(encoder),
    })
  const canTrain = isOperator && data !== undefined && data.training === null
  const trainButton = (
    <Button leftSection={<IconSchool size={16} aria-hidden />} onClick={askToTrain} disabled={!canTrain}>
      {t('train')}
    </Button>
  )
  const hasNone = data !== undefined && data.encoders.length === 0 && data.training === null
  return (
    <Page title={t('title')} description={t('description')} actions={isOperator && !hasNone && trainButton}>
      {data?.trouble && (
        <Alert color="red" title={t('failed')}>
          {data.trouble}
        </Alert>
      )}
      {data && <UnderWay training={data.training} encoders={data.encoders} />}
      <Panel isFlush>
        {hasNone ? (
          <EmptyState title={t('none')} icon={IconBrain} actions={isOperator && trainButton}>
            {t('noneWhy')}
          </EmptyState>
        ) : (
          <EncodersTable
            encoders={data?.encoders}
            failure={error}
            onRetry={refetch}
            onUse={isOperator ? askToUse : null}
          />
        )}
      </Panel>
    </Page>
  )
}

type UnderWayProps = Readonly<{
  training: Readonly<{ phase: string; share: number }> | null
  encoders: readonly Encoder[]
}>

/** What is being trained or read just now, and how far it is. */
function UnderWay({ training, encoders }: UnderWayProps) {
  const t = useMessages(encodersMessages)
  const { language } = useLanguage()
  const filling = encoders.filter(({ state }) => state === 'filling')
  if (training === null && filling.length === 0) return null
  return (
    <Panel>
      <Stack gap="md">
        {training && <Step label={t('training', { phase: training.phase })} share={training.share} note="" />}
        {filling.map(({ encoder, embedded, lag, perSecond }) => (
          <Step
            key={encoder}
            label={t('filling')}
            share={embedded / Math.max(1, embedded + (lag ?? 0))}
            note={t('remaining', {
              done: embedded,
              all: embedded + (lag ?? 0),
              rate: formatNumber(perSecond, language, { maximumFractionDigits: 0 }),
            })}
          />
        ))}
      </Stack>
    </Panel>
  )
}

function Step({ label, share, note }: Readonly<{ label: string; share: number; note: string }>) {
  return (
    <div>
      <Text size="sm" fw={550}>
        {label}
      </Text>
      <Progress value={share * 100} aria-label={label} my={6} animated />
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </div>
  )
}
