import type { QueryStep } from '@eip/contracts'
import type { Language, Translate } from '@eip/theme'
import type { queryStepsMessages } from './query-steps-messages.ts'

type Words = Readonly<{ result: string; reason: string }>
type Weights = Extract<QueryStep['cause'], { code: 'weights' }>

/** What a step came to and why, in the language of the page. */
export function stepWords(
  { result, cause }: Pick<QueryStep, 'result' | 'cause'>,
  t: Translate<(typeof queryStepsMessages)['en']>,
  language: Language,
): Words {
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const percent = (value: number) => share.format(value)
  switch (cause.code) {
    case 'language':
      return { result, reason: t(cause.isGiven ? 'languageGiven' : 'languageDetected') }
    case 'slot':
      return {
        result: t('slot', { kind: cause.attribute ?? t(cause.kind), value: cause.value }),
        reason: t(cause.effect),
      }
    case 'spelling': {
      const told = cause.alternatives.map(({ how, confidence }) =>
        t('correction', { how: t(how), confidence: percent(confidence) }),
      )
      return { result, reason: told.join(', ') }
    }
    case 'rule':
      return { result, reason: t('rule', { rule: cause.rule }) }
    case 'weights':
      return {
        result: t('weights', { words: percent(1 - cause.meaning), meaning: percent(cause.meaning) }),
        reason: cause.signals.map((each) => t(each.signal, { change: changeOf(each) })).join(', '),
      }
  }
  function changeOf({ signal, change }: Weights['signals'][number]): string {
    const points = percent(Math.abs(change))
    return signal === 'base' ? points : `${change < 0 ? '−' : '+'}${points}`
  }
}
