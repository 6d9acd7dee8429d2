import type { Township } from './township.js';

/** How many rows there are of what a case consists of, in one text: equal texts mean that nothing was written. */
export async function rowsWritten(township: Township): Promise<string> {
	const tables = ['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_services'];
	const counts = tables.map((table) => township.sql<{ n: number }>(`select count(*) as n from ${table}`));
	return JSON.stringify(await Promise.all(counts));
}

/** The columns of a collection, as Directus knows them. */
export async function columnsOf({ admin }: Township, collection: string): Promise<string[]> {
	const fields = await admin.ok<{ field: string; schema: object | null }[]>('GET', `/fields/${collection}`);
	return fields.filter(({ schema }) => schema !== null).map(({ field }) => field);
}
