import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the system's browser is: CHROMIUM, or a usual place; null where there is none. */
export function browserPath(): string | null {
  const named = process.env.CHROMIUM
  return named ?? places.find(existsSync) ?? null
}

/** Why journeys are skipped, or null. With REQUIRE_BROWSER=on they are not: then a missing browser is a failure. */
export function withoutBrowser(): string | null {
  if (browserPath() !== null || process.env.REQUIRE_BROWSER === 'on') return null
  return 'needs Chromium; name it in CHROMIUM'
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (executablePath === null) throw new Error('there is no Chromium; install it, or name it in CHROMIUM')
  // Containers give no user namespaces and little shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}
