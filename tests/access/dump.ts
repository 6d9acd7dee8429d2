import type { Township } from '../harness/township.js';

/** What no refused write may change; traces of asking are left out. */
const DIRECTUS = [
	...['users', 'policies', 'access', 'permissions', 'roles', 'files', 'folders', 'comments', 'notifications'],
	...[
		'shares',
		'presets',
		'versions',
		'flows',
		'operations',
		'dashboards',
		'panels',
		'settings',
		'translations',
	],
	...['collections', 'fields', 'relations', 'revisions'],
];
/** Written by the server itself, now and then. */
const BUSY = ['doorstep_meta', 'doorstep_outbox'];
const TRACES = ['last_access', 'last_page'];

/** Every row of these tables as text, past Directus. */
export async function dump(township: Township): Promise<Set<string>> {
	const listed = await township.sql<{ name: string }>(
		township.database === 'sqlite'
			? `select name from sqlite_master where type = 'table' and name like 'doorstep\\_%' escape '\\'`
			: `select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'doorstep\\_%'`,
	);
	const ours = listed.map(({ name }) => name).filter((name) => !BUSY.includes(name));
	const tables = [...ours, ...DIRECTUS.map((name) => `directus_${name}`)];
	const rows = await Promise.all(
		tables.map(async (table) =>
			(await township.sql(`select * from ${table}`)).map(
				(row) => `${table} ${JSON.stringify(row, withoutTraces)}`,
			),
		),
	);
	return new Set(rows.flat());
}

function withoutTraces(key: string, value: unknown): unknown {
	return TRACES.includes(key) ? undefined : value;
}

/** Rows of one dump that are not in the other. */
export function missingFrom(dumped: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
	return [...dumped].filter((row) => !other.has(row));
}
