import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPackage } from './debian.ts'
import { failure } from './failures.ts'
import type { Settings } from './settings.ts'

const installed = '/usr/lib/jvm'
const packages = ['openjdk-21-jdk-headless', 'openjdk-25-jdk-headless', 'temurin-21-jdk', 'temurin-25-jdk']

const majorVersion = (home: string): number => {
  const release = join(home, 'release')
  if (!existsSync(release) || !existsSync(join(home, 'bin/javac'))) return 0
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? 0)
}

/** The home of the named JDK, or of the lowest installed one that is new enough; null where there is none. */
function findJdk(minimum: number, { javaHome }: Settings): string | null {
  if (javaHome !== null) return majorVersion(javaHome) >= minimum ? javaHome : null
  const homes = existsSync(installed) ? readdirSync(installed).map((name) => join(installed, name)) : []
  const fitting = homes.filter((home) => majorVersion(home) >= minimum)
  return fitting.sort((a, b) => majorVersion(a) - majorVersion(b))[0] ?? null
}

/** Throws `engines.no-java` where there is no JDK of at least this version. */
export function jdkHome(minimum: number, settings: Settings): string {
  const home = findJdk(minimum, settings)
  if (home === null)
    throw failure('engines.no-java', `There is no JDK ${minimum} or newer in ${settings.javaHome ?? installed}.`)
  return home
}

/** Like `jdkHome`, but fetches a JDK where none is found and none was named. */
export function installJdk(minimum: number, settings: Settings): string {
  if (settings.javaHome === null && findJdk(minimum, settings) === null) {
    installPackage(`a JDK ${minimum} or newer`, packages)
  }
  return jdkHome(minimum, settings)
}
