import type { Knex } from 'knex';
import { readAsCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { fromJson } from '../platform/dialect.js';
import { rowExists } from '../platform/references.js';
import { readSent, strangeField, type Fault } from '../platform/sent.js';
import { EDITED_LISTS, householdSent, notOffered, valuesOf } from './household-sent.js';

const HOUSEHOLDS = 'doorstep_households';
/** Looked up by us: SQLite does not say which of them is missing. */
const TARGETS = [
	{ field: 'hamlet', table: 'doorstep_hamlets' },
	{ field: 'cadre', table: 'doorstep_cadres' },
] as const;

/**
 * A household's file as it is to be written (L1), or why it is not. Lists are those that administrators keep in the studio (L6);
 * what stands in a row already may stay there, also where it is offered no more.
 *
 * @param keys of the rows that are changed; none for a new one
 */
export async function checkHousehold(
	sent: unknown,
	keys: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<{ ok: true; value: Record<string, unknown> } | { ok: false; fault: Fault }> {
	const read = readSent(householdSent, sent);
	if (!read.ok) return read;
	const strange = strangeField(read.value, event.schema?.collections[HOUSEHOLDS]?.fields ?? read.value);
	if (strange !== undefined) return { ok: false, fault: strange };
	for (const field of EDITED_LISTS) {
		const odd = notOffered(read.value[field], await offeredBy(event.database, field));
		if (odd.length > 0 && !(await allHold(odd, field, keys, event, platform)))
			return { ok: false, fault: { code: 'DOORSTEP_INVALID', field } };
	}
	return read;
}

/**
 * The first relation of a household that leads nowhere. Asked after it was looked whether the caller may put the household there, so
 * that what is missing and what is foreign are refused alike.
 */
export async function missingTarget(
	sent: Readonly<Record<string, unknown>>,
	{ database }: EventContext,
): Promise<Fault | undefined> {
	for (const { field, table } of TARGETS) {
		const target = sent[field];
		if (typeof target === 'string' && !(await rowExists(database, table, target)))
			return { code: 'DOORSTEP_INVALID', field };
	}
	return undefined;
}

/** The choices of a household's field as administrators left them; undefined where anything may be filled in. */
async function offeredBy(knex: Knex, field: string): Promise<string[] | undefined> {
	const row = await knex('directus_fields')
		.where({ collection: HOUSEHOLDS, field })
		.first<{ options: unknown } | undefined>('options');
	const options = fromJson(row?.options ?? null) as {
		choices?: { value: string }[] | null;
		allowOther?: boolean;
	} | null;
	return options?.allowOther ? undefined : options?.choices?.map(({ value }) => value);
}

/** Whether each of these rows holds these values already, asked as the caller: nobody learns so what they may not read. */
async function allHold(
	values: readonly string[],
	field: string,
	keys: readonly string[],
	event: EventContext,
	platform: Platform,
): Promise<boolean> {
	if (keys.length === 0) return false;
	const query = { filter: { id: { _in: keys } }, fields: ['id', field], limit: -1 };
	const rows = await readAsCaller(HOUSEHOLDS, query, event, platform);
	if (rows === 'forbidden' || rows.length < new Set(keys).size) return false;
	return rows.every((row) => values.every((value) => valuesOf(row[field]).includes(value)));
}
