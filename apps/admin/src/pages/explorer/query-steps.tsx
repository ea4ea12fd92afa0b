import type { QueryStep } from '@eip/contracts'
import { useLanguage, useMessages } from '@eip/theme'
import { IconArrowRight } from '@tabler/icons-react'
import classes from './query-steps.module.css'
import { queryStepsMessages } from './query-steps-messages.ts'
import { stepWords } from './step-words.ts'

/** What was done to a query before it was searched for, in order: what was read, what it became, and why. */
export function QuerySteps({ steps }: Readonly<{ steps: readonly QueryStep[] }>) {
  const t = useMessages(queryStepsMessages)
  const { language } = useLanguage()
  return (
    <ol className={classes.steps} aria-label={t('steps')}>
      {steps.map((each) => {
        const { step, surface, reason: inEnglish } = each
        const { result, reason } = stepWords(each, t, language)
        return (
          <li key={`${step} ${surface} ${result} ${inEnglish}`} className={classes.step} data-step={step}>
            <span className={classes.kind}>{t(step)}</span>
            <span className={classes.change}>
              <bdi>{surface}</bdi>
              <IconArrowRight size={14} role="img" aria-label={t('becomes')} />
              <bdi className={classes.result}>{result}</bdi>
            </span>
            <span className={classes.reason} title={inEnglish}>
              {reason}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
