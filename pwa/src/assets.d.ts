/**
 * Types of what Vite adds to an import: asset addresses, and constants set at build time.
 *
 * Deliberately not here: types of our own modules.
 */
declare module '*?url' {
  const address: string
  export default address
}

declare module '*.css' {}

interface ImportMeta {
  readonly env: { readonly PROD: boolean; readonly DEV: boolean }
  /** Modules whose paths fit the patterns, each loaded when it is called for. */
  readonly glob: (patterns: string[], options: { import: string }) => Record<string, () => Promise<unknown>>
}
