/**
 * Writes into the service worker which files make up the phone app.
 *
 * Always true: a file is listed if the phone's page can reach it, or if no page's chunk graph names it (workers and
 * their parts, icons); what only the workbench reaches is not. WebAssembly is listed apart, since it is fetched in the
 * background after the first paint. Deliberately not here: the service worker itself.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

type Bundle = Record<string, { type: string; fileName: string } & Record<string, unknown>>
type Chunk = {
  imports: string[]
  dynamicImports: string[]
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

/** The text in `src/sw/main.ts` that is replaced. */
const PLACEHOLDER = '__PRECACHE__'

export function precacheList(): Plugin {
  let publicFolder = ''
  return {
    name: 'zoufang-precache-list',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicFolder = config.publicDir
    },
    generateBundle(_options, output) {
      const bundle = output as unknown as Bundle
      const sw = bundle['sw.js'] as unknown as { code: string } | undefined
      if (!sw) return
      const files = phoneFiles(bundle).concat(publicFiles(publicFolder))
      const version = createHash('sha256').update(describe(bundle, files)).digest('hex').slice(0, 12)
      const now = files.filter((file) => !file.endsWith('.wasm')).map(address)
      const later = files.filter((file) => file.endsWith('.wasm')).map(address)
      sw.code = sw.code.replace(new RegExp(`["'\`]${PLACEHOLDER}["'\`]`), JSON.stringify({ version, now, later }))
    },
  }
}

function address(file: string): string {
  return file === 'index.html' ? '/' : `/${file}`
}

function phoneFiles(bundle: Bundle): string[] {
  const phone = reachable(bundle, 'index')
  const county = reachable(bundle, 'county')
  const isOurs = (file: string): boolean =>
    file !== 'county.html' && file !== 'sw.js' && !file.endsWith('.map') && (phone.has(file) || !county.has(file))
  return Object.keys(bundle).filter(isOurs).sort()
}

function reachable(bundle: Bundle, entry: string): Set<string> {
  const start = Object.values(bundle).find((file) => file.type === 'chunk' && file['isEntry'] && file['name'] === entry)
  const found = new Set<string>()
  const open = start ? [start.fileName] : []
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const chunk = bundle[file] as unknown as Chunk | undefined
    if (!chunk?.imports) continue
    open.push(...chunk.imports, ...chunk.dynamicImports)
    open.push(...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? []))
  }
  return found
}

/** The browser fetches them by itself where somebody installs the app, which needs a signal anyway. */
const FOR_INSTALLING = /^icons\/.*-?512\.png$/

function publicFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  return paths.filter((path) => !FOR_INSTALLING.test(path))
}

function describe(bundle: Bundle, files: string[]): string {
  const content = (file: string): string => {
    const found = bundle[file] as unknown as { code?: string; source?: string | Uint8Array } | undefined
    const bytes = found?.code ?? found?.source ?? ''
    return createHash('sha256').update(bytes).digest('hex')
  }
  return files.map((file) => `${file} ${content(file)}`).join('\n') + readFileSync(new URL(import.meta.url)).length
}
