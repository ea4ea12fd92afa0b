import { Command, CommanderError } from 'commander'
import { describeFailure, failureJson, writeLine } from './output.ts'

export type Verb = (program: Command) => void

/** Everything that is wrong with how a command was called ends with this status; a command that failed ends with 1. */
const wrongUse = 2

export async function runProgram(verbs: readonly Verb[], args: readonly string[]): Promise<number> {
  const program = new Command('eip')
    .description('E-Commerce Intelligence Platform: product search on your own catalogue.')
    .version('0.1.0')
    .showHelpAfterError('Run it with --help to see how it is used.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => process.stdout.write(text), writeErr: (text) => process.stderr.write(text) })
    .exitOverride()
  for (const verb of verbs) verb(program)
  inherit(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    // A verb that answered and failed all the same has set it.
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUse
    writeLine(describeFailure(error))
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(failureJson(error))}\n`)
    return 1
  }
}

/** Subcommands answer wrong use as the program does. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command).exitOverride().allowExcessArguments(false)
    inherit(child)
  }
}
