import { mayAsCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { installationOf } from '../platform/installation.js';

/** A row that is put into another one: only by whoever may change that one. */
export interface Placement {
	collection: string;
	/** The field that says where the row belongs. */
	field: string;
	/** The collection of what it belongs to. */
	keptBy: string;
}

/** S2: hamlets are put into villages, and households into hamlets, by whoever keeps these. */
export const PLACEMENTS: readonly Placement[] = [
	{ collection: 'doorstep_hamlets', field: 'village', keptBy: 'doorstep_villages' },
	{ collection: 'doorstep_households', field: 'hamlet', keptBy: 'doorstep_hamlets' },
];

/**
 * Whether the caller may put a row where it is sent. A relation that comes as an object with an id is such a place too; one without
 * comes into being with the row, by the rights to create it. What is missing is refused like what is foreign.
 */
export async function mayPlace(
	{ field, keptBy }: Placement,
	sent: Readonly<Record<string, unknown>>,
	event: EventContext,
	platform: Platform,
): Promise<boolean> {
	const place = targetOf(sent[field]);
	if (place === undefined || installationOf(platform.database).state === 'not_installed') return true;
	return mayAsCaller('update', keptBy, [place], event, platform);
}

/** What is no key at all names a row that nobody keeps. */
const NO_KEY = '';

/**
 * The id that a relation names, scalar or in an object; undefined where it names none.
 *
 * @example targetOf({ id: 'a', name: '一社' }) // 'a'
 */
function targetOf(sent: unknown): string | undefined {
	const id = typeof sent === 'object' && sent !== null ? (sent as { id?: unknown }).id : sent;
	if (id === null || id === undefined) return undefined;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : NO_KEY;
}
