import { describe } from 'vitest'
import { inlineImportRunner } from './inline.import-runner.fixture.ts'
import { importRunnerContract } from './ports/import-runner.contract.ts'

describe('inline', () => importRunnerContract(() => inlineImportRunner().runner))
