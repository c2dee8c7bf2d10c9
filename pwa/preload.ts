/**
 * Writes into the phone's page which scripts its first screen needs, so that they come while the first one still runs.
 *
 * Always true: only what that script and its next one import; nothing that is loaded on demand. Deliberately not here:
 * what the service worker keeps (see `precache.ts`).
 */
import type { HtmlTagDescriptor, Plugin } from 'vite'

type Chunk = { type: string; fileName: string; name: string; imports: string[] }

/** The script that the first one loads. */
const NEXT = 'main'
const PAGE = '/index.html'

export function preloadScreen(): Plugin {
  return {
    name: 'zoufang-preload-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, path }): HtmlTagDescriptor[] {
        const chunks = Object.values(bundle ?? {}) as unknown as Chunk[]
        const next = path === PAGE ? chunks.find(({ type, name }) => type === 'chunk' && name === NEXT) : undefined
        const files = next ? reached(next, chunks).filter((file) => !html.includes(file)) : []
        return files.map((file) => ({
          tag: 'link',
          injectTo: 'head',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
        }))
      },
    },
  }
}

function reached(from: Chunk, chunks: Chunk[]): string[] {
  const found = new Set([from.fileName])
  for (const file of found) {
    const imports = chunks.find(({ fileName }) => fileName === file)?.imports ?? []
    imports.forEach((one) => found.add(one))
  }
  return [...found]
}
