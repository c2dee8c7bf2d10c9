/**
 * The list as it stood when the screen was entered: rows that are logged meanwhile stay in their place, ticked.
 *
 * Always true: it is taken anew when the screen is left for another tab, not when a form lies on top of it.
 * Deliberately not here: who has been visited.
 */
import type { Row } from './rows'
import { isTab, onOpen, route, type Route } from '../routes'

let shown: { key: string; households: Set<string> } | null = null

export function startVisiting(): void {
  onOpen((next: Route) => {
    if (isTab(next.name) && next.name !== route.value.name) shown = null
  })
}

/** The rows to show: those that were waiting when the list was entered, and those that wait now. */
export function keepPlaces(key: string, rows: Row[]): Row[] {
  if (shown?.key !== key) shown = { key, households: new Set() }
  const { households } = shown
  for (const row of rows) if (!row.isDone) households.add(row.household.id)
  return rows.filter((row) => households.has(row.household.id))
}
