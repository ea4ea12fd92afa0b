import { browserApp } from '@eip/theme/vite'
import { defineConfig } from 'vite'

export default defineConfig(browserApp({ base: '/admin/' }))
