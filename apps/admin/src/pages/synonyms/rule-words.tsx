import type { SynonymRule } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { IconArrowRight, IconArrowsHorizontal } from '@tabler/icons-react'
import classes from './synonyms.module.css'
import { synonymsMessages } from './synonyms-messages.ts'

/** The words of a rule, with the direction in which they work between them. */
export function RuleWords({ rule: { kind, from, to } }: Readonly<{ rule: Pick<SynonymRule, 'kind' | 'from' | 'to'> }>) {
  const t = useMessages(synonymsMessages)
  return (
    <span className={classes.words}>
      {from.map((word, at) => (
        <span key={word} className={classes.words}>
          {kind === 'two-way' && at > 0 && (
            <IconArrowsHorizontal className={classes.arrow} size={15} aria-label={t('meansSame')} role="img" />
          )}
          <Word>{word}</Word>
        </span>
      ))}
      {kind === 'one-way' && (
        <>
          <IconArrowRight className={classes.arrow} size={15} aria-label={t('finds')} role="img" />
          {to.map((word) => (
            <Word key={word}>{word}</Word>
          ))}
        </>
      )}
    </span>
  )
}

const Word = ({ children }: Readonly<{ children: string }>) => <bdi className={classes.word}>{children}</bdi>
