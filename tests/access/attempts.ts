/** Every way of writing. A refused one counts only where the same request works for an administrator. */
import type { Answer, Client, Method } from '../harness/request.js';
import { pathOf } from './model.js';

export interface Attempt {
	way: string;
	method: Method;
	path: string;
	body?: unknown;
}

type Sent = Record<string, unknown>;

const isSystem = (collection: string) => collection.startsWith('directus_');
const nameOf = (collection: string) => collection.replace(/^directus_/, '');

function graphql(collection: string, mutation: string): Attempt {
	const path = isSystem(collection) ? '/graphql/system' : '/graphql';
	return { way: 'GraphQL', method: 'POST', path, body: { query: `mutation { ${mutation} }` } };
}

/** GraphQL takes what a row points to as a row, not as an id. */
const POINTING = [
	...[
		'household',
		'case_id',
		'hamlet',
		'village',
		'cadre',
		'holder',
		'about_cadre',
		'actor',
		'user',
		'recipient',
	],
	...[
		'user_created',
		'uploaded_by',
		'leader',
		'deputy',
		'town_leader',
		'data_clerk',
		'substitute',
		'in_charge',
	],
	...['doorstep_case', 'policy', 'role'],
];

/** As GraphQL writes values; lists of choices that it knows as enums are not among them. */
function literal(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	return `{ ${Object.entries(value)
		.map(([key, each]) => {
			const points = POINTING.includes(key) && typeof each === 'string';
			return `${key}: ${literal(points ? { id: each } : each)}`;
		})
		.join(', ')} }`;
}

function imported(collection: string, rows: Sent[], type: 'json' | 'csv'): Attempt {
	const columns = Object.keys(rows[0] ?? {});
	const lines = rows.map((row) => columns.map((column) => JSON.stringify(row[column] ?? '')).join(','));
	const text = type === 'json' ? JSON.stringify(rows) : [columns.join(','), ...lines].join('\n');
	const body = () => {
		const form = new FormData();
		form.append(
			'file',
			new Blob([text], { type: type === 'json' ? 'application/json' : 'text/csv' }),
			`rows.${type}`,
		);
		return form;
	};
	return { way: `import ${type}`, method: 'POST', path: `/utils/import/${collection}`, body };
}

/** Changing one row, by every way that a collection has. */
export function updates(collection: string, id: string, sent: Sent): Attempt[] {
	const path = pathOf(collection);
	const patch = (way: string, to: string, body: unknown): Attempt => ({
		way,
		method: 'PATCH',
		path: to,
		body,
	});
	const query = { filter: { id: { _eq: id } } };
	const name = nameOf(collection);
	if (SINGLETONS.includes(collection)) return [patch('change', path, sent)];
	const common = [
		patch('change', `${path}/${id}`, sent),
		patch('change by keys', path, { keys: [id], data: sent }),
		patch('change by query', path, { query, data: sent }),
		graphql(collection, `update_${name}_item(id: "${id}", data: ${literal(sent)}) { id }`),
	];
	if (isSystem(collection)) return common;
	return [
		...common,
		patch('change in a batch', path, [{ id, ...sent }]),
		graphql(collection, `update_${name}_items(ids: ["${id}"], data: ${literal(sent)}) { id }`),
		graphql(collection, `update_${name}_batch(data: [${literal({ id, ...sent })}]) { id }`),
		imported(collection, [{ id, ...sent }], 'json'),
		imported(collection, [{ id, ...sent }], 'csv'),
	];
}

export function creations(collection: string, sent: Sent): Attempt[] {
	const path = pathOf(collection);
	const post = (way: string, body: unknown): Attempt => ({ way, method: 'POST', path, body });
	const common = [post('create', sent), post('create several', [sent])];
	const name = nameOf(collection);
	if (isSystem(collection))
		return [...common, graphql(collection, `create_${name}_item(data: ${literal(sent)}) { id }`)];
	return [
		...common,
		graphql(collection, `create_${name}_item(data: ${literal(sent)}) { id }`),
		graphql(collection, `create_${name}_items(data: [${literal(sent)}]) { id }`),
		imported(collection, [sent], 'json'),
		imported(collection, [sent], 'csv'),
	];
}

export function deletions(collection: string, id: string): Attempt[] {
	const path = pathOf(collection);
	const remove = (way: string, to: string, body?: unknown): Attempt => ({
		way,
		method: 'DELETE',
		path: to,
		body,
	});
	return [
		remove('delete', `${path}/${id}`),
		remove('delete several', path, [id]),
		remove('delete by keys', path, { keys: [id] }),
		remove('delete by query', path, { query: { filter: { id: { _eq: id } } } }),
		graphql(collection, `delete_${nameOf(collection)}_item(id: "${id}") { id }`),
	];
}

/** One row for the whole town: changed without an id, made and deleted never. */
export const SINGLETONS: readonly string[] = ['directus_settings', 'doorstep_settings'];

export function tryOut(client: Client, { method, path, body }: Attempt): Promise<Answer<unknown>> {
	return client.request(method, path, typeof body === 'function' ? (body as () => FormData)() : body);
}

/** GraphQL refuses with 200, and leaves a field null where a row is not found. */
export function isRefused({ status, errors, raw }: Answer<unknown>): boolean {
	return status >= 400 || errors.length > 0 || (status === 200 && /^\{"data":\[\]\}$/.test(raw.toString()));
}

/** Nothing to object, or a rule that holds for everybody: one of ours, or the database's that a value is taken. */
export function worksFor({ status, errors }: Answer<unknown>): boolean {
	return errors.length === 0
		? status < 300
		: errors.every(
				({ extensions: { code } }) => code.startsWith('DOORSTEP_') || code === 'RECORD_NOT_UNIQUE',
			);
}

/** Directus has no better word for those whose schema holds no mutation at all. */
export function isMute({ raw }: Answer<unknown>, { way }: Attempt): boolean {
	const text = raw.toString();
	return way === 'GraphQL' && text.startsWith('{"errors":[{"message":"An unexpected error occurred."');
}
