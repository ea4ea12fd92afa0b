import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,services,engines,packages,pipelines,tests,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines are shared: a test waits on a condition, and only a hung one meets this limit.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
