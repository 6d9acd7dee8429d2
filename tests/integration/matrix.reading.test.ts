import { afterAll, describe, expect, test, vi } from 'vitest';
import { askAll, each, faultOf } from '../access/answers.js';
import { asksOf, asksOfField, asksOfRow, otherAsks, type Ask } from '../access/asks.js';
import { given, secretsOf } from '../access/expectation.js';
import { introspect, questions } from '../access/graphql.js';
import { fieldsOf, pathOf, readModel } from '../access/model.js';
import { plain } from '../access/people.js';
import { buildMatrix, onePerKind, writtenFields } from '../access/rows.js';
import { tokensIn } from '../access/tokens.js';
import type { Answer, Client } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';

vi.setConfig({ testTimeout: 600_000 });
const township = await startProvisioned();
afterAll(() => township.stop());
const matrix = await buildMatrix(township);
const model = await readModel(township.admin);
const secrets = secretsOf(matrix);

/** One row of each kind and distance is asked for by its id; lists ask for all of them. */
const singled = onePerKind(matrix.rows);
const ASKS: Ask[] = [
	...model.collections.flatMap((collection) => asksOf(model, collection)),
	...writtenFields(matrix.rows).flatMap(([collection, field]) => asksOfField(collection, field)),
	...singled.flatMap(asksOfRow),
	...otherAsks(matrix.rows),
];

interface Read {
	way: string;
	answer: Answer<unknown>;
}

async function readEverything(client: Client): Promise<Read[]> {
	const asked = await askAll(client, ASKS);
	const reads = asked.map(({ ask, answer }): Read => ({
		way: `${ask.method} ${ask.path.slice(0, 160)}`,
		answer,
	}));
	for (const endpoint of ['/graphql', '/graphql/system'] as const) {
		const named = (name: string) => (endpoint === '/graphql' ? name : `directus_${name}`);
		const asks = questions(await introspect(client, endpoint), {
			idsOf: (name) => singled.filter(({ collection }) => collection === named(name)).map(({ id }) => id),
			groupedBy: (name) =>
				writtenFields(matrix.rows).flatMap(([collection, field]) =>
					collection === named(name) ? [field] : [],
				),
		});
		const answers = await each(asks, ({ query }) => client.request('POST', endpoint, { query }));
		reads.push(...asks.map(({ name }, n) => ({ way: `${endpoint} ${name}`, answer: answers[n]! })));
	}
	return reads;
}

/** What answers show: the ways by which each secret came out. */
function shownBy(reads: readonly Read[]): Map<string, string[]> {
	const shown = new Map<string, string[]>();
	for (const { way, answer } of reads)
		for (const token of tokensIn(answer.raw.toString()))
			if (secrets.has(token)) shown.set(token, [...(shown.get(token) ?? []), way]);
	return shown;
}

/** Of the bookmarks that go to everybody a list shows those of one's own hats; Directus counts them all. */
const COUNTED = model.collections.filter(
	(name) => name !== 'directus_presets' && fieldsOf(model, name).includes('id'),
);
const byAdmin = await readEverything(township.admin);

describe('Access: the control', () => {
	test('an administrator is shown every secret, so that each way is one that works', () => {
		const shown = shownBy(byAdmin);
		const kept = [...secrets].filter(([token]) => !shown.has(token));
		expect(kept.map(([, { row, field }]) => `${row.collection}.${field}`)).toEqual([]);
		const refused = byAdmin.filter(({ answer }) => answer.status >= 400 || answer.errors.length > 0);
		expect(
			refused.map(({ way, answer }) => `${way}: ${answer.status} ${answer.raw.toString().slice(0, 200)}`),
		).toEqual([]);
	});
});

describe.each(Object.values(matrix.people).filter(({ name }) => !plain(name)))('Access: $name', (me) => {
	test('sees what the table gives, by every way, and nothing else by any', async () => {
		const reads = await readEverything(me.client);
		const shown = shownBy(reads);
		const wrong = [...shown].flatMap(([token, ways]) => {
			const secret = secrets.get(token)!;
			return given(me, secret)
				? []
				: [
						`${secret.row.collection}.${secret.field} ${JSON.stringify(secret.row.facts)} by ${ways.slice(0, 3).join(', ')}`,
					];
		});
		const missing = [...secrets]
			.filter(([token, secret]) => given(me, secret) && !shown.has(token))
			.map(([, { row, field }]) => `${row.collection}.${field} ${JSON.stringify(row.facts)}`);
		const faults = reads.flatMap(({ way, answer }) => {
			const fault = faultOf(answer);
			return fault === undefined ? [] : [`${way}: ${fault}`];
		});
		expect({ wrong, missing, faults }).toEqual({ wrong: [], missing: [], faults: [] });
	});

	test('counts as many rows as are listed, in every way of counting', async () => {
		const counted = await each(COUNTED, async (collection) => {
			const path = pathOf(collection);
			const list = await me.client.request('GET', `${path}?limit=-1&fields=id`);
			if (list.status !== 200 || !Array.isArray(list.data)) return [];
			const meta = await me.client.request('GET', `${path}?limit=1&fields=id&meta=*`);
			const { total_count, filter_count } =
				(JSON.parse(meta.raw.toString()) as { meta?: Record<string, number> }).meta ?? {};
			const group = await me.client.request<{ count: string | number }[]>(
				'GET',
				`${path}?aggregate[count]=*`,
			);
			const counts = [total_count, filter_count, Number(group.data?.[0]?.count)];
			return counts.every((count) => count === undefined || count === (list.data as unknown[]).length)
				? []
				: [`${collection}: ${list.data.length} rows, counted ${counts.join(', ')}`];
		});
		expect(counted.flat()).toEqual([]);
	});
});
