import type { QueryStep } from '@eip/contracts'
import { defineMessages, useMessages } from '@eip/theme'
import { IconArrowRight } from '@tabler/icons-react'
import classes from './query-steps.module.css'

const messages = defineMessages({
  en: {
    steps: 'From the text to the search',
    language: 'Language',
    intent: 'Understood',
    spelling: 'Spelling',
    synonym: 'Synonym',
    fusion: 'Weighing',
    becomes: 'becomes',
  },
  ko: {
    steps: '검색어가 검색이 되기까지',
    language: '언어',
    intent: '의도',
    spelling: '철자',
    synonym: '동의어',
    fusion: '비중',
    becomes: '변환',
  },
})

/** What was done to a query before it was searched for, in order: what was read, what it became, and why. */
export function QuerySteps({ steps }: Readonly<{ steps: readonly QueryStep[] }>) {
  const t = useMessages(messages)
  return (
    <ol className={classes.steps} aria-label={t('steps')}>
      {steps.map(({ step, surface, result, reason }) => (
        <li key={`${step} ${surface} ${result} ${reason}`} className={classes.step} data-step={step}>
          <span className={classes.kind}>{t(step)}</span>
          <span className={classes.change}>
            <bdi>{surface}</bdi>
            <IconArrowRight size={14} role="img" aria-label={t('becomes')} />
            <bdi className={classes.result}>{result}</bdi>
          </span>
          {reason !== '' && <span className={classes.reason}>{reason}</span>}
        </li>
      ))}
    </ol>
  )
}
