/**
 * What of the view a page does not have yet: a worker has one page, and remembers what it told it.
 *
 * Always true: what the page was told, one part over the other, is the view. Deliberately not here: reading the view.
 */
import type { View } from '../../shared/messages'

export class News {
  private readonly told = new Map<string, string>()

  /** JSON of the parts that changed since the last call. */
  tell(view: View): string {
    const parts: string[] = []
    for (const [name, value] of Object.entries(view)) {
      const part = JSON.stringify(value)
      if (this.told.get(name) === part) continue
      this.told.set(name, part)
      parts.push(`${JSON.stringify(name)}:${part}`)
    }
    return `{${parts.join(',')}}`
  }
}
