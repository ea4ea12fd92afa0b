// The arrows of docs/architecture.md. Each rule is proven by a file that breaks it: tests/architecture/arrows.test.ts.
const tests = '([.](test|contract|bench)[.]ts|/src/testing/.*[.]ts)$'
const thirdParty = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^packages/kernel/', pathNot: tests },
      to: { pathNot: '^packages/kernel/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'contracts-import-kernel-and-schemas',
      severity: 'error',
      from: { path: '^packages/contracts/', pathNot: tests },
      to: { pathNot: ['^packages/(contracts|kernel)/', thirdParty('zod', '@orpc/contract')] },
    },
    {
      name: 'packages-import-packages',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|pipelines|apps)/' },
    },
    {
      name: 'engines-behind-adapters',
      comment:
        'The product index speaks the language of the analyser in its port; elsewhere engines stand behind adapters.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/[^/]+/src/adapters/', '^packages/product-index/', tests] },
      to: { path: '^engines/' },
    },
    {
      name: 'engines-import-engines-and-kernel',
      severity: 'error',
      from: { path: '^engines/', pathNot: tests },
      to: { path: '^(packages/(?!kernel/)|services/|pipelines/|apps/)' },
    },
    {
      name: 'services-know-no-services',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-know-no-apps',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^(apps|pipelines)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: tests },
      to: { path: '^services/[^/]+/src/(?!domain/)' },
    },
    {
      name: 'ports-see-domain-only',
      severity: 'error',
      from: { path: '^services/[^/]+/src/ports/', pathNot: tests },
      to: { path: '^services/[^/]+/src/(?!(domain|ports)/)' },
    },
    {
      name: 'application-sees-ports-and-domain',
      severity: 'error',
      from: { path: '^services/[^/]+/src/application/', pathNot: tests },
      to: { path: '^services/[^/]+/src/(?!(application|domain|ports)/)' },
    },
    {
      name: 'nobody-imports-its-adapters',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/(?!adapters/)', pathNot: tests },
      to: { path: '^services/$1/src/adapters/' },
    },
    {
      name: 'pipelines-import-lake-and-contracts',
      severity: 'error',
      from: { path: '^pipelines/', pathNot: tests },
      to: { path: '^(packages/(?!(kernel|contracts|lake)/)|services/|apps/)' },
    },
    {
      name: 'index-writer-for-indexer-alone',
      severity: 'error',
      from: { path: '^(services/(?!indexer/)|pipelines/|engines/)', pathNot: tests },
      to: { path: '^packages/product-index/src/product-index-writer' },
    },
    {
      name: 'call-library-in-rpc-alone',
      severity: 'error',
      from: { pathNot: '^packages/(rpc|contracts)/' },
      to: { path: thirdParty('@orpc/[^/]+') },
    },
    {
      name: 'network-clients-in-adapters',
      severity: 'error',
      from: { pathNot: ['/adapters/', tests] },
      to: {
        path: thirdParty('pg', 'redis', '@platformatic/kafka', '@opensearch-project/opensearch', '@aws-sdk/[^/]+'),
      },
    },
    {
      name: 'sqlite-in-adapters',
      severity: 'error',
      from: { pathNot: ['/adapters/', tests] },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'duckdb-in-lake-alone',
      severity: 'error',
      from: { pathNot: '^packages/lake/' },
      to: { path: thirdParty('@duckdb/[^/]+') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules/(?!@eip/)' },
    exclude: { path: '/(dist|[.]build-[^/]*)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
