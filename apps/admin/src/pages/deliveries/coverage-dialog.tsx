import { useMessages } from '@eip/theme'
import { Alert, Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { deliveriesMessages } from './deliveries-messages.ts'
import { RegionsField } from './regions-field.tsx'
import { useSellerCoverage } from './use-seller-coverage.ts'

type CoverageDialogProps = Readonly<{ seller: string; onClose: () => void }>

/** Where one seller delivers: everywhere, or to the regions that are chosen. */
export function CoverageDialog({ seller, onClose }: CoverageDialogProps) {
  const t = useMessages(deliveriesMessages)
  const { regions, isAsked } = useSellerCoverage(seller)
  return (
    <Modal opened onClose={onClose} title={`${t('coverage')}: ${seller}`} size="lg" centered>
      {isAsked ? <CoverageForm seller={seller} now={regions} onClose={onClose} /> : <Skeleton height={180} />}
    </Modal>
  )
}

type CoverageFormProps = CoverageDialogProps & Readonly<{ now: readonly string[] | null | undefined }>

function CoverageForm({ seller, now, onClose }: CoverageFormProps) {
  const t = useMessages(deliveriesMessages)
  const [isEverywhere, setEverywhere] = useState(now === null || now === undefined)
  const [chosen, setChosen] = useState<readonly string[]>(now ?? [])
  const set = useApiMutation(() => api.setCoverage({ seller, regions: isEverywhere ? null : [...chosen] }), {
    changes: ['deliveries', 'products', 'audit'],
    said: () => t('saved', { seller }),
  })
  const nowText = now === null ? t('nowEverywhere') : now?.length === 0 ? t('nowNowhere') : (now ?? []).join(', ')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate(undefined, { onSuccess: onClose })
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {now === undefined ? t('nowUnknown') : t('asNow', { regions: nowText })}
        </Text>
        <Radio.Group
          aria-label={t('coverage')}
          value={isEverywhere ? 'everywhere' : 'only'}
          onChange={(value) => setEverywhere(value === 'everywhere')}
        >
          <Stack gap="xs">
            <Radio value="everywhere" label={t('everywhere')} />
            <Radio value="only" label={t('onlyThere')} />
          </Stack>
        </Radio.Group>
        {!isEverywhere && <RegionsField chosen={chosen} onChange={setChosen} />}
        {!isEverywhere && chosen.length === 0 && <Alert color="orange">{t('nowhereWarning')}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('leave')}
          </Button>
          <Button type="submit" loading={set.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
