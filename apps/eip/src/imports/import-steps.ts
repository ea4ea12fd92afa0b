import type { ImportProgress } from '@eip/pipeline-products'
import type { ImportStep } from '@eip/service-catalog'

/** Between two steps, so that a fast disk does not flood whoever listens. */
const everyMs = 200

function shareOf(progress: ImportProgress): number {
  const [part, whole] =
    progress.phase === 'loading' ? [progress.rows, progress.rowsTotal] : [progress.bytesRead, progress.bytesTotal]
  return Math.min(1, part / Math.max(1, whole))
}

/** The pipeline's progress as steps of an import, at most five a second. */
export function importSteps(
  tell: (step: ImportStep) => void,
  now: () => number = () => performance.now(),
): (progress: ImportProgress) => void {
  let next = Number.NEGATIVE_INFINITY
  let read = 0
  return (progress) => {
    if (progress.phase === 'reading') read = progress.rows
    if (now() < next) return
    next = now() + everyMs
    tell({ phase: progress.phase, share: shareOf(progress), read })
  }
}
