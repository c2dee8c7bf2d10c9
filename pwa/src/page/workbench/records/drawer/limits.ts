/**
 * Limits of what the county writes into a record, as the server has them.
 *
 * Deliberately not here: limits of fields, which the register names.
 */

/** A note says why in a sentence or two; the server refuses longer ones. */
export const NOTE_LENGTH_MAX = 200
