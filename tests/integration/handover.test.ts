import { afterAll, describe, expect, test } from 'vitest';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import {
	buildWorld,
	create,
	makePerson,
	readCase,
	recordCase,
	step,
	type CaseRow,
	type Person,
} from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const HOUSEHOLDS = '/items/doorstep_households';
const TOLD = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
const { hamlet } = await admin.ok<{ hamlet: string }>('GET', `${HOUSEHOLDS}/${world.household}`);

function aHousehold(of: Person): Promise<string> {
	const row = { code: crypto.randomUUID(), hamlet, head_name: '户主', cadre: of.cadre };
	return create(admin, 'doorstep_households', row);
}

function assignmentsOf(household: string) {
	const query = `filter[household][_eq]=${household}&sort=starts_at&fields=cadre,starts_at`;
	return admin.ok<{ cadre: string; starts_at: string }[]>('GET', `/items/doorstep_assignments?${query}`);
}

function whoAnswers({ id }: CaseRow) {
	return admin.ok<object>('GET', `/items/doorstep_cases/${id}?fields=cadre,holder`);
}

async function sees({ client }: Person, { id }: CaseRow): Promise<boolean> {
	return (await client.request('GET', `/items/doorstep_cases/${id}`)).status === 200;
}

function expectSoundAudit() {
	return expect(admin.ok('GET', '/doorstep/audit')).resolves.toMatchObject({ ok: true, faults: [] });
}

describe('C2: every household has exactly one cadre', () => {
	test('C2: a household without a cadre is refused, one with a cadre is recorded with its first assignment', async () => {
		const row = { code: crypto.randomUUID(), hamlet, head_name: '无人' };
		for (const sent of [row, { ...row, cadre: null }]) {
			const refused = inShort(await world.clerk.client.request('POST', HOUSEHOLDS, sent));
			expect(refused).toMatchObject({ status: 400, field: 'cadre' });
		}
		const sent = { ...row, cadre: world.cadre.cadre };
		const { id } = await world.clerk.client.ok<{ id: string }>('POST', HOUSEHOLDS, sent);
		expect(await assignmentsOf(id)).toMatchObject([{ cadre: world.cadre.cadre }]);
	});

	test('C2: a cadre cannot be taken from a household without naming the next', async () => {
		const path = `${HOUSEHOLDS}/${world.household}`;
		const refused = inShort(await admin.request('PATCH', path, { cadre: null }));
		expect(refused).toMatchObject({ status: 400, field: 'cadre' });
		const nobody = { cadre: '00000000-0000-4000-8000-000000000000' };
		expect(inShort(await admin.request('PATCH', path, nobody)).status).toBe(400);
		expect(await admin.ok('GET', path)).toMatchObject({ cadre: world.cadre.cadre });
	});

	test('C2: a cadre who holds households cannot be deleted, one who holds none can', async () => {
		const idle = await makePerson(township, '离任', ['cadre']);
		const busy = `/items/doorstep_cadres/${world.cadre.cadre}`;
		expect(inShort(await admin.request('DELETE', busy)).status).toBeLessThan(500);
		expect((await admin.request('GET', busy)).status).toBe(200);
		expect((await admin.request('DELETE', `/items/doorstep_cadres/${idle.cadre}`)).status).toBe(204);
	});
});

describe('C3: a household is handed over with its history', () => {
	test('C3: changing the cadre writes one assignment and moves unfinished cases, but neither closed ones nor those of another holder', async () => {
		const household = await aHousehold(world.cadre);
		const record = () => recordCase(world.cadre, household);
		const [open, resolved, closed, passed] = [await record(), await record(), await record(), await record()];
		for (const each of [resolved, closed]) await step(world.cadre, each.id, 'resolve', { note: '办好' });
		await step(world.cadre, closed.id, 'tell', TOLD);
		expect((await step(world.cadre, closed.id, 'close')).status).toBe(200);
		const toStranger = { holder: world.stranger.cadre };
		expect((await step(world.cadre, passed.id, 'pass', toStranger)).status).toBe(200);
		const { due_at } = await readCase({ client: admin }, open.id);

		const [from, to] = [world.cadre.cadre, world.colleague.cadre];
		expect((await admin.request('PATCH', `${HOUSEHOLDS}/${household}`, { cadre: to })).status).toBe(200);

		expect(await assignmentsOf(household)).toMatchObject([{ cadre: from }, { cadre: to }]);
		expect(await whoAnswers(open)).toEqual({ cadre: to, holder: to });
		expect(await whoAnswers(resolved)).toEqual({ cadre: to, holder: to });
		expect(await whoAnswers(passed)).toEqual({ cadre: to, holder: world.stranger.cadre });
		expect(await whoAnswers(closed)).toEqual({ cadre: from, holder: from });
		expect((await readCase({ client: admin }, open.id)).due_at).toBe(due_at);
		for (const each of [open, resolved, passed, closed]) {
			expect(await sees(world.colleague, each)).toBe(true);
		}
		for (const each of [open, resolved, passed]) expect(await sees(world.cadre, each)).toBe(false);
		await expectSoundAudit();

		expect((await step(world.cadre, open.id, 'note', { note: '旧' })).status).toBe(403);
		expect((await step(world.colleague, open.id, 'resolve', { note: '新' })).status).toBe(200);
		expect((await step(world.colleague, resolved.id, 'reopen', { note: '新' })).status).toBe(200);
		expect((await step(world.stranger, passed.id, 'return', { note: '退回' })).errors).toEqual([]);
		expect(await whoAnswers(passed)).toEqual({ cadre: to, holder: to });
		await expectSoundAudit();
	});

	test('C3: handed over and back, each way is one assignment; the same cadre again is none', async () => {
		const household = await aHousehold(world.cadre);
		const recorded = await recordCase(world.cadre, household);
		const { cadre, colleague } = world;
		for (const next of [colleague, colleague, cadre, cadre]) {
			await admin.ok('PATCH', `${HOUSEHOLDS}/${household}`, { cadre: next.cadre });
		}
		const history = await assignmentsOf(household);
		expect(history.map((row) => row.cadre)).toEqual([cadre.cadre, colleague.cadre, cadre.cadre]);
		expect(new Set(history.map((row) => row.starts_at)).size).toBe(3);
		expect(await whoAnswers(recorded)).toEqual({ cadre: cadre.cadre, holder: cadre.cadre });
		await expectSoundAudit();
	});

	test('C3: several households are handed over at once, by keys or by raw SQL, each with its cases', async () => {
		const households = [
			await aHousehold(world.cadre),
			await aHousehold(world.cadre),
			await aHousehold(world.cadre),
		];
		const cases = await Promise.all(households.map((household) => recordCase(world.cadre, household)));
		const [to, last] = [world.colleague.cadre, world.cadre.cadre];
		await admin.ok('PATCH', HOUSEHOLDS, { keys: households, data: { cadre: to } });
		for (const each of cases) expect(await whoAnswers(each)).toEqual({ cadre: to, holder: to });
		const marks = households.map(() => '?').join(', ');
		await township.sql(`update doorstep_households set cadre = ? where id in (${marks})`, [
			last,
			...households,
		]);
		for (const each of cases) expect(await whoAnswers(each)).toEqual({ cadre: last, holder: last });
		for (const household of households) expect(await assignmentsOf(household)).toHaveLength(3);
		await expectSoundAudit();
	});

	test('C3: a closed case that is reopened after a handover goes to the cadre who answers now', async () => {
		const household = await aHousehold(world.cadre);
		const recorded = await recordCase(world.cadre, household);
		const told = { solved: 'yes', satisfaction: 'satisfied', channel: 'phone' };
		for (const [kind, sent] of [
			['take', {}],
			['resolve', { note: '办好' }],
			['tell', told],
			['close', {}],
		] as const) {
			expect((await step(world.cadre, recorded.id, kind, sent)).status).toBe(200);
		}
		await admin.ok('PATCH', `/items/doorstep_households/${household}`, { cadre: world.colleague.cadre });
		expect((await step(world.colleague, recorded.id, 'reopen', { note: '又坏了' })).status).toBe(200);
		const { cadre, holder } = await readCase({ client: admin }, recorded.id);
		expect([cadre, holder]).toEqual([world.colleague.cadre, world.colleague.cadre]);
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});

	test('C3: the history of assignments can be explained, not changed', async () => {
		const household = await aHousehold(world.cadre);
		const query = `?filter[household][_eq]=${household}`;
		const [first] = await admin.ok<{ id: string }[]>('GET', `/items/doorstep_assignments${query}`);
		const path = `/items/doorstep_assignments/${first?.id ?? ''}`;
		const refused = { status: 403, code: 'DOORSTEP_APPEND_ONLY' };
		const sent = { household, cadre: world.colleague.cadre, starts_at: new Date().toISOString() };
		expect(inShort(await admin.request('POST', '/items/doorstep_assignments', sent))).toEqual(refused);
		expect(inShort(await admin.request('PATCH', path, { cadre: world.colleague.cadre }))).toEqual({
			...refused,
			field: 'cadre',
		});
		expect(inShort(await admin.request('PATCH', path, { starts_at: '2020-01-01T00:00:00Z' }))).toEqual({
			...refused,
			field: 'starts_at',
		});
		expect(inShort(await admin.request('DELETE', path))).toEqual(refused);
		expect((await admin.request('PATCH', path, { reason: '调整分工' })).status).toBe(200);
	});
});

describe('C3: somebody always answers', () => {
	test('a substitute handles a case while the substitution lasts, and not a moment longer', async () => {
		const household = await aHousehold(world.cadre);
		const recorded = await recordCase(world.cadre, household);
		const note = () => step(world.stranger, recorded.id, 'note', { note: '替岗' });
		const until = (at: number) =>
			admin.ok('PATCH', `/items/doorstep_cadres/${world.cadre.cadre}`, {
				substitute: world.stranger.cadre,
				substitute_until: new Date(Date.now() + at).toISOString(),
			});
		expect((await note()).status).toBe(403);
		await until(3_600_000);
		expect((await note()).status).toBe(200);
		expect((await recordCase(world.stranger, household)).holder).toBe(world.cadre.cadre);
		await until(-1_000);
		expect((await note()).status).toBe(403);
		expect(await assignmentsOf(household)).toHaveLength(1);
		expect(await whoAnswers(recorded)).toEqual({ cadre: world.cadre.cadre, holder: world.cadre.cadre });
	});

	test('无人承办自动转交: with the cadre suspended the deputy holds a new case, with the deputy suspended the leader, then nobody', async () => {
		const { cadre, deputy, leader } = world;
		const household = await aHousehold(cadre);
		const suspend = (person: Person, status: 'suspended' | 'active') =>
			admin.ok('PATCH', `/users/${person.user}`, { status });
		const record = () => recordCase({ ...leader, client: admin }, household);
		expect((await record()).holder).toBe(cadre.cadre);
		await suspend(cadre, 'suspended');
		const held = await record();
		expect([held.holder, held.cadre]).toEqual([deputy.cadre, cadre.cadre]);
		expect((await step(deputy, held.id, 'resolve', { note: '代办' })).status).toBe(200);
		await suspend(deputy, 'suspended');
		expect((await record()).holder).toBe(leader.cadre);
		await suspend(leader, 'suspended');
		expect((await record()).holder).toBeNull();
		for (const person of [cadre, deputy, leader]) await suspend(person, 'active');
		await expectSoundAudit();
	});

	test('无人承办自动转交: a suspended cadre with a substitute in force keeps the case', async () => {
		const away = await makePerson(township, '病假', ['cadre']);
		const household = await aHousehold(away);
		await admin.ok('PATCH', `/users/${away.user}`, { status: 'suspended' });
		const sent = {
			substitute: world.colleague.cadre,
			substitute_until: new Date(Date.now() + 3_600_000).toISOString(),
		};
		await admin.ok('PATCH', `/items/doorstep_cadres/${away.cadre}`, sent);
		const recorded = await recordCase(world.colleague, household);
		expect(recorded.holder).toBe(away.cadre);
		expect((await step(world.colleague, recorded.id, 'take')).status).toBe(200);
		expect(await whoAnswers(recorded)).toEqual({ cadre: away.cadre, holder: world.colleague.cadre });
	});
});
