/** As much of Directus's schema as it takes to follow a path. */
export interface SchemaView {
	collections: Readonly<Record<string, { fields: Readonly<Record<string, unknown>> } | undefined>>;
	relations: readonly {
		collection: string;
		field: string;
		/** Null for a relation that leads to several collections. */
		related_collection: string | null;
		meta?: { one_field?: string | null; one_allowed_collections?: readonly string[] | null } | null;
	}[];
}

/** A field on the way; the collection is null where the schema does not tell, so that nobody takes it for harmless. */
export interface Stop {
	collection: string | null;
	field: string;
}

/** One path that a query asks by: whoever may ask so learns of the field's value without ever reading it. */
export interface AskedPath {
	by: 'filter' | 'sort' | 'group' | 'aggregate';
	stops: Stop[];
}

type Plain = Readonly<Record<string, unknown>>;

/** A query, or a part of `deep`, with what led to it. */
interface Level {
	collection: string | null;
	query: Plain;
	deep: Plain;
	aliases: Plain;
	before: Stop[];
}

/**
 * Every path by which a query asks: conditions, order, groups and figures, also those of nested lists (`deep`), with functions opened
 * and aliases resolved. A key that Directus would not understand is followed all the same.
 *
 * @example askedBy('doorstep_cases', { sort: ['-household.code'] }, schema)
 * // [{ by: 'sort', stops: [{ collection: 'doorstep_cases', field: 'household' }, { collection: 'doorstep_households', field: 'code' }] }]
 */
export function askedBy(collection: string, query: unknown, schema: SchemaView): AskedPath[] {
	const root = plain(query);
	const level = {
		...{ collection, query: root, deep: plain(root['deep']), aliases: plain(root['alias']) },
		before: [],
	};
	// What stands at the root of `deep` Directus ignores today; it is no reason for us to.
	const stray = { ...level, query: withoutDashes(level.deep), deep: {} };
	return [...levelsFrom(level, schema), stray].flatMap((each) => askedAt(each, schema));
}

/** The collection behind a relation, from either of its ends; null where the field is none or leads to several. */
export function relatedTo(collection: string | null, field: string, schema: SchemaView): string | null {
	if (collection === null) return null;
	const forth = schema.relations.find((each) => each.collection === collection && each.field === field);
	if (forth !== undefined) return forth.related_collection;
	const back = schema.relations.find(
		({ related_collection, meta }) =>
			meta?.one_field === field &&
			(related_collection === collection || (meta.one_allowed_collections ?? []).includes(collection)),
	);
	return back?.collection ?? null;
}

/** What a name in a query may stand for: its alias wins, a field of that name is never overlooked. */
export function namesBehind(name: string, aliases: Plain): string[] {
	const target = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
	return typeof target === 'string' ? [target, name] : [name];
}

/**
 * A path as it is written in a query, taken apart; functions give way to what they are of.
 *
 * @example segmentsOf('household.year(seen_at)') // ['household', 'seen_at']
 * @example segmentsOf('count(household.groups)') // ['household', 'groups']
 * @example segmentsOf('json(groups, $[0].name)') // ['groups']
 */
export function segmentsOf(path: string): string[] {
	return partsOf(path).flatMap((part) => {
		if (part.startsWith('$FOLLOW(')) return [part];
		return (/\(([^),]+)/.exec(part)?.[1] ?? part).split('.').map((segment) => segment.trim());
	});
}

/** Split at the dots outside parentheses; in one pass, for a path may be as long as a request. */
function partsOf(path: string): string[] {
	let depth = 0;
	let from = 0;
	const parts: string[] = [];
	for (let at = 0; at < path.length; at++) {
		if (path[at] === '(') depth++;
		else if (path[at] === ')') depth = Math.max(0, depth - 1);
		else if (path[at] === '.' && depth === 0) {
			parts.push(path.slice(from, at));
			from = at + 1;
		}
	}
	return [...parts, path.slice(from)];
}

/** An object as it is, or as the JSON text that Directus takes for one; anything else asks for nothing. */
export function plain(value: unknown): Plain {
	if (typeof value === 'string') return plain(parsed(value));
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

function* levelsFrom(level: Level, schema: SchemaView): Generator<Level> {
	yield level;
	for (const [key, below] of Object.entries(level.deep)) {
		if (key.startsWith('_')) continue;
		for (const name of namesBehind(key, level.aliases)) {
			const { stops, next } = walk(level.collection, [name], schema);
			const deep = plain(below);
			// Below a relation to several collections the aliases above still hold.
			const aliases = name.includes(':')
				? { ...level.aliases, ...plain(deep['_alias']) }
				: plain(deep['_alias']);
			const before = [...level.before, ...stops];
			yield* levelsFrom({ collection: next, query: withoutDashes(deep), deep, aliases, before }, schema);
		}
	}
}

function askedAt({ collection, query, aliases, before }: Level, schema: SchemaView): AskedPath[] {
	const aggregate = plain(query['aggregate']);
	const asked = (by: AskedPath['by'], segments: readonly string[]): AskedPath => ({
		by,
		stops: [...before, ...walk(collection, segments, schema).stops],
	});
	const isField = (name: string): boolean =>
		collection !== null && Object.hasOwn(schema.collections[collection]?.fields ?? {}, name);
	const filtered = [...conditionsOf(query['filter'])].map((path) => asked('filter', path));
	const sorted = listOf(query['sort'])
		.map((path) => segmentsOf(path.replace(/^-/, '')).map((segment) => segment.replace(/^-/, '').trim()))
		// Beside figures, an order may go by one of them: `sort=-count.id`; what the figure is of counts all the same.
		.map((path) =>
			Object.hasOwn(aggregate, path[0] ?? '') && !isField(path[0] ?? '') ? path.slice(1) : path,
		)
		.map((path) => asked('sort', path));
	const grouped = [...listOf(query['group']), ...listOf(query['groupBy'])]
		.flatMap((path) => namesBehind(path, aliases))
		.map((path) => asked('group', segmentsOf(path)));
	const counted = Object.values(aggregate)
		.flatMap(listOf)
		.map((path) => asked('aggregate', segmentsOf(path)));
	return [...filtered, ...sorted, ...grouped, ...counted].filter(
		({ stops }) => stops.length > before.length && stops.at(-1)?.field !== '*',
	);
}

/** The paths of all conditions. Operators and whatever else begins with a dash add no segment, and what stands below is looked into. */
function* conditionsOf(filter: unknown, path: readonly string[] = []): Generator<readonly string[]> {
	if (path.length > 0) yield path;
	const below = typeof filter === 'string' && path.length === 0 ? parsed(filter) : filter;
	if (typeof below !== 'object' || below === null) return;
	for (const [key, value] of Object.entries(below)) {
		const adds = !Array.isArray(below) && !key.startsWith('_');
		yield* conditionsOf(value, adds ? [...path, ...segmentsOf(key)] : path);
	}
}

function walk(
	from: string | null,
	segments: readonly string[],
	schema: SchemaView,
): { stops: Stop[]; next: string | null } {
	let collection = from;
	const stops = segments.map((segment) => {
		const [, follows, over] = /^\$FOLLOW\(([^,)]+),([^,)]+)/.exec(segment) ?? [];
		if (follows !== undefined && over !== undefined) {
			collection = follows.trim();
			return { collection, field: over.trim() };
		}
		const [field = segment, scope] = segment.split(':');
		const stop = { collection, field };
		collection = scope ?? relatedTo(collection, field, schema);
		return stop;
	});
	return { stops, next: collection };
}

function withoutDashes(deep: Plain): Plain {
	const own = Object.entries(deep).filter(([key]) => key.startsWith('_'));
	return Object.fromEntries(own.map(([key, value]) => [key.slice(1), value]));
}

function listOf(value: unknown): string[] {
	const list = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
	return list.filter((each) => typeof each === 'string').map((each) => each.trim());
}

/** What a text is as JSON; undefined where it is none. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
