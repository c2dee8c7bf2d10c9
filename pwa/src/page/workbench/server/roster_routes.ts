/**
 * The routes of the division tree, of imports and of the people on rosters. As `routes.ts`, which is full.
 *
 * Always true: a file is the body itself; whom somebody looks for travels in a body and never in an address. Deliberately
 * not here: waiting until an import is done (`county/roster/import/following.ts`).
 */
import type {
  Candidate,
  CandidateQuery,
  ImportChoice,
  ImportKind,
  ImportShown,
  PeopleFound,
  PeopleQuery,
  RosterCorrection,
  RosterShown,
  TreeCheck,
  UnitDays,
} from '../../../shared/generated'
import { toQuery } from './query'
import { ask } from './request'

const IMPORTS = '/api/county/imports'
const NOTHING_CHOSEN: ImportChoice = { mapping: {}, batch: null, clashes: {}, file_wins: false, remove_missing: false }

const importPath = (id: string, verb = ''): string => `${IMPORTS}/${encodeURIComponent(id)}${verb}`

/** The tree, those that are no more included, by code. */
export const readTree = (): Promise<UnitDays[]> => ask('GET', '/api/county/tree')
/** What a file with the tree says and changes; puts it in force only where `apply` says so. */
export const takeTree = (file: Blob, apply: boolean): Promise<TreeCheck> =>
  ask('POST', `/api/county/tree${toQuery({ apply: String(apply) })}`, file)

/** Files that are looked at, and what was taken, newest first. */
export const readImports = (): Promise<ImportShown[]> => ask('GET', IMPORTS)
/** One that is looked at. */
export const readImport = (id: string): Promise<ImportShown> => ask('GET', importPath(id))
/** Sends a file to be looked at. */
export const bringImport = (kind: ImportKind, name: string, file: Blob): Promise<ImportShown> =>
  ask('POST', `${IMPORTS}${toQuery({ kind, name })}`, file)
/** Begins to find out what taking it would change. */
export const checkImport = (id: string, choice: ImportChoice): Promise<ImportShown> =>
  ask('POST', importPath(id, '/check'), choice)
/** Begins to take it. */
export const applyImport = (id: string, choice: ImportChoice): Promise<ImportShown> =>
  ask('POST', importPath(id, '/apply'), choice)
/** Turns the last import of its kind back. */
export const undoImport = (id: string): Promise<unknown> => ask('POST', importPath(id, '/undo'), NOTHING_CHOSEN)

/** People of a roster. */
export const findPeople = (query: PeopleQuery): Promise<PeopleFound> => ask('POST', '/api/county/people', query)
/** Who of a list somebody may be that was entered by hand. */
export const findCandidates = (query: CandidateQuery): Promise<Candidate[]> =>
  ask('POST', '/api/county/people/candidates', query)
/** Corrects one of them; the answer has no categories. */
export const correctPerson = (personRef: string, correction: RosterCorrection): Promise<RosterShown | null> =>
  ask('PUT', `/api/county/people/${encodeURIComponent(personRef)}`, correction)
