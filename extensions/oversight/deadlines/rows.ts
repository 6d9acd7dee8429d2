import { MOST_ROWS, USUAL_ROWS } from '../figures.js';

/**
 * How many cases a board asks for: what it is set to, as far as the server goes along; a field that was cleared is nothing set.
 *
 * @example rowsAsked(500) // 200
 */
export function rowsAsked(set: number | null | undefined): number {
	return Math.min(Math.max(1, Math.trunc(set ?? USUAL_ROWS)), MOST_ROWS);
}
