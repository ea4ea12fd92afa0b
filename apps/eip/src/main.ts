#!/usr/bin/env node
import { runProgram } from './program.ts'
import { convert } from './verbs/convert.ts'
import { evaluate } from './verbs/evaluate.ts'
import { importData } from './verbs/import.ts'
import { serve } from './verbs/serve.ts'

process.exitCode = await runProgram([serve, importData, convert, evaluate], process.argv.slice(2))
