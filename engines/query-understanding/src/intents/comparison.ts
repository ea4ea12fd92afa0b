/**
 * What a phrase beside an amount makes of it.
 * `explicit` phrases make a price of a bare number ("under 50"); the others need a currency or a unit beside it, because
 * they are parts of names as well ("air max 90", "from 100 % cotton").
 */
export type Comparison = Readonly<{ bound: 'maximum' | 'minimum' | 'about'; isExplicit: boolean; words: number }>

type Phrases = Readonly<Record<'maximum' | 'minimum' | 'about', Readonly<Record<'explicit' | 'other', string>>>>

/** Folded; phrases parted by "|". */
const BEFORE: Phrases = {
  maximum: {
    explicit:
      'under|below|less than|no more than|not more than|lower than|cheaper than|not over|<|< =|up to|budget|budget of|price under|priced under|price below|cost under|costing under|for under|for less than|ate|menos de|por menos de|por ate|abaixo de|menor que|menor do que|preco ate|no maximo|예산',
    other: 'maximum|within|at most|de ate|최대|inferior a',
  },
  minimum: {
    explicit:
      'over|above|more than|greater than|higher than|>|> =|price over|acima de|mais de|maior que|maior do que|a partir de',
    other: 'from|minimum|at least|starting at|no minimo|pelo menos|superior a|최소|desde',
  },
  about: {
    explicit: '',
    other:
      'around|about|approx|approximately|roughly|near|~|circa|cerca de|por volta de|em torno de|aproximadamente|약|대략',
  },
}
const AFTER: Phrases = {
  maximum: {
    explicit: '이하|미만',
    other:
      'or less|or under|or below|and under|and below|max|maximum|까지|이내|안으로|안쪽|아래|밑으로|ou menos|no maximo',
  },
  minimum: { explicit: '이상|초과', other: 'or more|or above|or over|and up|and above|and over|+|부터|넘는|ou mais' },
  about: { explicit: '', other: '정도|쯤|내외|전후|안팎|가량|대' },
}

function tableOf(phrases: Phrases): ReadonlyMap<string, Comparison> {
  const table = new Map<string, Comparison>()
  for (const bound of ['maximum', 'minimum', 'about'] as const)
    for (const strength of ['explicit', 'other'] as const)
      for (const phrase of phrases[bound][strength].split('|'))
        if (phrase !== '')
          table.set(
            phrase,
            Object.freeze({ bound, isExplicit: strength === 'explicit', words: phrase.split(' ').length }),
          )
  return table
}

/** Comparisons by their words joined with one space: those that stand before an amount, and those behind it. */
export const comparisonsBefore = tableOf(BEFORE)
export const comparisonsAfter = tableOf(AFTER)
export const LONGEST_COMPARISON = 3

/** Words that tie the two ends of a range. */
export const rangeOpeners: ReadonlySet<string> = new Set(['between', 'from', 'entre', 'de'])
export const rangeLinks: ReadonlySet<string> = new Set(['-', '~', 'to', 'and', 'a', 'e', 'ate', '에서', '부터'])
export const rangeClosers: ReadonlySet<string> = new Set(['사이', '까지'])

export const hangulComparisons: readonly string[] = [
  ...comparisonsBefore.keys(),
  ...comparisonsAfter.keys(),
  ...rangeLinks,
  ...rangeClosers,
].filter((phrase) => /^\p{sc=Hangul}+$/u.test(phrase))
