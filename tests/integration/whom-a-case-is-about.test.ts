import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Possible } from '../../extensions/cases/possible.js';
import { SENSITIVE_FIELDS } from '../../extensions/coverage/sensitive.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, step, type CaseRow, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const FILE = { head_name: '高娃', phone: '16000098765', code: 'HQ-07-0042' };
const CIRCUMSTANCES = {
	special_groups: ['serious_illness'],
	relief_reason: '因病致困-不外传',
	relief_measures: '每月送药-不外传',
};

const ask = async ({ client }: { client: Person['client'] }, ...ids: string[]) => {
	const answer = await client.request<{ cases: Possible[] }>(
		'GET',
		`/doorstep/cases/possible?ids=${ids.join(',')}`,
	);
	return { text: answer.raw.toString(), households: answer.data?.cases.map(({ household }) => household) };
};

let passed: CaseRow;
let kept: CaseRow;
let toReach: Possible['household'];
beforeAll(async () => {
	await admin.ok('PATCH', `/items/doorstep_households/${world.household}`, { ...FILE, ...CIRCUMSTANCES });
	const { name } = await admin.ok<{ name: string }>('GET', `/items/doorstep_villages/${world.village}`);
	toReach = { id: world.household, ...FILE, hamlet: '一社', village: name };
	passed = await recordCase(world.cadre, world.household);
	kept = await recordCase(world.cadre, world.household, { title: '修渠' });
	await step(world.cadre, passed.id, 'pass', { holder: world.stranger.cadre });
});

describe('Access: whoever sees a case is told whom it is about and how to reach them', () => {
	test('F3: the household’s cadre, its leaders and the supervision group are told name, phone, code, hamlet and village', async () => {
		for (const person of [world.cadre, world.leader, world.townLeader, world.supervisor]) {
			expect((await ask(person, kept.id)).households).toEqual([toReach]);
		}
	});

	test('C3: a holder of another village and their substitute are told of the passed case, and of no other', async () => {
		const standIn = await makePerson(township, '替岗', ['cadre']);
		const absence = { substitute: standIn.cadre, substitute_until: TOMORROW };
		await admin.ok('PATCH', `/items/doorstep_cadres/${world.stranger.cadre}`, absence);
		for (const person of [world.stranger, standIn]) {
			expect((await ask(person, passed.id, kept.id)).households).toEqual([toReach]);
			expect((await ask(person, kept.id)).households).toEqual([]);
		}
	});

	test('Access: the household’s own file stays closed to that holder', async () => {
		const file = `/items/doorstep_households/${world.household}`;
		expect((await world.stranger.client.request('GET', file)).status).toBe(403);
		expect(await world.cadre.client.ok('GET', file)).toMatchObject(FILE);
	});

	test('Access: a cadre who has nothing to do with the case, a clerk and a visitor are told nothing', async () => {
		for (const person of [world.colleague, world.clerk, { client: township.visitor }]) {
			const { text } = await ask(person, passed.id, kept.id);
			for (const word of Object.values(FILE)) expect(text).not.toContain(word);
		}
	});

	test('Access: of a complaint neither the accused cadre nor a leader is told anything, the supervision group is', async () => {
		const complaint = await recordCase(world.supervisor, world.household, {
			title: '反映态度',
			about_cadre: world.cadre.cadre,
		});
		for (const person of [world.cadre, world.leader, world.townLeader])
			expect((await ask(person, complaint.id)).households).toEqual([]);
		expect((await ask(world.supervisor, complaint.id)).households).toEqual([toReach]);
	});

	test('L1: circumstances of a household are never told with a case, not even to those who may read them', async () => {
		const file = `/items/doorstep_households/${world.household}`;
		expect(await world.cadre.client.ok('GET', file)).toMatchObject(CIRCUMSTANCES);
		for (const person of [world.cadre, world.stranger, world.leader, { client: admin }]) {
			const { text, households } = await ask(person, passed.id);
			expect(households).toHaveLength(1);
			expect(text).not.toContain('不外传');
			for (const word of [...SENSITIVE_FIELDS, 'serious_illness']) expect(text).not.toContain(word);
		}
	});
});
