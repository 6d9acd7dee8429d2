import { afterAll, describe, expect, test } from 'vitest';
import type { Possible } from '../../extensions/cases/possible.js';
import type { Client } from '../harness/request.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin, visitor } = township;
afterAll(() => township.stop());

const HOUR = 3_600_000;
const ask = (by: Client, ...ids: string[]) =>
	by.ok<{ now: string; cases: Possible[] }>('GET', `/doorstep/cases/possible?ids=${ids.join(',')}`);
const offered = async (by: Client, id: string) => (await ask(by, id)).cases[0]?.possible;

describe('F5: what the studio offers', () => {
	test('follows the person and the state of the case', async () => {
		const theCase = await recordCase(world.cadre, world.household);
		expect(await offered(world.cadre.client, theCase.id)).toEqual(
			expect.arrayContaining(['take', 'resolve', 'ask_time', 'note', 'withdraw']),
		);
		expect(await offered(world.cadre.client, theCase.id)).not.toContain('grant_time');
		expect(await offered(world.supervisor.client, theCase.id)).toEqual(['note']);

		await step(world.cadre, theCase.id, 'ask_time', { hours: 12, note: '缺材料' });
		expect(await offered(world.cadre.client, theCase.id)).not.toContain('ask_time');
		expect(await offered(world.leader.client, theCase.id)).toContain('grant_time');
		expect(await offered(world.deputy.client, theCase.id)).toEqual([]);

		await step(world.cadre, theCase.id, 'resolve', { note: '办好了' });
		const told = await offered(world.cadre.client, theCase.id);
		expect(told).toContain('tell');
		expect(told).not.toContain('close');
	});

	test('F4: a deputy is offered a leader’s steps while the leader is away', async () => {
		const theCase = await recordCase(world.cadre, world.household, { ledger: 'reported' });
		const leader = `/items/doorstep_cadres/${world.leader.cadre}`;
		expect(await offered(world.deputy.client, theCase.id)).not.toContain('decide');
		await admin.ok('PATCH', leader, { work_state: 'training' });
		expect(await offered(world.deputy.client, theCase.id)).toContain('decide');
		await admin.ok('PATCH', leader, { work_state: 'on_duty' });
	});

	test('leaves out cases that the caller may not see', async () => {
		const own = await recordCase(world.cadre, world.household);
		const foreign = await recordCase(world.stranger, world.foreign);
		const { cases } = await ask(world.cadre.client, own.id, foreign.id);
		expect(cases.map(({ id }) => id)).toEqual([own.id]);
		expect((await ask(visitor, own.id)).cases).toEqual([]);
		expect((await ask(world.clerk.client, own.id)).cases).toEqual([]);
	});

	test('names the rungs that wait for the caller, and who acknowledged stands there by name', async () => {
		const happened_at = new Date(Date.now() - 25 * HOUR).toISOString();
		const late = await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		const [seen] = (await ask(world.leader.client, late.id)).cases;
		expect(seen?.acknowledge).toHaveLength(1);
		expect((await ask(world.townLeader.client, late.id)).cases[0]?.acknowledge).toEqual([]);
		const path = `/items/doorstep_escalations/${seen!.acknowledge[0]!}`;
		const odd = await world.leader.client.request('PATCH', path, { acknowledged_at: 'foo' });
		expect(inShort(odd)).toEqual({ status: 400, code: 'DOORSTEP_INVALID', field: 'acknowledged_at' });
		await world.leader.client.ok('PATCH', path, { acknowledged_at: new Date().toISOString() });
		expect((await ask(world.leader.client, late.id)).cases[0]?.acknowledge).toEqual([]);
		const rung = await world.cadre.client.ok('GET', path);
		expect(rung).toMatchObject({ acknowledged_by_name: '队长' });
	});

	test.each(['', 'x', `${'0'.repeat(8)}-0000`, Array.from({ length: 101 }, () => world.household).join(',')])(
		'refuses odd or too many ids (%#)',
		async (ids) => {
			const answer = await world.cadre.client.request('GET', `/doorstep/cases/possible?ids=${ids}`);
			expect(inShort(answer)).toEqual({ status: 400, code: 'DOORSTEP_INVALID', field: 'ids' });
		},
	);
});

describe('what a form begins with', () => {
	test('F1: the source is the hat’s, unless something else is sent', async () => {
		const source = async (id: string) =>
			(await admin.ok<{ source: string }>('GET', `/items/doorstep_cases/${id}?fields=source`)).source;
		const visit = await recordCase(world.cadre, world.household);
		const hotline = await recordCase(world.supervisor, world.household);
		const card = await recordCase(world.supervisor, world.household, { source: 'card' });
		expect([await source(visit.id), await source(hotline.id), await source(card.id)]).toEqual([
			'visit',
			'hotline',
			'card',
		]);
	});
});

describe('one’s own account', () => {
	test('language and password are one’s own to set, rights and other people’s are not', async () => {
		const { client, user } = world.colleague;
		await client.ok('PATCH', '/users/me', { language: 'en-US' });
		expect((await client.request('PATCH', `/users/${world.cadre.user}`, { language: 'en-US' })).status).toBe(
			403,
		);
		for (const right of [{ role: null }, { status: 'active' }, { policies: [] }, { email: 'x@example.com' }])
			expect((await client.request('PATCH', `/users/${user}`, right)).status).toBe(403);
	});
});
