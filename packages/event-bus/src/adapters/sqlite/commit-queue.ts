/** Work that waits for the next commit, and who is told of its end. */
export type Job<Work> = Readonly<{ work: Work; weight: number; done(error: unknown): void }>

export type CommitQueueOptions<Work> = Readonly<{
  /** Does all of it or throws. */
  commit(works: readonly Work[]): void
  /** Called after each commit and the `done` of its jobs. */
  committed(): void
  /** Runs it when what has arrived by now is queued. */
  soon(run: () => void): void
  /** A commit takes jobs until they weigh this much, so that readers get their turn between commits. */
  maximumWeight: number
}>

/**
 * Group commit: while one commit runs (and with it the disk), jobs gather; the next commit takes them all.
 *
 *    jobs     a   b c   d e f     g
 *    commits  [a ]    [b c ] [d e f ] [g ]
 */
export function commitQueue<Work>(options: CommitQueueOptions<Work>) {
  let waiting: Job<Work>[] = []
  let isScheduled = false

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return
    isScheduled = true
    options.soon(() => {
      isScheduled = false
      if (waiting.length > 0) commitNext()
      schedule()
    })
  }

  function commitNext(): void {
    let weight = 0
    let count = 0
    while (count < waiting.length && weight < options.maximumWeight) weight += waiting[count++]?.weight ?? 0
    const jobs = waiting.slice(0, count)
    waiting = waiting.slice(count)
    let trouble: unknown
    try {
      options.commit(jobs.map(({ work }) => work))
    } catch (error) {
      trouble = error
    }
    for (const job of jobs) job.done(trouble)
    options.committed()
  }

  return Object.freeze({
    add(job: Job<Work>): void {
      waiting.push(job)
      schedule()
    },
    /** Commits everything now. */
    drain(): void {
      while (waiting.length > 0) commitNext()
    },
  })
}
