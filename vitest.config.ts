import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT

export default defineConfig({
  test: {
    include: ['{apps,services,engines,packages,pipelines,tests,tools}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines are shared: a test waits on a condition, and only a hung one meets this limit.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
