/** What only the database's owner can do: changing rows past our triggers and keys. */
import type { Township } from './township.js';

/** The tables that a case consists of. */
const OF_CASES = [
	...['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_counters'],
	'doorstep_seals',
];

/** Runs statements without any trigger, all or none; afterwards every trigger stands as before. */
export async function tamper(township: Township, ...statements: string[]): Promise<void> {
	if (township.database === 'postgres') {
		// One message is one transaction, and a role that was set in it goes back with it where it fails.
		const all = [
			'set session_replication_role = replica',
			...statements,
			'set session_replication_role = origin',
		];
		await township.sql(all.join(';\n'));
		return;
	}
	const triggers = await township.sql<{ name: string; sql: string }>(
		"select name, sql from sqlite_master where type = 'trigger' and tbl_name like 'doorstep\\_%' escape '\\'",
	);
	const drops = triggers.map(({ name }) => `drop trigger "${name}"`);
	await township.sql('begin immediate');
	try {
		for (const statement of [...drops, ...statements, ...triggers.map(({ sql }) => sql)])
			await township.sql(statement);
		await township.sql('commit');
	} catch (error) {
		await township.sql('rollback');
		throw error;
	}
}

/** Keeps all cases as they are now; a backup of a name is made once. */
export async function backUp(township: Township, name: string): Promise<void> {
	for (const table of OF_CASES) await township.sql(`create table ${name}_${table} as select * from ${table}`);
}

/** Puts a backup in the place of what stands there. */
export async function restore(township: Township, name: string): Promise<void> {
	await tamper(
		township,
		...OF_CASES.map((table) => `delete from ${table}`),
		...OF_CASES.map((table) => `insert into ${table} select * from ${name}_${table}`),
	);
}
