import { afterAll, describe, expect, test, vi } from 'vitest';
import { each, faultOf } from '../access/answers.js';
import {
	creations,
	deletions,
	isMute,
	isRefused,
	SINGLETONS,
	tryOut,
	updates,
	worksFor,
	type Attempt,
} from '../access/attempts.js';
import { CHANGES, creationOf, fresh, type Sent } from '../access/changes.js';
import { dump, missingFrom } from '../access/dump.js';
import { may, mayAny } from '../access/expectation.js';
import { plain, type Asker } from '../access/people.js';
import { buildMatrix, type Row } from '../access/rows.js';
import { startProvisioned } from '../harness/township.js';

/** Imports are limited to a few at once, whoever asks. */
vi.setConfig({ testTimeout: 600_000 });
const township = await startProvisioned({ env: { IMPORT_MAX_CONCURRENCY: '100000' } });
afterAll(() => township.stop());
const matrix = await buildMatrix(township);
const askers = Object.values(matrix.people).filter(({ name }) => !plain(name));
/** Tried by every way; the others by the first and by GraphQL. */
const BY_EVERY_WAY = [
	...[
		'doorstep_cases',
		'doorstep_case_steps',
		'doorstep_escalations',
		'doorstep_households',
		'doorstep_cadres',
	],
	...['doorstep_villages', 'directus_files', 'directus_users'],
];
/** Made by REST alone: of what a new row points to, GraphQL demands the whole row, and of a case the server's own columns. */
const NOT_MADE_BY_GRAPHQL = [
	...['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_assignments'],
	...['doorstep_checks', 'doorstep_check_cases'],
	...[
		'doorstep_households',
		'doorstep_hamlets',
		'directus_notifications',
		'directus_access',
		'directus_permissions',
	],
];

const SINGLETON = (collection: string): Row => ({ collection, id: '1', tokens: {}, facts: {} });
const rowsOf = (collection: string) =>
	SINGLETONS.includes(collection)
		? [SINGLETON(collection)]
		: matrix.rows.filter((row) => row.collection === collection);
const waysOf = (collection: string, attempts: Attempt[]) =>
	BY_EVERY_WAY.includes(collection)
		? attempts
		: attempts.filter(({ way }, n) => n === 0 || way === 'GraphQL');
const makings = (collection: string) => {
	const sent = creationOf(matrix, collection);
	if (sent === undefined) return [];
	return creations(collection, sent).filter(
		({ way }) => way !== 'GraphQL' || !NOT_MADE_BY_GRAPHQL.includes(collection),
	);
};

/** Of what this person may not do: a row that they do not even see, and one that they see. */
function forbidden(me: Asker, action: 'update' | 'delete', collection: string, field?: string): Row[] {
	const rows = rowsOf(collection).filter((row) => !may(me, action, row, field));
	const unseen = rows.find((row) => !may(me, 'read', row));
	const seen = rows.find((row) => may(me, 'read', row));
	return [unseen, seen].filter((row) => row !== undefined);
}

function refusedTo(me: Asker): Attempt[] {
	const changes = Object.entries(CHANGES).flatMap(([collection, sent]) =>
		Object.entries(sent).flatMap(([field, value], n) =>
			forbidden(me, 'update', collection, field).flatMap((row, m) => {
				const attempts = updates(collection, row.id, { [field]: fresh(value) });
				return n === 0 && m === 0 ? waysOf(collection, attempts) : attempts.slice(0, 1);
			}),
		),
	);
	const removals = Object.keys(CHANGES).flatMap((collection) =>
		SINGLETONS.includes(collection)
			? []
			: forbidden(me, 'delete', collection).flatMap((row, m) =>
					m === 0
						? waysOf(collection, deletions(collection, row.id))
						: deletions(collection, row.id).slice(0, 1),
				),
	);
	const news = COLLECTIONS_MADE.filter((collection) => !mayAny(me, 'create', collection)).flatMap(
		(collection) => waysOf(collection, makings(collection)),
	);
	return [...changes, ...removals, ...news];
}

const COLLECTIONS_MADE = [...Object.keys(CHANGES), 'directus_access', 'directus_permissions'];
const inWords = ({ way, method, path, body }: Attempt) =>
	`${way}: ${method} ${path} ${typeof body === 'function' ? '' : JSON.stringify(body ?? '').slice(0, 300)}`;

const before = await dump(township);

describe('Access: what the table does not give is refused', () => {
	test.each(askers)('to $name, by every way', async (me) => {
		const attempts = refusedTo(me);
		const answers = await each(attempts, (attempt) => tryOut(me.client, attempt));
		const done = attempts.flatMap((attempt, n) => {
			const answer = answers[n]!;
			const nothingFound = attempt.way.endsWith('by query') && answer.status === 204;
			return isRefused(answer) || nothingFound
				? []
				: [`${inWords(attempt)}: ${answer.status} ${answer.raw.toString().slice(0, 200)}`];
		});
		const faults = answers.flatMap((answer, n) => {
			const fault = isMute(answer, attempts[n]!) ? undefined : faultOf(answer);
			return fault === undefined ? [] : [`${inWords(attempts[n]!)}: ${fault}`];
		});
		expect({ done, faults }).toEqual({ done: [], faults: [] });
	});

	test('and the database is as it was', async () => {
		const after = await dump(township);
		expect({ gone: missingFrom(before, after), come: missingFrom(after, before) }).toEqual({
			gone: [],
			come: [],
		});
	});
});

/** Where a new row hangs on another, that one is what the word is about. */
function targetOf(me: Asker, collection: string): { sent: Sent; row: Pick<Row, 'facts' | 'id'> }[] {
	const sent = creationOf(matrix, collection);
	if (sent === undefined) return [];
	const along: Record<string, [field: string, collection: string]> = {
		doorstep_cases: ['household', 'doorstep_households'],
		doorstep_case_steps: ['case_id', 'doorstep_cases'],
		doorstep_hamlets: ['village', 'doorstep_villages'],
		doorstep_households: ['hamlet', 'doorstep_hamlets'],
	};
	const [field, to] = along[collection] ?? [];
	if (collection === 'directus_comments') {
		const readable = matrix.rows.find(
			(row) => row.collection.startsWith('doorstep_') && may(me, 'read', row),
		);
		if (readable === undefined) return [];
		return [{ sent: { ...sent, collection: readable.collection, item: readable.id }, row: readable }];
	}
	if (field === undefined || to === undefined) {
		const own = collection === 'directus_presets' ? { ...sent, user: me.user } : sent;
		return [{ sent: own, row: { facts: { owner: me.name }, id: '' } }];
	}
	return rowsOf(to).map((row) => ({ sent: { ...creationOf(matrix, collection), [field]: row.id }, row }));
}

describe('Access: what the table gives works', () => {
	test.each(askers)('for $name', async (me) => {
		const changes = Object.entries(CHANGES).flatMap(([collection, sent]) =>
			Object.entries(sent).flatMap(([field, value]) =>
				rowsOf(collection)
					.filter((row) => may(me, 'update', row, field) && may(me, 'read', row))
					.slice(0, 2)
					.flatMap((row) => updates(collection, row.id, { [field]: fresh(value) }).slice(0, 1)),
			),
		);
		const news = Object.keys(CHANGES).flatMap((collection) =>
			targetOf(me, collection)
				.filter(
					({ row }) =>
						(collection === 'directus_comments' && mayAny(me, 'create', collection)) ||
						may(me, 'create', { collection, facts: row.facts }),
				)
				.slice(0, 2)
				.flatMap(({ sent }) => creations(collection, sent).slice(0, 1)),
		);
		const attempts = [...changes, ...news];
		const answers = await each(attempts, (attempt) => tryOut(me.client, attempt));
		const refused = attempts.flatMap((attempt, n) => {
			const { status, errors, raw } = answers[n]!;
			const already = errors[0]?.extensions.code === 'DOORSTEP_ALREADY_ACKNOWLEDGED';
			return status < 300 || already
				? []
				: [`${inWords(attempt)}: ${status} ${raw.toString().slice(0, 200)}`];
		});
		expect(refused).toEqual([]);
	});
});

describe('Access: the control', () => {
	test('each of these requests works for an administrator, or is refused by a rule that holds for everybody', async () => {
		const changed = Object.entries(CHANGES).flatMap(([collection, sent]) =>
			Object.entries(sent).flatMap(([field, value], n) => {
				const all = updates(collection, rowsOf(collection)[0]!.id, { [field]: fresh(value) });
				return n === 0 ? waysOf(collection, all) : all.slice(0, 1);
			}),
		);
		// Each way makes a row of its own: what it is called may have to be unique.
		const made = COLLECTIONS_MADE.flatMap((collection) =>
			waysOf(collection, makings(collection)).map((_way, n) => waysOf(collection, makings(collection))[n]!),
		);
		const removed = Object.keys(CHANGES)
			.filter((collection) => !SINGLETONS.includes(collection))
			.flatMap((collection) => waysOf(collection, deletions(collection, rowsOf(collection).at(-1)!.id)));
		const broken: string[] = [];
		for (const attempt of [...changed, ...made, ...removed]) {
			const answer = await tryOut(township.admin, attempt);
			if (!worksFor(answer))
				broken.push(`${inWords(attempt)}: ${answer.status} ${answer.raw.toString().slice(0, 200)}`);
		}
		expect(broken).toEqual([]);
	});
});
