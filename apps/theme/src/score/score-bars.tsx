import { VisuallyHidden } from '@mantine/core'
import { formatNumber } from '../format/number.ts'
import { useLanguage } from '../language/language-provider.tsx'
import { useMessages } from '../language/use-messages.ts'
import classes from './score-bars.module.css'
import { isNamedFeature, scoreMessages } from './score-messages.ts'
import {
  type Explanation,
  matchedTerms,
  type ScorePart,
  type ScoreScale,
  scoreBar,
  scoreParts,
  scoreScale,
} from './score-parts.ts'

export type ScoreBarsProps = Readonly<{
  explanation: Explanation
  score: number
  /** Of all hits that are seen together (`scoreScale`), so that their bars can be compared; default: this hit's own. */
  scale?: ScoreScale
}>

/** A hit's score in its parts, one bar each: to the right what lifts, to the left what sinks. For screen readers it is a table. */
export function ScoreBars({ explanation, score, scale = scoreScale([explanation]) }: ScoreBarsProps) {
  const { language } = useLanguage()
  const t = useMessages(scoreMessages)
  const parts = scoreParts(explanation)
  // A true minus is as wide as a digit, and is not taken for a dash.
  const points = (value: number) =>
    formatNumber(value, language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).replace('-', '−')
  const words = matchedTerms(explanation)
  const notes = [
    ...(words.length > 0 ? [t('matched', { words: words.join(', ') })] : []),
    ...(explanation.vector
      ? [t('near', { cosine: formatNumber(explanation.vector.cosine, language, { maximumFractionDigits: 2 }) })]
      : []),
    ...(parts.length === 0 ? [t('nothing')] : []),
  ]
  return (
    <div>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{t('caption')}</VisuallyHidden>
        <VisuallyHidden component="thead">
          <tr>
            <th scope="col">{t('part')}</th>
            <th scope="col">{t('points')}</th>
          </tr>
        </VisuallyHidden>
        <tbody>
          {parts.map((part) => (
            <ScoreRow
              key={part.name}
              part={part}
              label={isNamedFeature(part.name) ? t(part.name) : part.name}
              value={points(part.contribution)}
              scale={scale}
            />
          ))}
          <tr className={classes.total}>
            <th scope="row">{t('total')}</th>
            <td>
              <div className={classes.part} style={{ justifyContent: 'flex-end' }}>
                <span className={classes.value}>{points(score)}</span>
              </div>
            </td>
          </tr>
        </tbody>
      </table>
      {notes.length > 0 && <p className={classes.note}>{notes.join(' ')}</p>}
    </div>
  )
}

type ScoreRowProps = Readonly<{ part: ScorePart; label: string; value: string; scale: ScoreScale }>

function ScoreRow({ part: { name, contribution }, label, value, scale }: ScoreRowProps) {
  const { left, width } = scoreBar(contribution, scale)
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <div className={classes.part}>
          <span className={classes.field} aria-hidden>
            {scale.zero > 0 && <span className={classes.zero} style={{ left: percent(scale.zero) }} />}
            <span
              className={classes.bar}
              data-part={name}
              data-sinks={contribution < 0 || undefined}
              style={{ left: percent(left), width: percent(width) }}
            />
          </span>
          <span className={classes.value}>{value}</span>
        </div>
      </td>
    </tr>
  )
}
