import { readFileSync } from 'node:fs'
import type { TrainerMessage } from './child.encoder-trainer.ts'

/** A child that does what its corpus says. */
const [corpus] = process.argv.slice(2) as [string]
const tell = (message: TrainerMessage) => process.send?.(message)
const wish = readFileSync(corpus, 'utf8')

tell({ kind: 'progress', phase: `${wish} by ${process.pid}`, share: 0.25 })
if (wish === 'die') {
  process.stderr.write('not enough memory\n')
  process.exitCode = 134
  process.disconnect?.()
} else if (wish === 'train') {
  // As a training does it: no event is seen between the steps.
  for (const share of [0.5, 0.75]) tell({ kind: 'progress', phase: 'train', share })
  const description = { encoder: 'a', kind: 'catalogue', name: 'A', dimensions: 2, languages: null } as const
  process.send?.({ kind: 'done', description } satisfies TrainerMessage, undefined, undefined, () =>
    process.disconnect?.(),
  )
} else setInterval(() => {}, 1_000)
