import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import type { PolicyValue } from './policy-document.ts'
import { policyMessages } from './policy-messages.ts'

const named = ['hide', 'sink', 'show'] as const

/** A policy's value for people: a number as the language writes it, a choice by its name. A newer server may have more choices. */
export function useShownValue(): (value: PolicyValue | null) => string {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  return (value) => {
    if (value === null) return '–'
    if (typeof value === 'number') return formatNumber(value, language, { maximumFractionDigits: 6 })
    const name = named.find((each) => each === value)
    return name === undefined ? value : t(name)
  }
}
