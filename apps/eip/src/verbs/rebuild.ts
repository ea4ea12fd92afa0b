import { setTimeout as wait } from 'node:timers/promises'
import type { GenerationStatus, IndexerStatus } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { readEnvironment } from '../environment.ts'
import { answer, grouped, table } from '../output.ts'
import type { Verb } from '../program.ts'
import { progressLine, rate } from '../progress.ts'
import { openShop, type ServingView, type Shop } from '../shop.ts'

const failure = failures({
  'rebuild.given-up': { kind: 'conflict', cure: 'Run npx eip rebuild again; what served before serves on.' },
  'rebuild.stands-still': { kind: 'unavailable', cure: 'See the log of the platform; what served before serves on.' },
})

type Options = Readonly<{ rollBack?: true; status?: true; json?: true }>

export const rebuild: Verb = (program) => {
  program
    .command('rebuild')
    .description(
      'Build the serving view anew from the log while the one there is goes on serving; it takes over by itself.',
    )
    .option('--roll-back', 'give up the rebuild that runs; else go back to the view before')
    .option('--status', 'show the views there are, and end')
    .option('--json', 'print the summary as one JSON object, the last line of standard output')
    .addHelpText(
      'after',
      '\nThe view before is kept up to date for ROLLBACK_WINDOW_SECONDS.' +
        '\nIf this command is ended, a running platform goes on with the rebuild.',
    )
    .action(run)
}

async function run({ rollBack, status, json }: Options): Promise<void> {
  const environment = readEnvironment()
  const quiet = environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL
  const shop = await openShop({ ...environment, LOG_LEVEL: quiet })
  try {
    if (status) showStatus(await shop.servingView.status(), json === true)
    else if (rollBack) await goBack(shop, json === true)
    else await buildAnew(shop, json === true)
  } finally {
    await shop.close()
  }
}

function showStatus({ generations }: IndexerStatus, isJsonWanted: boolean): void {
  const rows = generations.map(({ name, state, documents, vectors, since, eventsLeft, keptUntil }) => [
    ...[name, state, grouped(documents), grouped(vectors), grouped(eventsLeft), since],
    keptUntil ?? '-',
  ])
  const text = table(['view', 'state', 'products', 'vectors', 'events left', 'since', 'kept until'], rows)
  answer({ json: { generations }, text }, isJsonWanted)
}

async function goBack({ servingView }: Shop, isJsonWanted: boolean): Promise<void> {
  const { outcome, generation } = await servingView.rollBack()
  const { documents } = await servingView.status()
  const text =
    outcome === 'given-up'
      ? `The rebuild of view ${generation} is given up; what served before serves on.`
      : `View ${generation} serves again, with ${grouped(documents)} products.`
  answer({ json: { outcome, generation, documents }, text }, isJsonWanted)
}

async function buildAnew({ servingView }: Shop, isJsonWanted: boolean): Promise<void> {
  const begun = (await servingView.rebuild()).generations
  const { name } = begun.find(({ state }) => state === 'filling') ?? begun.at(-1)!
  const { generation, generations } = await untilServing(servingView, name)
  const summary = summaryOf(generation, generations)
  answer({ json: summary, text: describe(summary) }, isJsonWanted)
}

/** Waits until the view serves that was begun under this name. */
async function untilServing(servingView: ServingView, name: string) {
  const progress = progressLine('rebuild')
  const start = performance.now()
  try {
    for (;;) {
      const { generations } = await servingView.status()
      const generation = generations.find((each) => each.name === name)
      if (generation === undefined) throw failure('rebuild.given-up', `the rebuild of view ${name} was given up`)
      const { state, eventsRead, eventsLeft, documents, trouble } = generation
      if (state !== 'filling') return { generation, generations }
      if (trouble !== null)
        throw failure('rebuild.stands-still', `the rebuild of view ${name} stands still: ${trouble}`)
      const events = eventsRead + eventsLeft
      const seconds = (performance.now() - start) / 1_000
      const text = `${grouped(eventsRead)} of ${grouped(events)} events, ${rate(documents, 'products', seconds)}`
      progress.report(text, eventsRead / Math.max(1, events))
      await wait(200)
    }
  } finally {
    progress.done()
  }
}

function summaryOf(generation: GenerationStatus, all: readonly GenerationStatus[]) {
  const { name, documents, vectors, eventsRead, parked, begunAt, since, peakMemoryBytes } = generation
  const previous = all.find(({ state }) => state === 'previous') ?? null
  const seconds = (Date.parse(since) - Date.parse(begunAt)) / 1_000
  return {
    ...{ generation: name, documents, vectors, events: eventsRead, parked, seconds },
    documentsPerSecond: seconds > 0 ? documents / seconds : null,
    peakMemoryBytes,
    previous: previous && { generation: previous.name, documents: previous.documents, keptUntil: previous.keptUntil },
  }
}

function describe(summary: ReturnType<typeof summaryOf>): string {
  const { generation, documents, vectors, seconds, documentsPerSecond, peakMemoryBytes, parked, previous } = summary
  const speed = documentsPerSecond === null ? '' : ` (${grouped(documentsPerSecond)} products/s)`
  const lines = [
    `View ${generation} serves.`,
    `products      ${grouped(documents)}${previous ? `  (${grouped(previous.documents)} before)` : ''}`,
    `vectors       ${grouped(vectors)}`,
    `took          ${seconds.toFixed(1)} s${speed}`,
    `peak memory   ${peakMemoryBytes === null ? 'of another process' : `${grouped(peakMemoryBytes / 2 ** 20)} MB`}`,
  ]
  if (parked > 0) lines.push(`warning: ${parked} events could not be applied; see the parked messages`)
  if (previous?.keptUntil)
    lines.push(`To go back to view ${previous.generation}, until ${previous.keptUntil}:  npx eip rebuild --roll-back`)
  return lines.join('\n')
}
