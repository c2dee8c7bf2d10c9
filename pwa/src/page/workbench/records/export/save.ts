/**
 * Hands a file to the browser's downloads.
 *
 * Always true: the address that holds the file's bytes is given back afterwards. Deliberately not here: what is in it.
 */

/** How long the browser may take to begin reading; the bytes are its own by then. */
const READ_WITHIN_MS = 60_000

export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), READ_WITHIN_MS)
}
