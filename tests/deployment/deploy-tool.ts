import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'

/** A folder that holds helm, promtool, kubernetes-validate and check-jsonschema; `.ci/run` makes one. */
const tools = process.env.TEST_DEPLOY_TOOLS

export const withTools = tools !== undefined
export const toolsReason = 'needs TEST_DEPLOY_TOOLS'

export const deployFolder = join(repositoryRoot, 'deploy')

type Said = Readonly<{ status: number | null; text: string; output: string }>

/** Runs one of the tools; its words whichever way it says them. */
export const deployTool = (name: string, ...args: readonly string[]): Said => deployToolWith('', name, ...args)

/** The same, with this on its standard input. */
export function deployToolWith(input: string, name: string, ...args: readonly string[]): Said {
  const { status, stdout, stderr, error } = spawnSync(join(tools!, name), args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (error) throw error
  return { status, text: `${stdout}${stderr}`, output: stdout }
}
