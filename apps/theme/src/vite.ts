import react from '@vitejs/plugin-react'
import { loadEnv, type UserConfig } from 'vite'
import { compressedFiles } from './build/compressed-files.ts'
import { gatewayModules } from './build/gateway-modules.ts'

export type BrowserAppOptions = Readonly<{
  /** Where the gateway serves the application. */
  base: '/' | `/${string}/`
}>

/**
 * How every browser application is built: into `dist/`, files under `assets/` named by their content and compressed beside, no
 * script in the page itself (the content security policy refuses it). `vite` alone serves it for development and hands /api to
 * a running platform, by default the one on this machine; EIP_GATEWAY_URL names another.
 */
export function browserApp({ base }: BrowserAppOptions): UserConfig {
  const { EIP_GATEWAY_URL = 'http://127.0.0.1:8080' } = loadEnv('', '.', 'EIP_GATEWAY')
  const proxy = { '/api': { target: EIP_GATEWAY_URL } }
  return {
    base,
    plugins: [react(), gatewayModules(), compressedFiles()],
    build: {
      // What every browser has had for two years: style sheets use light-dark(), which is not to be rewritten for older ones.
      target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
      modulePreload: { polyfill: false },
      // A picture inside a style sheet would be a data: address; fonts and others would be refused as such.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
    server: { proxy },
    preview: { proxy },
  }
}
