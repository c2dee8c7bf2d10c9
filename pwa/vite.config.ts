/**
 * How the web app is built: two pages (phone `/`, workbench `/county`), one worker, one service worker.
 *
 * Always true: the phone never loads or precaches a chunk that only the workbench needs, and nothing in the built app
 * names an outside host. Deliberately not here: which files the service worker keeps (see `precache.ts`).
 */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { firstScreen, REGISTERS } from './chunks.ts'
import { precacheList } from './precache.ts'
import { preloadScreen } from './preload.ts'
import { wordlessRegisters } from './wordless.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  plugins: [vue(), precacheList(), preloadScreen()],
  // A slow phone reads text as JSON in a fraction of the time that it takes for code.
  json: { namedExports: false, stringify: true },
  resolve: { alias: { '#registers': here('../sync-protocol/registers') } },
  define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
  worker: {
    format: 'es',
    plugins: () => [wordlessRegisters()],
    rollupOptions: { output: { codeSplitting: { groups: [REGISTERS] } } },
  },
  build: {
    target: ['chrome107', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: here('index.html'), county: here('county.html'), sw: here('src/sw/main.ts') },
      output: {
        codeSplitting: {
          groups: [REGISTERS, ...firstScreen(here('src/page/main.ts'), here('src/page/workbench/main.ts'))],
        },
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' }, fs: { allow: [here('..')] } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
