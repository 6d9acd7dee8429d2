/** All the ways in which somebody could come to see a case, or to change one; tests say which of them lead anywhere. */
import { randomUUID } from 'node:crypto';
import type { Answer, Client } from './request.js';
import { readCase, recordCase, step, type CaseRow, type Person } from './world.js';

/** A case whose title, detail and notes hold a word that stands nowhere else. */
export interface MarkedCase extends CaseRow {
	mark: string;
	household: string;
}

/** A proxy case of yesterday's yesterday, so that a sweep raises all of its rungs; with a note beside its record. */
export async function recordMarked(by: Person, household: string, more: object = {}): Promise<MarkedCase> {
	const mark = `记号${randomUUID().slice(0, 8)}`;
	const happened_at = new Date(Date.now() - 4 * 86_400_000).toISOString();
	const sent = { title: mark, detail: mark, happened_at, ...more };
	return { ...(await recordCase(by, household, sent)), mark, household };
}

export async function addMarkedNote(
	by: Person | { client: Client },
	{ id, mark }: MarkedCase,
): Promise<void> {
	const answer = await step(by, id, 'note', { note: mark });
	if (answer.status !== 200) throw new Error(answer.raw.toString());
}

type Look = (client: Client, target: MarkedCase) => Promise<boolean>;

const CASES = '/items/doorstep_cases';
const STEPS = '/items/doorstep_case_steps';
const ESCALATIONS = '/items/doorstep_escalations';

/** The answer holds the case's id or its mark. */
const shows =
	(path: (target: MarkedCase) => string): Look =>
	async (client, target) => {
		const answer = await client.request('GET', path(target));
		return answer.status === 200 && holds(answer, target);
	};

/** A filter that only this case meets finds a row: whoever may ask so can guess word by word. */
const finds =
	(path: (target: MarkedCase) => string): Look =>
	async (client, target) =>
		((await client.request<unknown[]>('GET', path(target))).data?.length ?? 0) > 0;

const counts =
	(path: (target: MarkedCase) => string): Look =>
	async (client, target) => {
		const answer = await client.request<{ count: unknown }[]>('GET', path(target));
		const count = answer.data?.[0]?.count;
		return Number(typeof count === 'object' && count !== null ? Object.values(count)[0] : count) > 0;
	};

const asks =
	(query: (target: MarkedCase) => string): Look =>
	async (client, target) =>
		holds(await client.request('POST', '/graphql', { query: query(target) }), target);

function holds(answer: Answer<unknown>, { id, mark }: MarkedCase): boolean {
	const text = answer.errors.length === 0 ? answer.raw.toString() : '';
	return text.includes(id) || text.includes(mark);
}

/** Ways to the case itself and to what hangs on it. */
const LOOKS = {
	'by id': shows(({ id }) => `${CASES}/${id}`),
	list: shows(() => `${CASES}?limit=-1`),
	filter: finds(({ mark }) => `${CASES}?fields=id&filter[title][_eq]=${mark}`),
	search: finds(({ mark }) => `${CASES}?fields=id&search=${mark}`),
	count: counts(({ mark }) => `${CASES}?aggregate[count]=*&filter[detail][_contains]=${mark}`),
	'group by': shows(() => `${CASES}?groupBy[]=title&aggregate[count]=id&limit=-1`),
	export: shows(() => `${CASES}?export=csv&limit=-1`),
	'steps of it': shows(({ id }) => `${STEPS}?filter[case_id][_eq]=${id}`),
	'steps by its title': finds(({ mark }) => `${STEPS}?fields=id&filter[case_id][title][_eq]=${mark}`),
	'steps by note': finds(({ mark }) => `${STEPS}?fields=id&filter[note][_eq]=${mark}`),
	'steps counted': counts(({ id }) => `${STEPS}?aggregate[count]=id&filter[case_id][_eq]=${id}`),
	'rungs of it': finds(({ id }) => `${ESCALATIONS}?fields=id&filter[case_id][_eq]=${id}`),
	'rungs by its title': finds(({ mark }) => `${ESCALATIONS}?fields=id&filter[case_id][title][_eq]=${mark}`),
	GraphQL: asks(({ id }) => `{ doorstep_cases_by_id(id: "${id}") { id title } }`),
	'GraphQL list': asks(() => `{ doorstep_cases(limit: -1) { id title } }`),
	'GraphQL steps': asks(() => `{ doorstep_case_steps(limit: -1) { note case_id { id } } }`),
} satisfies Record<string, Look>;

/** Ways that lead over the household, for those who see that too. */
const LOOKS_OVER_HOUSEHOLD = {
	'steps by household': finds(
		({ id, household }) =>
			`${STEPS}?fields=id&filter[case_id][id][_eq]=${id}&filter[case_id][household][code][_nnull]=true` +
			`&filter[case_id][household][id][_eq]=${household}`,
	),
} satisfies Record<string, Look>;

/** Ways that nobody but an administrator may find open. */
const BACK_DOORS = {
	revisions: shows(({ id }) => `/revisions?limit=-1&fields=*&filter[item][_eq]=${id}`),
} satisfies Record<string, Look>;

/** What everybody finds open who sees the case. */
export const TO_THE_CASE = Object.keys(LOOKS);
/** What an administrator finds open: every way leads to the case, so that a closed one says something. */
export const EVERY_WAY = Object.keys({ ...LOOKS, ...LOOKS_OVER_HOUSEHOLD, ...BACK_DOORS });

/** The ways by which this client sees the case. */
export async function sightsOf({ client }: { client: Client }, target: MarkedCase): Promise<string[]> {
	const open: string[] = [];
	for (const [way, look] of Object.entries({ ...LOOKS, ...LOOKS_OVER_HOUSEHOLD, ...BACK_DOORS })) {
		if (await look(client, target)) open.push(way);
	}
	return open;
}

type Attempt = (client: Client, target: MarkedCase, rung: string) => Promise<Answer<unknown>>;

const ATTEMPTS = {
	'add a step': (client, { id }) => step({ client }, id, 'note', { note: '改' }),
	'add several steps': (client, { id }) =>
		client.request('POST', STEPS, [{ case_id: id, kind: 'note', note: '改' }]),
	'correct the title': (client, { id }) => client.request('PATCH', `${CASES}/${id}`, { title: '改' }),
	'correct by keys': (client, { id }) =>
		client.request('PATCH', CASES, { keys: [id], data: { title: '改' } }),
	'correct by filter': (client, { id }) =>
		client.request('PATCH', CASES, { query: { filter: { id: { _eq: id } } }, data: { title: '改' } }),
	'correct in a batch': (client, { id }) => client.request('PATCH', CASES, [{ id, title: '改' }]),
	'nest a step': (client, { id }) =>
		client.request('PATCH', `${CASES}/${id}`, { steps: [{ kind: 'note', note: '改' }] }),
	'acknowledge a rung': (client, _target, rung) =>
		client.request('PATCH', `${ESCALATIONS}/${rung}`, { acknowledged_at: new Date().toISOString() }),
	'GraphQL title': (client, { id }) =>
		client.request('POST', '/graphql', {
			query: `mutation { update_doorstep_cases_item(id: "${id}", data: { title: "改" }) { id } }`,
		}),
	import: (client, { id }) => {
		const form = new FormData();
		form.append(
			'file',
			new Blob([JSON.stringify([{ id, title: '改' }])], { type: 'application/json' }),
			'a.json',
		);
		return client.request('POST', '/utils/import/doorstep_cases', form);
	},
	comment: (client, { id }) =>
		client.request('POST', '/comments', { collection: 'doorstep_cases', item: id, comment: '改' }),
} satisfies Record<string, Attempt>;

export const NO_CHANGE = Object.fromEntries(Object.keys(ATTEMPTS).map((way) => [way, 'refused']));

/**
 * Tries every way to change a case, and tells what became of each: `refused`, or what the answer says.
 *
 * @param reader somebody who sees the case, to look whether anything changed all the same
 */
export async function changesBy(
	{ client }: { client: Client },
	target: MarkedCase,
	rung: string,
	reader: { client: Client },
): Promise<Record<string, string>> {
	const before = await readCase(reader, target.id);
	const results: Record<string, string> = {};
	for (const [way, attempt] of Object.entries<Attempt>(ATTEMPTS)) {
		const answer = await attempt(client, target, rung);
		const refused = answer.errors.length > 0 && answer.status < 500;
		results[way] = refused ? 'refused' : `${answer.status} ${answer.raw.toString()}`;
	}
	const after = await readCase(reader, target.id);
	if (JSON.stringify(after) !== JSON.stringify(before)) results['the case'] = JSON.stringify(after);
	return results;
}
