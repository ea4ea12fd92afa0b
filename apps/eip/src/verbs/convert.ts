import {
  type ConversionSummary,
  convertCrowdflower,
  convertHomedepot,
  convertIcecat,
  convertKoreanNames,
  type KnownItemsSummary,
} from '@eip/pipeline-relevance-sets'
import { Option } from 'commander'
import { answer, grouped } from '../output.ts'
import type { Verb } from '../program.ts'

type Common = Readonly<{ out: string; json?: true }>

export const convert: Verb = (program) => {
  const parent = program
    .command('convert')
    .description('Turn published sets into products.jsonl and judgments, for import and evaluation.')
  const withCommonOptions = (name: string, what: string, written = 'products.jsonl and judgments.csv') =>
    parent
      .command(name)
      .description(what)
      .requiredOption('--out <DIR>', `folder to write ${written} to`)
      .option('--json', 'print the summary as one JSON object, the last line of standard output')
  withCommonOptions('icecat', 'Icecat products with human ratings from 0 to 3.')
    .requiredOption('--products <FILE>', 'products, JSON lines, plain or gzip')
    .requiredOption('--ratings <FILE>', 'ratings, CSV: query,docid,rating')
    .action(async ({ products, ratings, out, json }: Common & { products: string; ratings: string }) =>
      tell(await convertIcecat({ products, ratings, out }), json),
    )
  withCommonOptions('homedepot', 'Home Depot titles with mean relevance from 1 to 3; all titles are products.')
    .requiredOption('--input <FILE>', 'train.csv, plain or gzip')
    .addOption(
      new Option('--part <PART>', 'judgments of which queries (by the SHA-1 of the query, every fifth is test)')
        .choices(['dev', 'test', 'all'])
        .default('all'),
    )
    .action(async ({ input, out, part, json }: Common & { input: string; part: 'dev' | 'test' | 'all' }) =>
      tell(await convertHomedepot({ input, out, part }), json),
    )
  withCommonOptions('crowdflower', 'CrowdFlower products with median relevance from 1 to 4.')
    .requiredOption('--input <FILE>', 'CSV, plain or gzip')
    .action(async ({ input, out, json }: Common & { input: string }) =>
      tell(await convertCrowdflower({ input, out }), json),
    )
  withCommonOptions(
    'korean-names',
    'Korean fashion products, and queries for known items: judgments-spacing.csv, judgments-typo.csv, judgments-brand.csv.',
    'products.jsonl and the three files of judgments',
  )
    .requiredOption('--input <FILE>', 'ranking, CSV, plain or gzip: Rank,Good,brand,price')
    .action(async ({ input, out, json }: Common & { input: string }) =>
      tellKnownItems(await convertKoreanNames({ input, out }), json),
    )
}

const counted = (counts: Readonly<Record<string, number>>, what: string) =>
  Object.entries(counts).map(([reason, count]) => `  ${what} ${grouped(count)}  ${reason}`)

function tellKnownItems(summary: KnownItemsSummary, json: true | undefined): void {
  const { products, items, setAside, productsFile, queries } = summary
  const lines = [
    `${grouped(products)} products, ${grouped(items)} items by name and brand   ${productsFile}`,
    ...Object.entries(queries).map(
      ([kind, { queries, passedOver, judgmentsFile }]) =>
        `${grouped(queries)} queries for ${kind} (${grouped(passedOver)} items passed over)   ${judgmentsFile}`,
    ),
    ...counted(setAside, 'set aside'),
  ]
  answer({ json: summary, text: lines.join('\n') }, json === true)
}

function tell(summary: ConversionSummary, json: true | undefined): void {
  const { products, judgments, queries, setAside, leftOut, productsFile, judgmentsFile } = summary
  const lines = [
    `${grouped(products)} products   ${productsFile}`,
    `${grouped(judgments)} judgments of ${grouped(queries)} queries   ${judgmentsFile}`,
    ...counted(setAside, 'set aside'),
    ...counted(leftOut, 'left out'),
  ]
  answer({ json: summary, text: lines.join('\n') }, json === true)
}
