import { askedBy, namesBehind, plain, relatedTo, segmentsOf, type SchemaView } from './asked.js';

/** Fields of which every look leaves a trace. */
export interface TracedFields {
	collection: string;
	fields: readonly string[];
}

/** As Directus hands a query to a filter. */
export interface ReadQuery {
	fields?: readonly string[] | null;
	alias?: unknown;
	deep?: unknown;
	aggregate?: unknown;
	group?: unknown;
}

/** Stands for rows of which no id is known: figures, orders, conditions. */
const ANY_ROW = '*';

/** Under this name a row's id comes along where nobody asked for it. */
const ROW_ID = 'doorstep_row';

/** Whose rows hold what a row was like before or will be. */
const KEEPS_CHANGES = ['directus_revisions', 'directus_versions'];
type Row = Record<string, unknown>;
type Plain = Readonly<Record<string, unknown>>;

/** The query with the ids of all rows whose traced fields it reads by name, and nothing else called an id, so that the trace can say whose they are. */
export function withIds(
	collection: string,
	query: ReadQuery,
	schema: SchemaView,
	traced: TracedFields,
): ReadQuery {
	const grouped = Object.keys(plain(query.aggregate)).length > 0 || query.group;
	if (grouped || !mentions(query, traced)) return query;
	const plainly = shadows(query) ? withoutShadows(query) : query;
	return placesOf(collection, plainly, schema, traced).reduce(withIdAt, plainly);
}

/**
 * Whose traced fields an answer holds, by id, and `*` where it tells of rows without an id, or was asked by such a field. Takes out
 * the ids that `withIds` has put in.
 *
 * A field without a value leaves no trace: whether it is empty or withheld cannot be told, and neither says anything about anybody.
 */
export function disclosedBy(
	collection: string,
	query: ReadQuery,
	rows: readonly unknown[],
	schema: SchemaView,
	traced: TracedFields,
): string[] {
	const found = new Set<string>();
	if (isAskedBy(collection, query, schema, traced)) found.add(ANY_ROW);
	if (!mentions(query, traced) && !TELLS_OF_CHANGES.includes(collection)) return [...found];
	const root = { collection, aliases: plain(query.alias), deep: plain(query.deep) };
	for (const row of rows) look(row, root, { schema, traced, found });
	return [...found];
}

const TELLS_OF_CHANGES = [...KEEPS_CHANGES, 'directus_activity'];

interface Place {
	collection: string | null;
	aliases: Plain;
	deep: Plain;
}
interface Looking {
	schema: SchemaView;
	traced: TracedFields;
	found: Set<string>;
}

function look(row: unknown, place: Place, looking: Looking): void {
	if (typeof row !== 'object' || row === null || Array.isArray(row)) return;
	const { collection, aliases, deep } = place;
	const { schema, traced, found } = looking;
	const entries = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
	const isTraced = collection === traced.collection || collection === null;
	if (isTraced && entries.some(([key]) => namesBehind(key, aliases).some((name) => isOf(name, traced))))
		found.add(idIn(row as Row, aliases));
	if (collection !== null && KEEPS_CHANGES.includes(collection)) {
		const item = changedItemIn(row as Row, aliases, traced);
		if (item !== undefined) found.add(item);
	}
	Reflect.deleteProperty(row, ROW_ID);
	for (const [key, value] of entries) {
		if (typeof value !== 'object') continue;
		const name = namesBehind(key, aliases)[0] ?? key;
		if (!isRelation(collection, name, schema)) continue;
		const below = plain(deep[key]);
		const next = {
			...{ collection: relatedTo(collection, name, schema) },
			...{ aliases: plain(below['_alias']), deep: below },
		};
		for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) look(each, next, looking);
	}
}

/** An object may also be a field's own JSON; where the collection is open, so is this. */
function isRelation(collection: string | null, name: string, schema: SchemaView): boolean {
	return (
		collection === null ||
		relatedTo(collection, name, schema) !== null ||
		schema.relations.some((each) => each.collection === collection && each.field === name)
	);
}

/** A name as it stands in an answer; `special_groups_count` is what a function has made of the field. */
function isOf(name: string, { fields }: TracedFields): boolean {
	const last = segmentsOf(name).at(-1) ?? name;
	return fields.some((field) => last === field || last.startsWith(`${field}_`));
}

/** Of which row this one keeps a traced value; undefined where it keeps none. */
function changedItemIn(row: Row, aliases: Plain, { collection, fields }: TracedFields): string | undefined {
	const called = (name: string): unknown[] =>
		Object.entries(row).flatMap(([key, value]) => (namesBehind(key, aliases)[0] === name ? [value] : []));
	const [of] = called('collection');
	if (typeof of === 'string' && of !== collection) return undefined;
	const kept = ['data', 'delta'].flatMap(called).map(plain);
	const tells = kept.some((values) => fields.some((field) => (values[field] ?? null) !== null));
	return tells ? (textOf(called('item')[0]) ?? ANY_ROW) : undefined;
}

function idIn(row: Row, aliases: Plain): string {
	const key = Object.keys(row).find((each) => (namesBehind(each, aliases)[0] ?? each) === 'id');
	return textOf(row[ROW_ID]) ?? textOf(key === undefined ? undefined : row[key]) ?? ANY_ROW;
}

function textOf(id: unknown): string | undefined {
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Whatever reads a traced field names it, by itself or behind an alias, or says all. */
function mentions({ fields, alias, deep }: ReadQuery, traced: TracedFields): boolean {
	const text = JSON.stringify([fields ?? ['*'], alias, deep]);
	return ['*', ...traced.fields].some((word) => text.includes(word));
}

function isAskedBy(collection: string, query: ReadQuery, schema: SchemaView, traced: TracedFields): boolean {
	return askedBy(collection, query, schema).some(({ stops }) =>
		stops.some((stop) => stop.collection === traced.collection && traced.fields.includes(stop.field)),
	);
}

/** Where in the answer traced fields will stand that were named, as the keys that lead there. */
function placesOf(
	collection: string,
	{ fields, alias, deep }: ReadQuery,
	schema: SchemaView,
	traced: TracedFields,
): string[][] {
	const places = new Map<string, string[]>();
	for (const path of fields ?? []) {
		const keys = segmentsOf(path);
		const last = keys.pop() ?? '';
		let place: Place = { collection, aliases: plain(alias), deep: plain(deep) };
		for (const key of keys) {
			const below = plain(place.deep[key]);
			const name = namesBehind(key, place.aliases)[0] ?? key;
			place = {
				...{ collection: relatedTo(place.collection, name, schema) },
				...{ aliases: plain(below['_alias']), deep: below },
			};
		}
		const reads = namesBehind(last, place.aliases).some((name) => isOf(name, traced));
		if (reads && place.collection === traced.collection) places.set(keys.join('.'), keys);
	}
	return [...places.values()];
}

/** Names that would hide the id of a row, or pass for ours. */
const SHADOWS = ['id', ROW_ID];

function shadows({ alias, deep }: ReadQuery): boolean {
	const text = JSON.stringify([alias, deep]);
	return SHADOWS.some((name) => text.includes(`"${name}"`) || text.includes(`\\"${name}\\"`));
}

/** The query without other fields under the name of an id, at any depth: where all fields are read, the id stands among them. */
function withoutShadows(query: ReadQuery): ReadQuery {
	const alias = unshadowed(query.alias);
	const deep = Object.fromEntries(
		Object.entries(plain(query.deep)).map(([key, below]) => [key, withoutShadowsBelow(below)]),
	);
	return { ...query, ...(query.alias != null && { alias }), ...(query.deep != null && { deep }) };
}

function withoutShadowsBelow(below: unknown): unknown {
	if (typeof below !== 'object' || below === null || Array.isArray(below)) return below;
	return Object.fromEntries(
		Object.entries(below).map(([key, value]) => [
			key,
			key === '_alias' ? unshadowed(value) : key.startsWith('_') ? value : withoutShadowsBelow(value),
		]),
	);
}

function unshadowed(alias: unknown): Plain {
	return Object.fromEntries(Object.entries(plain(alias)).filter(([name]) => !SHADOWS.includes(name)));
}

function withIdAt(query: ReadQuery, keys: readonly string[]): ReadQuery {
	const fields = [...(query.fields ?? []), [...keys, ROW_ID].join('.')];
	const [first, ...rest] = keys;
	if (first === undefined) return { ...query, fields, alias: { ...plain(query.alias), [ROW_ID]: 'id' } };
	return { ...query, fields, deep: withAlias(plain(query.deep), first, rest) };
}

function withAlias(deep: Plain, key: string, rest: readonly string[]): Plain {
	const below = plain(deep[key]);
	const [next, ...further] = rest;
	const changed =
		next === undefined
			? { ...below, _alias: { ...plain(below['_alias']), [ROW_ID]: 'id' } }
			: withAlias(below, next, further);
	return { ...deep, [key]: changed };
}
