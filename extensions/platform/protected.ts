import type { Knex } from 'knex';
import { askedBy, parsed, type SchemaView, type Stop } from './asked.js';
import type { Accountability } from './context.js';
import { opensInAllRows, opensWithoutCondition, type ReadRule } from './covered.js';
import { fromJson } from './dialect.js';

/** Who may ask by a field. */
type Opening = (rules: readonly ReadRule[], field: string) => boolean;

const nobody: Opening = () => false;
const anywhere = (): boolean => true;

/** Rows that this package gives people to read, or hides from them. */
export function isOurs(collection: string | null): boolean {
	return collection === null || collection.startsWith('doorstep_') || collection === 'directus_files';
}

/** Fields that nobody may guess. To protect one more, add it to a row, or add a row. */
export interface ProtectedFields {
	collection: string;
	holds: (field: string) => boolean;
	/** Named fields are protected also where the schema does not tell whose they are. */
	named: boolean;
	/** On the collection itself; absent where Directus's own rules suffice. */
	asked?: Opening;
	/** Over a relation, where Directus forgets the row rules of the collection that it leads to. */
	askedOver: Opening;
	/** Relations of which collections are meant. */
	over: (from: string | null) => boolean;
}

/** These fields, asked by on the collection itself only by whom every rule opens them to. */
export function guarded(collection: string, fields: readonly string[]): ProtectedFields {
	const holds = (field: string): boolean => fields.includes(field);
	return { collection, holds, named: true, asked: opensInAllRows, askedOver: nobody, over: anywhere };
}

/**
 * All fields but these, which may be asked by over a relation of ours only where the person reads them of everybody; what other
 * collections of the platform lead to is the platform's to guard.
 */
export function guardedFromAfar(collection: string, except: readonly string[]): ProtectedFields {
	const holds = (field: string): boolean => !except.includes(field);
	return { collection, holds, named: false, askedOver: opensWithoutCondition, over: isOurs };
}

/** These fields, asked by on the collection itself by whoever reads them, and over a relation only by whoever reads them of everybody. */
export function guardedOverRelations(collection: string, fields: readonly string[]): ProtectedFields {
	const holds = (field: string): boolean => fields.includes(field);
	return { collection, holds, named: false, askedOver: opensWithoutCondition, over: anywhere };
}

const BACKWARDS = /\$FOLLOW\(\s*(\w+)\s*,\s*(\w+)/g;

/**
 * Where a query goes backwards along a relation by Directus's `$FOLLOW`, the collection and field that it comes to: Directus lets
 * everybody do so and forgets all row rules there, so that a cadre could ask about complaints, and anybody about anybody's notices.
 *
 * @param isGuarded of which collections; what others are asked is the platform's to guard, and its pickers ask this way
 */
export function followedBackwards(
	query: unknown,
	isGuarded: (collection: string) => boolean,
): { collection: string; field: string } | undefined {
	for (const text of textsIn(query))
		for (const [, collection = '', field = ''] of text.matchAll(BACKWARDS))
			if (isGuarded(collection)) return { collection, field };
	return undefined;
}

/** Every key and every text of a query, also of parts that are written as JSON. */
function* textsIn(value: unknown): Generator<string> {
	if (typeof value === 'string') {
		yield value;
		const inner = value.includes('{') ? parsed(value) : undefined;
		if (typeof inner === 'object') yield* textsIn(inner);
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, below] of Object.entries(value)) {
			yield key;
			yield* textsIn(below);
		}
	}
}

/** A field that somebody asks by, and who might. */
export interface ProtectedAsk {
	collection: string;
	field: string;
	opening: Opening;
}

/** Of what a query asks by, the protected fields. */
export function protectedAsks(
	collection: string,
	query: unknown,
	schema: SchemaView,
	list: readonly ProtectedFields[],
): ProtectedAsk[] {
	return askedBy(collection, query, schema).flatMap(({ stops }) =>
		stops.flatMap((stop, at) => asksAt(stop, stops[at - 1], list)),
	);
}

function asksAt(
	{ collection, field }: Stop,
	before: Stop | undefined,
	list: readonly ProtectedFields[],
): ProtectedAsk[] {
	return list.flatMap((row) => {
		const isHere = collection === row.collection || (collection === null && row.named);
		if (before !== undefined && !row.over(before.collection)) return [];
		const opening = before === undefined ? row.asked : row.askedOver;
		if (!isHere || opening === undefined || !row.holds(field)) return [];
		return [{ collection: row.collection, field, opening }];
	});
}

/** The first field that the person asks by and may not. The rules are looked up only where something protected is asked for. */
export async function firstRefused(
	asks: readonly ProtectedAsk[],
	accountability: Accountability,
	knex: Knex,
): Promise<ProtectedAsk | undefined> {
	const rules = new Map<string, ReadRule[]>();
	for (const ask of asks) {
		const known = rules.get(ask.collection) ?? (await readRulesOf(knex, accountability, ask.collection));
		rules.set(ask.collection, known);
		if (!ask.opening(known, ask.field)) return ask;
	}
	return undefined;
}

/**
 * The rules by which somebody reads a collection: by policies of their own, of their role and of roles above it, which Directus has
 * found already; where they have no role, those of the public as well. A policy for some networks only counts for the rows that it
 * may open, and not for the fields.
 */
async function readRulesOf(
	knex: Knex,
	{ user, roles }: Accountability,
	collection: string,
): Promise<ReadRule[]> {
	const rows = await knex('directus_permissions as p')
		.join('directus_policies as y', 'y.id', 'p.policy')
		.where({ 'p.collection': collection, 'p.action': 'read' })
		.whereIn('p.policy', (held) => {
			held.select('a.policy').from('directus_access as a');
			if (user !== null) held.orWhere('a.user', user);
			if (roles.length > 0) held.orWhereIn('a.role', roles);
			else held.orWhere({ 'a.role': null, 'a.user': null });
		})
		.select<{ fields: string | null; permissions: unknown; ip_access: string | null }[]>(
			'p.fields',
			'p.permissions',
			'y.ip_access',
		);
	return rows.map(({ fields, permissions, ip_access }) => ({
		fields: (fields ?? '').split(',').map((field) => field.trim()),
		rows: fromJson(permissions),
		everywhere: !ip_access,
	}));
}
