import type { CadreId } from '../cases/terms.js';
import type { Policy } from '../platform/hats.js';

/** Who asks for figures. */
export interface Viewer {
	administrator: boolean;
	hats: ReadonlySet<Policy>;
	/** Their row in `doorstep_cadres`. */
	cadre: CadreId | null;
	/** Themselves and whom they stand in for. */
	actsAs: readonly CadreId[];
	/** Villages that they lead, as leader or deputy; that name them their data clerk; where they work or answer for households. */
	led: readonly string[];
	kept: readonly string[];
	works: readonly string[];
}

/** Whose cases somebody's figures are made of. */
export interface Scope {
	/** Null for the whole township. */
	villages: readonly string[] | null;
	/** Cases of households that these answer for, or that they hold; null for everybody's. */
	answerers: readonly CadreId[] | null;
	/** Complaints count for the supervision group and administrators alone, and never for whom one is about. */
	complaints: false | { but: CadreId | null };
	/** Whether all of it may be told apart by person. */
	byHolder: boolean;
}

/** Hats that oversee the township. */
const TOWNWIDE = ['supervisor', 'town_leader', 'data_clerk'] as const satisfies readonly Policy[];

/**
 * What somebody may count (F6, S2): the township, villages of their own, or what they answer for themselves. The widest hat decides, and a village
 * narrows it down.
 *
 * @param village that they ask for; whether it exists is the store's to say
 * @returns undefined where they may count nothing of the kind
 */
export function scopeOf(viewer: Viewer, village: string | null): Scope | undefined {
	const { administrator, hats, kept, works } = viewer;
	const oversees = administrator || hats.has('supervisor');
	const complaints = oversees && { but: administrator ? null : viewer.cadre };
	const whole: Scope = {
		villages: null,
		answerers: null,
		complaints,
		byHolder: oversees || hats.has('town_leader'),
	};
	if (administrator || TOWNWIDE.some((hat) => hats.has(hat)))
		return village === null ? whole : { ...whole, villages: [village] };

	const leads = ledBy(viewer);
	const own = [...new Set([...leads, ...(hats.has('village_clerk') ? kept : [])])];
	const asked = village === null ? own : own.filter((id) => id === village);
	if (asked.length > 0)
		return { ...whole, villages: asked, byHolder: asked.every((id) => leads.includes(id)) };
	if (!hats.has('cadre')) return undefined;
	if (village === null) return { ...whole, answerers: viewer.actsAs };
	return works.includes(village) ? { ...whole, villages: [village] } : undefined;
}

/**
 * Of these cases those whose holders somebody may be told: another hat lets a leader count more, and takes no names of their own villages away.
 *
 * @returns undefined where there are none
 */
export function heldScope(viewer: Viewer, scope: Scope): Scope | undefined {
	if (scope.byHolder) return scope;
	const led = ledBy(viewer).filter((id) => scope.villages?.includes(id) ?? true);
	return led.length === 0 ? undefined : { ...scope, villages: led, byHolder: true };
}

/** Of these cases those that come one by one: a leader's, or what somebody answers for; of a village that they work in, a cadre sees only totals. */
export function namedScope(viewer: Viewer, scope: Scope): Scope {
	return heldScope(viewer, scope) ?? { ...scope, answerers: viewer.actsAs };
}

function ledBy({ hats, led }: Viewer): readonly string[] {
	return hats.has('team_leader') ? led : [];
}
