import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import { dialectOf } from '../platform/dialect.js';
import { endOfLocalDay, localDateOf } from '../platform/local-time.js';
import { VARIABLES, type Filter } from './lists.js';
import { officialsOf } from './people-store.js';
import { isAway } from './people.js';
import type { CadreId } from './terms.js';

/** Stands for no row at all: a list of ids must not be empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Conditions that compare with several values, though they may be written with one. */
const LISTS: ReadonlySet<string> = new Set(['_in', '_nin']);

type Variable = (typeof VARIABLES)[keyof typeof VARIABLES];
const NAMES: ReadonlySet<unknown> = new Set(Object.values(VARIABLES));

/**
 * Puts the reader's values where a filter over cases names variables of ours. In place, against our habit: Directus counts for `meta` with
 * the very object that it hands to filters, and doing it twice changes nothing.
 */
export async function fillIn(filter: Filter, user: string | null, database: Knex): Promise<void> {
	const named = variablesIn(filter);
	if (named.size === 0) return;
	const now = await databaseNow(database);
	const values = new Map<Variable, readonly string[]>();
	for (const name of named) values.set(name, await valuesOf(name, user, now, database));
	replaceIn(filter, values);
}

async function valuesOf(name: Variable, user: string | null, now: Date, database: Knex): Promise<string[]> {
	if (name === VARIABLES.todayEnd) return [endOfLocalDay(localDateOf(now)).toISOString()];
	const ids = user === null ? [] : await idsOf(name, user, now, database);
	return ids.length > 0 ? ids : [NOBODY];
}

function idsOf(
	name: Exclude<Variable, typeof VARIABLES.todayEnd>,
	user: string,
	now: Date,
	database: Knex,
): Promise<string[]> {
	switch (name) {
		case VARIABLES.actingAs:
			return actingAs(user, now, database);
		case VARIABLES.ledVillages:
			return ledVillages(user, now, database);
		case VARIABLES.townVillages:
			return townVillages(user, database);
	}
}

/** The officials as whom somebody acts: their own row, and those for whom they stand in now. */
export async function actingAs(user: string, now: Date, database: Knex): Promise<CadreId[]> {
	const at = dialectOf(database) === 'sqlite' ? now.getTime() : now;
	return database('doorstep_cadres as o')
		.leftJoin('doorstep_cadres as s', 's.id', 'o.substitute')
		.where('o.user', user)
		.orWhere((covered) => void covered.where('s.user', user).where('o.substitute_until', '>=', at))
		.pluck<CadreId[]>('o.id');
}

async function ledVillages(user: string, now: Date, database: Knex): Promise<string[]> {
	const villages = await database('doorstep_villages as v')
		.leftJoin('doorstep_cadres as l', 'l.id', 'v.leader')
		.leftJoin('doorstep_cadres as d', 'd.id', 'v.deputy')
		.where('l.user', user)
		.orWhere('d.user', user)
		.select<{ id: string; leader: CadreId | null; of: string | null }[]>('v.id', 'v.leader', {
			of: 'l.user',
		});
	const leaders = await officialsOf(
		database,
		villages.map(({ leader }) => leader),
		now,
	);
	return villages
		.filter(({ leader, of }) => of === user || isAway(leader === null ? null : (leaders.get(leader) ?? null)))
		.map(({ id }) => id);
}

async function townVillages(user: string, database: Knex): Promise<string[]> {
	return database('doorstep_villages as v')
		.join('doorstep_cadres as t', 't.id', 'v.town_leader')
		.where('t.user', user)
		.pluck<string[]>('v.id');
}

function isVariable(value: unknown): value is Variable {
	return NAMES.has(value);
}

/** @example variablesIn({ holder: { _in: ['$ACTING_AS'] } }) // Set { '$ACTING_AS' } */
export function variablesIn(part: unknown, found = new Set<Variable>()): Set<Variable> {
	if (isVariable(part)) found.add(part);
	else if (isNest(part)) for (const inner of Object.values(part)) variablesIn(inner, found);
	return found;
}

function replaceIn(part: Record<string, unknown>, values: ReadonlyMap<Variable, readonly string[]>): void {
	for (const [key, value] of Object.entries(part)) {
		if (isVariable(value)) part[key] = LISTS.has(key) ? values.get(value) : values.get(value)?.[0];
		else if (Array.isArray(value) && value.some(isVariable)) {
			part[key] = value.flatMap((each: unknown) =>
				isVariable(each) ? [...(values.get(each) ?? [])] : [each],
			);
		} else if (isNest(value)) replaceIn(value, values);
	}
}

function isNest(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !(value instanceof Date);
}
