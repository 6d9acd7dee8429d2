/** What a request asks of the database, read from Directus's own log at its finest. */
import type { Instance } from '../../seed/instance.js';
import type { Act } from './measure.js';

/** Directus started with these writes each statement into its log, with the time it took. */
export const TRACING = { LOG_LEVEL: 'trace', LOG_STYLE: 'raw' };

export interface Statements {
	/** A request, on average. */
	count: number;
	/** Milliseconds from asking to answer, all of them together; they follow one another. */
	ms: number;
	/** Milliseconds by what they do, the longest first. */
	byKind: Map<string, { count: number; ms: number }>;
}

/** Sends the request so many times, one after another, and reads the log of that. */
export async function statementsOf(instance: Instance, act: Act, requests: number): Promise<Statements> {
	await act();
	const before = (await instance.log()).length;
	for (let n = 0; n < requests; n += 1) await act();
	const lines = (await instance.log()).slice(before).split('\n');
	const byKind = new Map<string, { count: number; ms: number }>();
	let [count, ms] = [0, 0];
	for (const line of lines) {
		const [, took, sql] = /"msg":"\[([\d.]+)ms\] (.*?)(?<!\\)"/.exec(line) ?? [];
		if (took === undefined || sql === undefined) continue;
		const kind = kindOf(sql);
		const known = byKind.get(kind) ?? { count: 0, ms: 0 };
		byKind.set(kind, { count: known.count + 1 / requests, ms: known.ms + Number(took) / requests });
		count += 1 / requests;
		ms += Number(took) / requests;
	}
	const longestFirst = [...byKind].sort(([, a], [, b]) => b.ms - a.ms);
	return { count, ms, byKind: new Map(longestFirst) };
}

/** @example kindOf('insert into \\"doorstep_cases\\" (…') // 'insert doorstep_cases' */
function kindOf(sql: string): string {
	let text = sql.replaceAll(/\\?["`]/g, '');
	// What stands in parentheses asks other tables; the statement is named by its own.
	for (let inner = ''; inner !== text;) {
		inner = text;
		text = text.replaceAll(/\([^()]*\)/g, '');
	}
	const verb = /^\w+/.exec(text)?.[0].toLowerCase() ?? text;
	const table = /\b(?:from|into|update|join)\s+(?!\()(\w+)/i.exec(text)?.[1];
	return [verb, table?.replace(/^(plain|doorstep)_/, '')].filter(Boolean).join(' ');
}
