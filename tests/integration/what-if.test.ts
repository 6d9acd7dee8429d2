import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../harness/request.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, readCase, recordCase, step } from '../harness/world.js';

// The tests sweep when they want to.
const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const { admin } = township;
const world = await buildWorld(township);
afterAll(() => township.stop());

const HOUR = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();

interface Rule {
	id: string;
	ledger: string;
	service: string | null;
	rung: number;
	delay: number;
	unit: string;
}
interface WhatIf {
	open: number;
	moves: number;
	raises: number;
	as_of: string;
}

const RULES = '/items/doorstep_escalation_rules';
const FIELDS = 'fields=id,ledger,service,rung,delay,unit';
const ruleOf = async (ledger: string, rung: number, service?: string): Promise<Rule> => {
	const own = service === undefined ? 'filter[service][_null]=true' : `filter[service][_eq]=${service}`;
	const query = `${own}&filter[ledger][_eq]=${ledger}&filter[rung][_eq]=${String(rung)}`;
	const [rule] = await admin.ok<Rule[]>('GET', `${RULES}?${query}&${FIELDS}`);
	return rule!;
};
const ask = (change: object, by: Client = admin) =>
	by.request<WhatIf>('POST', '/doorstep/ladder/what-if', change);
const refusal = ({ status, errors }: Answer<unknown>) => [
	status,
	errors[0]?.extensions.code,
	errors[0]?.extensions['field'],
];

/** When the next rung of each open case is due, in milliseconds. */
async function nextRungs(): Promise<Map<string, number | null>> {
	const rows = await township.sql<{ id: string; next_rung_at: Date | number | null }>(
		"select id, next_rung_at from doorstep_cases where status = 'open'",
	);
	const time = (at: Date | number | null) => (at === null ? null : new Date(at).getTime());
	return new Map(rows.map((row) => [row.id, time(row.next_rung_at)]));
}

/** All that could tell that something was saved, sent or logged. */
async function traces(): Promise<unknown> {
	const tables = [
		...['doorstep_escalation_rules', 'doorstep_escalations', 'doorstep_case_steps'],
		...['directus_notifications', 'directus_activity', 'directus_revisions'],
	];
	const counts = tables.map((table) => township.sql(`select count(*) as n from ${table}`));
	const rules = await township.sql('select * from doorstep_escalation_rules order by id');
	return { counts: await Promise.all(counts), rules, next: [...(await nextRungs())].sort() };
}

let ownService: string;

beforeAll(async () => {
	ownService = await create(admin, 'doorstep_services', {
		code: randomUUID(),
		name: '急难救助',
		category: '救助',
		ledger: 'proxy',
	});
	for (const age of [0, 5, 10, 19, 21, 25, 30, 50]) {
		await recordCase(world.cadre, world.household, { happened_at: hoursAgo(age) });
	}
	await admin.ok('POST', '/doorstep/sweep');
	// Nobody has been told of these yet.
	for (const age of [21, 26]) await recordCase(world.cadre, world.household, { happened_at: hoursAgo(age) });
	for (const age of [0, 3, 22]) {
		await recordCase(world.cadre, world.household, { service: ownService, happened_at: hoursAgo(age) });
	}
	for (const age of [0, 24, 24 * 9]) {
		await recordCase(world.cadre, world.household, { ledger: 'reported', happened_at: hoursAgo(age) });
	}
	await recordCase(world.cadre, world.household, { ledger: 'immediate' });
	const resolved = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(2) });
	await step(world.cadre, resolved.id, 'resolve', { note: '办了' });
});

/** Asks first, then saves; gives the answer, and what saving did. */
async function askedAndSaved(
	change: Omit<Rule, 'id'> & { id?: string; deleted?: boolean },
): Promise<{ asked: WhatIf; done: Pick<WhatIf, 'moves' | 'raises'> }> {
	const before = await traces();
	const { data: asked, raw } = await ask(change);
	expect(asked, raw.toString()).toBeDefined();
	expect(await traces()).toEqual(before);

	const was = await nextRungs();
	const { id, deleted, ...values } = change;
	if (id === undefined) await admin.ok('POST', RULES, { ...values, notify: ['cadre'] });
	else if (deleted === true) await admin.ok('DELETE', `${RULES}/${id}`);
	else await admin.ok('PATCH', `${RULES}/${id}`, values);
	const moved = [...(await nextRungs())].filter(([key, at]) => was.get(key) !== at);
	const raised = moved.filter(([, at]) => at !== null && at <= Date.parse(asked!.as_of));
	return { asked: asked!, done: { moves: moved.length, raises: raised.length } };
}

describe('what saving a rung would do to open cases (F3, F4)', () => {
	const [own, proxy] = [() => ownService, () => null];
	const newRung = { unit: 'minutes', rung: 9 };

	test.each([
		['an earlier reminder', async () => ({ ...(await ruleOf('proxy', 1)), delay: -600 })],
		['a reminder as far away as can be', async () => ({ ...(await ruleOf('proxy', 1)), delay: -525_600 })],
		['a later reminder', async () => ({ ...(await ruleOf('proxy', 1)), delay: -60 })],
		[
			'a reminder in working days',
			async () => ({ ...(await ruleOf('proxy', 3)), delay: 2, unit: 'working_days' }),
		],
		['another number for a rung that was raised', async () => ({ ...(await ruleOf('proxy', 2)), rung: 7 })],
		['a new rung of a ledger', () => ({ ...newRung, ledger: 'proxy', service: proxy(), delay: 90 })],
		[
			'the first rung of a service of its own',
			() => ({ ...newRung, ledger: 'proxy', service: own(), delay: -1320 }),
		],
		['a second one', () => ({ ...newRung, rung: 2, ledger: 'proxy', service: own(), delay: 30 })],
		[
			'a rung that goes over to a service',
			async () => ({ ...(await ruleOf('proxy', 9)), service: own(), rung: 3 }),
		],
		[
			'a rung that goes over to another ledger',
			async () => ({ ...(await ruleOf('proxy', 4)), ledger: 'immediate' }),
		],
		['rungs of a reported case', async () => ({ ...(await ruleOf('reported', 1)), delay: -3 })],
		['a day’s end with a warning', async () => ({ ...(await ruleOf('immediate', 1)), delay: -1440 })],
		['a rung that goes', async () => ({ ...(await ruleOf('proxy', 1)), deleted: true })],
		['the same again', async () => await ruleOf('reported', 3)],
	])('%s: as foretold, and nothing is written, sent or logged by asking', async (_what, change) => {
		const { asked, done } = await askedAndSaved(await change());
		expect({ moves: asked.moves, raises: asked.raises }).toEqual(done);
	});

	test('where the last rung of a service goes, its cases are back on the ledger’s ladder', async () => {
		const rungs = await admin.ok<Rule[]>('GET', `${RULES}?filter[service][_eq]=${ownService}&${FIELDS}`);
		for (const rung of rungs) {
			const { asked, done } = await askedAndSaved({ ...rung, deleted: true });
			expect({ moves: asked.moves, raises: asked.raises }).toEqual(done);
			expect(asked.open).toBe(3);
		}
	});

	test('a late change that is already due says so: what it moves, the next sweep raises', async () => {
		const fresh = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(12) });
		const rule = await ruleOf('proxy', 7);
		const { asked } = await askedAndSaved({ ...rule, delay: -13 * 60 });
		expect(asked.raises).toBeGreaterThan(0);
		expect(Date.parse((await readCase(world.cadre, fresh.id)).next_rung_at ?? '')).toBeLessThan(Date.now());
		expect(await askedAndSaved({ ...(await ruleOf('proxy', 7)) })).toMatchObject({
			asked: { moves: 0, raises: 0 },
			done: { moves: 0, raises: 0 },
		});
	});

	test('open cases are those of the ladder: of the ledger without services that have their own, or of the service', async () => {
		const count = async (where: string) =>
			Number(
				(
					await township.sql<{ n: number | string }>(
						`select count(*) as n from doorstep_cases where status = 'open' and ${where}`,
					)
				)[0]?.n,
			);
		const rung = { rung: 20, delay: 0, unit: 'minutes' };
		const ofLedger = await ask({ ...rung, ledger: 'proxy' });
		expect(ofLedger.data?.open).toBe(await count("ledger = 'proxy'"));
		const ofService = await ask({ ...rung, ledger: 'proxy', service: ownService });
		expect(ofService.data?.open).toBe(await count(`service = '${ownService}'`));
		expect((await ask({ ...rung, ledger: 'reported', service: ownService })).data?.open).toBe(0);
	});
});

describe('who may ask, and for what', () => {
	const change = { ledger: 'proxy', service: null, rung: 20, delay: 0, unit: 'minutes' };

	test('administrators only', async () => {
		for (const by of [world.cadre.client, world.supervisor.client, township.visitor]) {
			expect(refusal(await ask(change, by)).slice(0, 2)).toEqual([403, 'DOORSTEP_ADMIN_ONLY']);
		}
	});

	const saved = (sent: object) => admin.request('POST', RULES, { notify: ['cadre'], ...sent });

	test.each([
		['an unknown unit', { unit: 'weeks' }, 'DOORSTEP_INVALID', 'unit'],
		['an unknown ledger', { ledger: 'other' }, 'DOORSTEP_INVALID', 'ledger'],
		['no ledger', { ledger: undefined }, 'DOORSTEP_REQUIRED', 'ledger'],
		['a service that is not there', { service: randomUUID() }, 'DOORSTEP_INVALID', 'service'],
		['a service that is no id', { service: "' or 1=1 --" }, 'DOORSTEP_INVALID', 'service'],
		['rung 0', { rung: 0 }, 'DOORSTEP_INVALID', 'rung'],
		['half a rung', { rung: 1.5 }, 'DOORSTEP_INVALID', 'rung'],
		['no delay', { delay: null }, 'DOORSTEP_REQUIRED', 'delay'],
		['a delay of two years', { delay: 1_051_200 }, 'DOORSTEP_INVALID', 'delay'],
		[
			'a delay of two years in working days',
			{ delay: -500, unit: 'working_days' },
			'DOORSTEP_INVALID',
			'delay',
		],
		['a rung that stands', { rung: 3 }, 'DOORSTEP_RUNG_TAKEN', 'rung'],
	])('%s is refused, by the question as by saving', async (_what, odd, code, field) => {
		const answer = await ask({ ...change, ...odd });
		expect(refusal(answer)).toEqual([400, code, field]);
		expect(refusal(await saved({ ...change, ...odd }))).toEqual([400, code, field]);
	});

	test('what is no rule is refused: unknown fields, a missing rule, nothing at all', async () => {
		expect(refusal(await ask({ ...change, notify: ['cadre'] }))).toEqual([
			400,
			'DOORSTEP_SERVER_FIELD',
			'notify',
		]);
		expect(refusal(await ask({ ...change, id: randomUUID() }))).toEqual([400, 'DOORSTEP_INVALID', 'id']);
		expect(refusal(await ask({ ...change, deleted: true }))).toEqual([400, 'DOORSTEP_REQUIRED', 'id']);
		expect((await ask([])).status).toBe(400);
	});
});

describe('a rule as it may be saved', () => {
	const rule = { ledger: 'reported', rung: 30, delay: 0, unit: 'minutes', notify: ['cadre'] };

	test.each([
		['nobody', []],
		['somebody unknown', ['mayor']],
		['somebody twice', ['cadre', 'supervisor', 'cadre']],
		['a word instead of a list', 'cadre'],
	])('whom a rung tells cannot be %s', async (_what, notify) => {
		expect(refusal(await admin.request('POST', RULES, { ...rule, notify }))).toEqual([
			400,
			'DOORSTEP_INVALID',
			'notify',
		]);
		const standing = await ruleOf('reported', 1);
		expect(refusal(await admin.request('PATCH', `${RULES}/${standing.id}`, { notify }))).toEqual([
			400,
			'DOORSTEP_INVALID',
			'notify',
		]);
	});

	test('whom a rung tells cannot be left out', async () => {
		const { notify: _nobody, ...rest } = rule;
		for (const sent of [rest, { ...rest, notify: null }]) {
			expect(refusal(await admin.request('POST', RULES, sent))).toEqual([400, 'DOORSTEP_REQUIRED', 'notify']);
		}
	});

	test('a change is held against what stands: a unit that makes the delay absurd, a number that is taken', async () => {
		const standing = await ruleOf('proxy', 3);
		await admin.ok('PATCH', `${RULES}/${standing.id}`, { unit: 'minutes', delay: 1440 });
		const path = `${RULES}/${standing.id}`;
		expect(refusal(await admin.request('PATCH', path, { unit: 'working_days' }))).toEqual([
			400,
			'DOORSTEP_INVALID',
			'delay',
		]);
		const taken = await admin.request('PATCH', path, { rung: 7 });
		expect(refusal(taken)).toEqual([400, 'DOORSTEP_RUNG_TAKEN', 'rung']);
		expect(taken.errors[0]?.message).toContain('7');
		await admin.ok('PATCH', path, { name: '督办', notify: ['town_leader', 'supervisor'] });
	});

	test('a unit that is not sent is minutes; the words of a refusal are in the language of whoever asks', async () => {
		const { unit: _minutes, ...rest } = rule;
		const { id } = await admin.ok<{ id: string }>('POST', RULES, rest);
		expect(await admin.ok('GET', `${RULES}/${id}?fields=unit`)).toEqual({ unit: 'minutes' });
		await admin.ok('PATCH', '/users/me', { language: 'en-US' });
		const english = await admin.request('PATCH', `${RULES}/${id}`, { notify: [] });
		await admin.ok('PATCH', '/users/me', { language: 'zh-CN' });
		const chinese = await admin.request('PATCH', `${RULES}/${id}`, { notify: [] });
		expect(english.errors[0]?.message).toMatch(/^The value of ".+" is not valid\.$/);
		expect(chinese.errors[0]?.message).toMatch(/^“.+”的值无效。$/);
	});

	test('who may not change rules learns nothing of them', async () => {
		const standing = await ruleOf('reported', 1);
		for (const by of [world.cadre.client, township.visitor]) {
			const answer = await by.request('PATCH', `${RULES}/${standing.id}`, { name: '改名' });
			expect(answer.status).toBe(403);
		}
		expect((await township.visitor.request('POST', RULES, { ...rule, rung: 1 })).status).toBe(403);
	});
});
