/**
 * Which modules stand in one file: what the phone's first screen needs is two files and no more, since a slow phone spends
 * longer on asking for twenty than on reading them; registers, wanted together and much alike, are one.
 *
 * Always true: what the workbench needs too stands apart from what only the phone does; `visit` is there from the start.
 * Deliberately not here: what is loaded on demand, which the bundler cuts by itself.
 */
type Graph = { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }
type Group = { name: string | ((id: string, graph: Graph) => string | null); test?: RegExp; priority: number }

/** All built-in registers but the visits. */
export const REGISTERS: Group = { name: 'registers', test: /\/registers\/(?!visit\.)[a-z_]+\.json$/, priority: 3 }

/** What the first screen of the page `phone` needs: `shared` with the page `county`, or the phone's own. */
export function firstScreen(phone: string, county: string): Group[] {
  const needed = closures()
  const isFirst = (id: string, graph: Graph): boolean => id !== phone && needed(phone, graph).has(id)
  const isShared = (id: string, graph: Graph): boolean => isFirst(id, graph) && needed(county, graph).has(id)
  return [
    { name: (id, graph) => (isShared(id, graph) ? 'shared' : null), priority: 2 },
    { name: (id, graph) => (isFirst(id, graph) ? 'screen' : null), priority: 1 },
  ]
}

/** All that a module imports, and what that imports, but nothing on demand; each found out once. */
function closures(): (entry: string, graph: Graph) => Set<string> {
  const known = new Map<string, Set<string>>()
  return (entry, graph) => {
    const all = known.get(entry) ?? new Set([entry])
    if (known.has(entry)) return all
    for (const id of all) graph.getModuleInfo(id)?.importedIds.forEach((imported) => all.add(imported))
    known.set(entry, all)
    return all
  }
}
