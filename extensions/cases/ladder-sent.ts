import type { Knex } from 'knex';
import { z } from 'zod';
import { idsSeenByCaller, seenByCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { readSent, strangeField, text } from '../platform/sent.js';
import { isPlausible, NOTIFIED, RUNG_UNITS, type RungPlace } from './ladder-rules.js';
import { refused, type Done, type NotDone } from './outcome.js';
import { LEDGERS } from './terms.js';

const RULES = 'doorstep_escalation_rules';

/** As databases give them back: PostgreSQL writes them small. */
const id = z.uuid().toLowerCase();
const place = {
	ledger: z.enum(LEDGERS),
	service: id.nullish(),
	rung: z.int().min(1).max(99),
	delay: z.int(),
	unit: z.enum(RUNG_UNITS),
};
const notify = z
	.array(z.enum(NOTIFIED))
	.min(1)
	.refine((told) => new Set(told).size === told.length);

/** A rule may have fields that administrators added; only what is ours is looked at. */
const told = { notify, name: text(100).nullish() };
const newRule = z.looseObject({ ...place, unit: place.unit.default('minutes'), ...told });
const changedRule = z.looseObject({ ...place, ...told }).partial();
const asked = z.strictObject({ id: id.optional(), ...place, deleted: z.boolean().optional() });

/** A rule of the ladder as it would stand, or as it would be gone, after saving. */
export interface RuleChange extends RungPlace {
	/** The rule that is changed or deleted; null for a new one. */
	id: string | null;
	deleted: boolean;
}

/**
 * A rule of the ladder on its way into the database, with the event's rights: known ledger, unit and recipients, a plausible delay, a
 * service that is there, and a rung that its ladder does not have yet.
 *
 * @param keys the rules that are changed; undefined for a new one
 */
export async function checkRule(
	sent: unknown,
	keys: readonly string[] | undefined,
	event: EventContext,
	platform: Platform,
): Promise<Done | NotDone> {
	const read = readSent<PlaceSent>(keys === undefined ? newRule : changedRule, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const strange = strangeField(read.value, event.schema?.collections[RULES]?.fields ?? read.value);
	if (strange !== undefined) return refused(strange.code, strange.field);
	const change = placeOf(read.value);
	const saved = { done: true, payload: sent as Record<string, unknown> } as const;
	// What the caller may not see, or is no more, Directus refuses itself.
	if (keys !== undefined && !(await seenByCaller(RULES, keys, event, platform))) return saved;
	const standing = keys === undefined ? [{ id: null }] : await rulesOf(event.database, keys);
	for (const rule of standing) {
		const after = { service: null, ...rule, ...change } as RungPlace;
		const fault = await faultOf(after, rule.id, Object.keys(change), event, platform);
		if (fault !== undefined) return fault;
	}
	return saved;
}

/** The question what saving would do: refused where saving would be refused. */
export async function readChange(
	sent: unknown,
	event: EventContext,
	platform: Platform,
): Promise<{ done: true; change: RuleChange } | NotDone> {
	const read = readSent(asked, sent);
	if (!read.ok) return refused(read.fault.code, read.fault.field);
	const { id: rule = null, service = null, deleted = false, ...rest } = read.value;
	if (deleted && rule === null) return refused('DOORSTEP_REQUIRED', 'id');
	if (rule !== null && !(await seenByCaller(RULES, [rule], event, platform)))
		return refused('DOORSTEP_INVALID', 'id');
	const change = { ...rest, service };
	const fault = deleted ? undefined : await faultOf(change, rule, PLACE, event, platform);
	return fault ?? { done: true, change: { ...change, id: rule, deleted } };
}

const PLACE = ['ledger', 'service', 'rung', 'delay', 'unit'] as const satisfies (keyof RungPlace)[];

/** As it comes: what is missing stays as it is. */
type PlaceSent = { [Field in keyof RungPlace]?: RungPlace[Field] | null | undefined };

function placeOf(value: PlaceSent): PlaceSent {
	return Object.fromEntries(
		PLACE.filter((field) => value[field] !== undefined).map((field) => [field, value[field]]),
	);
}

/** Only what is sent is looked at, so that an odd rule of old days can still be given a name. */
async function faultOf(
	rule: RungPlace,
	own: string | null,
	sent: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<NotDone | undefined> {
	const sends = (...fields: (keyof RungPlace)[]): boolean => fields.some((field) => sent.includes(field));
	if (sends('delay', 'unit') && !isPlausible(rule)) return refused('DOORSTEP_INVALID', 'delay');
	if (sends('service') && rule.service !== null) {
		if (!(await seenByCaller('doorstep_services', [rule.service], event, platform)))
			return refused('DOORSTEP_INVALID', 'service');
	}
	if (!sends('ledger', 'service', 'rung')) return undefined;
	const twins = await twinsOf(event.database, rule, own);
	if (twins.length === 0 || !(await idsSeenByCaller(RULES, twins, event, platform)).length) return undefined;
	return { ...refused('DOORSTEP_RUNG_TAKEN', 'rung'), args: { rung: String(rule.rung) } };
}

async function rulesOf(knex: Knex, keys: readonly string[]): Promise<(RungPlace & { id: string })[]> {
	return knex(RULES)
		.whereIn('id', keys)
		.select<(RungPlace & { id: string })[]>('id', ...PLACE);
}

/** Other rules at the same rung of the same ladder; the unique keys of the table allow none. */
async function twinsOf(
	knex: Knex,
	{ ledger, service, rung }: Pick<RungPlace, 'ledger' | 'service' | 'rung'>,
	own: string | null,
): Promise<string[]> {
	const found = await knex(RULES).where({ ledger, service, rung }).pluck<string[]>('id');
	return found.filter((rule) => rule !== own);
}
