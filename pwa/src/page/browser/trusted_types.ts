/**
 * The default policy of Trusted Types: which script addresses this app may start.
 *
 * Always true: it passes addresses of the app's own scripts and the empty string, and nothing else; text from data
 * never becomes HTML or script. Deliberately not here: the header that demands it, which the server sends.
 */
type Policy = { createHTML: (text: string) => string | null; createScriptURL: (address: string) => string | null }
type Factory = { createPolicy: (name: string, rules: Policy) => unknown }

const OWN_SCRIPT = /^\/(assets\/[\w.-]+|sw)\.js$/

export function isOwnScript(address: string, origin: string): boolean {
  const url = new URL(address, origin)
  return url.origin === origin && (OWN_SCRIPT.test(url.pathname) || import.meta.env.DEV)
}

/** Sets the policy, in browsers that know Trusted Types. To be called before anything else. */
export function setTrustedTypes(): void {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: (text) => (text === '' ? '' : null),
    createScriptURL: (address) => (isOwnScript(address, location.origin) ? address : null),
  })
}
