import { afterAll, describe, expect, test } from 'vitest';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

describe('Access: what the matrix does not say', () => {
	test('F1: whoever may record a case can choose its household in the studio’s own form', async () => {
		const recorders = [world.cadre, world.leader, world.townLeader, world.supervisor];
		for (const [collection, field] of [
			['doorstep_cases', 'household'],
			['doorstep_cases', 'service'],
			['doorstep_case_steps', 'holder'],
			['doorstep_households', 'cadre'],
		] as const) {
			for (const { client } of recorders) {
				const relation = await client.request('GET', `/relations/${collection}/${field}`);
				expect([collection, field, relation.status]).toEqual([collection, field, 200]);
			}
		}
	});

	test('C2: a cadre records cases for own households only; a foreign one and a missing one are refused alike', async () => {
		for (const household of [world.foreign, world.neighbour, '00000000-0000-4000-8000-000000000000']) {
			const sent = { household, ledger: 'proxy', title: '越权' };
			const refused = await world.cadre.client.request('POST', '/items/doorstep_cases', sent);
			expect([refused.status, refused.errors[0]?.extensions]).toEqual([
				403,
				{ code: 'DOORSTEP_FORBIDDEN', field: 'household' },
			]);
		}
		expect((await recordCase(world.cadre, world.household)).status).toBe('open');
	});

	test('a step nested in an own case stays there, whatever case it names', async () => {
		const own = await recordCase(world.cadre, world.household);
		const foreign = await recordCase(world.stranger, world.foreign);
		const sent = { steps: [{ case_id: foreign.id, kind: 'note', note: '借道' }] };
		await world.cadre.client.request('PATCH', `/items/doorstep_cases/${own.id}`, sent);
		const path = `/items/doorstep_case_steps?filter[case_id][_eq]=${foreign.id}&fields=kind`;
		expect(await admin.ok('GET', path)).toEqual([{ kind: 'record' }]);
	});

	test('L2: the token of a card is too long to be guessed', async () => {
		const [seen] = await admin.ok<{ card_token: string }[]>(
			'GET',
			'/items/doorstep_cadres?fields=card_token',
		);
		expect(seen?.card_token.length).toBeGreaterThanOrEqual(22);
	});
});

describe('Access: a complaint goes to the supervision group alone', () => {
	test('F6: it cannot be passed to the official it is about; a supervisor resolves it, tells the household and closes it', async () => {
		const about = { about_cadre: world.cadre.cadre };
		const complaint = await recordCase(world.supervisor, world.household, about);
		const refused = await step(world.supervisor, complaint.id, 'pass', { holder: world.cadre.cadre });
		expect(refused.errors[0]?.extensions).toEqual({ code: 'DOORSTEP_HOLDER_CANNOT_ACT', field: 'holder' });
		const answers = { solved: 'yes', satisfaction: 'satisfied', channel: 'phone' };
		expect((await step(world.supervisor, complaint.id, 'resolve', { note: '已查' })).status).toBe(200);
		expect((await step(world.supervisor, complaint.id, 'tell', answers)).status).toBe(200);
		expect((await step(world.supervisor, complaint.id, 'close')).status).toBe(200);
	});
});
