/** Everything of ours that takes input: a request that is good, and what may be bad about it. */
import { randomUUID } from 'node:crypto';
import type { Method } from '../harness/request.js';
import { toldToday } from '../access/rows.js';
import type { Field, Sent } from './bad-values.js';

export interface Endpoint {
	name: string;
	method: Method;
	path: string;
	/** A request that is taken. Names that have to be new are. */
	good: () => Sent;
	fields: Field[];
	/** Other fields are refused by name; elsewhere administrators may have added some. */
	strict: boolean;
	/** The row lies in a list or deeper. */
	wrap?: (row: unknown) => unknown;
}

/** What is there to be named. */
export interface Named {
	theCase: string;
	household: string;
	hamlet: string;
	cadre: string;
	rung: string;
	rule: string;
	/** A case that a check has drawn. */
	drawn: string;
}

const CASE_FIELDS: Field[] = [
	{ name: 'household', kind: 'id' },
	{ name: 'ledger', kind: 'choice' },
	{ name: 'title', kind: 'word', most: 200 },
	{ name: 'nature', kind: 'choice', empty: true },
	{ name: 'service', kind: 'id', empty: true },
	{ name: 'detail', kind: 'text', empty: true, most: 20_000 },
	{ name: 'source', kind: 'choice', empty: true },
	{ name: 'about_cadre', kind: 'id', empty: true },
	{ name: 'happened_at', kind: 'time', empty: true },
	{ name: 'client_id', kind: 'text', empty: true, most: 64 },
];
/** Of a step that asks for time; every other field is looked at before the rules say which belong to it. */
const STEP_FIELDS: Field[] = [
	{ name: 'case_id', kind: 'id' },
	{ name: 'kind', kind: 'choice' },
	{ name: 'note', kind: 'word', most: 20_000 },
	{ name: 'hours', kind: 'number', most: 8760 },
	{ name: 'ledger', kind: 'choice', empty: true },
	{ name: 'level', kind: 'choice', empty: true },
	{ name: 'holder', kind: 'id', empty: true },
	{ name: 'department', kind: 'id', empty: true },
	{ name: 'due_at', kind: 'time', empty: true },
	{ name: 'solved', kind: 'choice', empty: true },
	{ name: 'satisfaction', kind: 'choice', empty: true },
	{ name: 'channel', kind: 'choice', empty: true },
	{ name: 'happened_at', kind: 'time', empty: true },
	{ name: 'client_id', kind: 'text', empty: true, most: 64 },
	{ name: 'files', kind: 'ids', empty: true },
];
const RULE_FIELDS: Field[] = [
	{ name: 'ledger', kind: 'choice' },
	{ name: 'service', kind: 'id', empty: true },
	{ name: 'rung', kind: 'number', most: 99 },
	{ name: 'delay', kind: 'amount', most: 10_000_000 },
	{ name: 'unit', kind: 'choice' },
];
const NAMED_RULE_FIELDS: Field[] = [
	...RULE_FIELDS,
	{ name: 'notify', kind: 'choices' },
	{ name: 'name', kind: 'text', empty: true, most: 100 },
];
const HOUSEHOLD_FIELDS: Field[] = [
	{ name: 'code', kind: 'word', most: 40, lenient: true },
	{ name: 'head_name', kind: 'word', most: 60, lenient: true },
	{ name: 'hamlet', kind: 'id' },
	{ name: 'cadre', kind: 'id' },
	{ name: 'phone', kind: 'text', most: 20, empty: true, lenient: true },
	{ name: 'people', kind: 'number', most: 99, empty: true },
	{ name: 'kind', kind: 'choice' },
	{ name: 'special_groups', kind: 'choices', empty: true },
	{ name: 'relief_reason', kind: 'text', most: 20_000, empty: true },
	{ name: 'relief_measures', kind: 'text', most: 20_000, empty: true },
	{ name: 'erased_at', kind: 'time', empty: true },
];

export function endpoints({ theCase, household, hamlet, cadre, rung, rule, drawn }: Named): Endpoint[] {
	const aCase = () => ({ household, ledger: 'proxy', title: '落户' });
	const aStep = () => ({ case_id: theCase, kind: 'ask_time', note: '材料不齐', hours: 5 });
	const aRule = () => ({ ledger: 'proxy', rung: 9, delay: 99, unit: 'minutes', notify: ['cadre'] });
	const { notify: _, ...aPlace } = aRule();
	const aHousehold = () => ({ code: randomUUID(), head_name: '户主', hamlet, cadre });
	const cases = '/items/doorstep_cases';
	const list = (row: unknown) => [row];
	const post = (
		name: string,
		path: string,
		good: () => Sent,
		fields: Field[],
		more: Partial<Endpoint> = {},
	): Endpoint => ({ name, method: 'POST', path, good, fields, strict: true, ...more });
	const patch = (...[name, path, good, fields, more]: Parameters<typeof post>): Endpoint => ({
		...post(name, path, good, fields, more),
		method: 'PATCH',
	});
	const { case_id: _caseId, ...nestedStep } = aStep();
	const ofNew = STEP_FIELDS.filter(({ name }) => name !== 'case_id');
	return [
		post('a new case', cases, aCase, CASE_FIELDS),
		post('a new case in a list', cases, aCase, CASE_FIELDS, { wrap: list }),
		post('a step of a new case', cases, () => nestedStep, ofNew, {
			wrap: (step) => ({ ...aCase(), steps: [step] }),
		}),
		post('a new step', '/items/doorstep_case_steps', aStep, STEP_FIELDS),
		patch('a step nested in a case', `${cases}/${theCase}`, () => nestedStep, ofNew, {
			wrap: (step) => ({ steps: { create: [step], update: [], delete: [] } }),
		}),
		patch('a correction', `${cases}/${theCase}`, () => ({ title: '更正' }), [
			{ name: 'title', kind: 'word', most: 200 },
			{ name: 'detail', kind: 'text', empty: true, most: 20_000 },
		]),
		patch(
			'an acknowledgement',
			`/items/doorstep_escalations/${rung}`,
			() => ({ acknowledged_at: new Date().toISOString() }),
			[{ name: 'acknowledged_at', kind: 'time' }],
		),
		post('what a rung would do', '/doorstep/ladder/what-if', () => aPlace, RULE_FIELDS),
		post('a new rung', '/items/doorstep_escalation_rules', aRule, NAMED_RULE_FIELDS),
		patch(
			'a changed rung',
			`/items/doorstep_escalation_rules/${rule}`,
			() => ({ name: '督办' }),
			NAMED_RULE_FIELDS,
		),
		post('a new household', '/items/doorstep_households', aHousehold, HOUSEHOLD_FIELDS),
		patch(
			'a changed household',
			`/items/doorstep_households/${household}`,
			() => ({ people: 3 }),
			HOUSEHOLD_FIELDS,
		),
		post('a check', '/items/doorstep_checks', () => ({ ...toldToday(1) }), [
			{ name: 'kind', kind: 'choice' },
			{ name: 'size', kind: 'number', most: 200 },
			{ name: 'ledger', kind: 'choice', empty: true },
		]),
		patch('a call', `/items/doorstep_check_cases/${drawn}`, () => ({ outcome: 'unreached' }), [
			{ name: 'outcome', kind: 'choice' },
		]),
		post('an erasure', `/doorstep/households/${household}/erase`, () => ({ code: 'x', reason: 'unlawful' }), [
			{ name: 'code', kind: 'word', most: 40 },
			{ name: 'reason', kind: 'choice' },
		]),
	];
}
