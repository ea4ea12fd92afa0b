import { once } from 'node:events'
import type { ImportMessage, ImportOrder } from './child.import-runner.ts'

/** A child that does what the name of its file says. */
const [{ file }] = (await once(process, 'message')) as [ImportOrder]
const tell = (message: ImportMessage) => process.send?.(message)

tell({ kind: 'step', step: { phase: 'reading', share: 0.5, read: process.pid } })
if (file.endsWith('die')) {
  process.stderr.write('out of memory\n')
  process.exitCode = 134
  process.disconnect?.()
} else setInterval(() => {}, 1_000)
