import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { opensearchDistribution, versionOfPom } from './maven.ts'
import { descriptorInputs, writeDescriptors } from './opensearch-modules.ts'

const nori = join(import.meta.dirname, 'nori/NoriPlugin.java')

/** Everything besides the pom and its lock that the home is made of. */
export const homeInputs = (): string => descriptorInputs + readFileSync(nori, 'utf8')

/** Makes the resolved jars and zips a home folder as the real distribution has it. */
export function layOutHome(home: string, jdk: string): void {
  mkdirSync(join(home, 'bin')) // the node wants it to be there
  writeDescriptors(home, versionOfPom(opensearchDistribution))
  for (const zip of globSync(join(home, 'plugins/*.zip'))) unpackPlugin(zip, jdk)
  compileNori(home, jdk)
}

/** `plugins/neural-search-3.6.0.0.zip` becomes the folder `plugins/neural-search`. */
function unpackPlugin(zip: string, jdk: string): void {
  const directory = join(zip, '..', basename(zip).replace(/-[\d.]+\.zip$/, ''))
  mkdirSync(directory)
  execFileSync(join(jdk, 'bin/jar'), ['xf', zip], { cwd: directory })
  rmSync(zip)
}

function compileNori(home: string, jdk: string): void {
  const directory = join(home, 'plugins/analysis-nori')
  const classes = join(home, '.classes')
  const classPath = `${join(home, 'lib/*')}:${join(directory, '*')}`
  execFileSync(join(jdk, 'bin/javac'), ['--release', '21', '-Xlint:-options', '-cp', classPath, '-d', classes, nori])
  execFileSync(join(jdk, 'bin/jar'), ['cf', join(directory, 'analysis-nori.jar'), '-C', classes, '.'])
  rmSync(classes, { recursive: true })
}
