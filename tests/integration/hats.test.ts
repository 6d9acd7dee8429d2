import { afterAll, describe, expect, test } from 'vitest';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

describe('Access: a step by the wrong hat is refused with its code', () => {
	const TOLD = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
	const NOT_YOURS = { status: 403, code: 'DOORSTEP_STEP_NOT_YOURS', field: 'kind' };
	const LEADER_NEEDED = { status: 403, code: 'DOORSTEP_LEADER_NEEDED' };
	const record = (ledger: string) => recordCase(world.cadre, world.household, { ledger });
	const taken = async (by: Person, id: string, kind: string, more: object = {}) =>
		expect((await step(by, id, kind, more)).status, `${kind}: 200`).toBe(200);

	test('F3: a cadre asks for time, and only a leader grants or refuses it', async () => {
		const { id } = await record('proxy');
		await taken(world.cadre, id, 'ask_time', { hours: 4, note: '路远' });
		for (const person of [world.cadre, world.supervisor]) {
			expect(inShort(await step(person, id, 'grant_time', { hours: 4 }))).toEqual(NOT_YOURS);
			expect(inShort(await step(person, id, 'refuse_time', { note: '不行' }))).toEqual(NOT_YOURS);
		}
		await taken(world.leader, id, 'grant_time', { hours: 4 });
	});

	test('F4: a cadre neither takes a case out of the proxy ledger, nor decides, nor strikes it off; leaders do', async () => {
		const { id } = await record('proxy');
		const reported = { ledger: 'reported' };
		expect(inShort(await step(world.cadre, id, 'convert', reported))).toEqual({
			...LEADER_NEEDED,
			field: 'ledger',
		});
		await taken(world.leader, id, 'convert', reported);
		const decision = { holder: world.cadre.cadre, due_at: TOMORROW };
		expect(inShort(await step(world.cadre, id, 'decide', decision))).toEqual(NOT_YOURS);
		await taken(world.townLeader, id, 'decide', decision);
		await taken(world.cadre, id, 'resolve', { note: '已修' });
		await taken(world.cadre, id, 'tell', TOLD);
		expect(inShort(await step(world.cadre, id, 'close'))).toEqual({ ...LEADER_NEEDED, field: 'kind' });
		await taken(world.leader, id, 'close');
	});

	test('F6: only the supervision group verifies, and nobody their own work', async () => {
		const { id } = await record('proxy');
		await taken(world.cadre, id, 'resolve', { note: '已办' });
		await taken(world.cadre, id, 'tell', TOLD);
		for (const person of [world.cadre, world.leader, world.townLeader]) {
			expect(inShort(await step(person, id, 'verify', TOLD))).toEqual(NOT_YOURS);
		}
		for (const kind of ['resolve', 'close', 'withdraw']) {
			expect(inShort(await step(world.supervisor, id, kind, { note: '代' }))).toEqual(NOT_YOURS);
		}
		await taken(world.supervisor, id, 'verify', TOLD);
		const held = await record('proxy');
		await taken(world.cadre, held.id, 'pass', { holder: world.supervisor.cadre });
		await taken(world.supervisor, held.id, 'resolve', { note: '自办' });
		await taken(world.supervisor, held.id, 'tell', TOLD);
		const own = inShort(await step(world.supervisor, held.id, 'verify', TOLD));
		expect(own).toEqual({ status: 403, code: 'DOORSTEP_OWN_WORK', field: 'kind' });
	});

	test('only a leader in charge of the subject, of the village or its area takes a leader’s step', async () => {
		const withService = await recordCase(world.cadre, world.household, { service: world.service });
		const { id } = await record('proxy');
		for (const each of [id, withService.id])
			await taken(world.cadre, each, 'ask_time', { hours: 2, note: '路远' });
		expect(inShort(await step(world.inCharge, id, 'grant_time', { hours: 2 }))).toEqual(NOT_YOURS);
		await taken(world.inCharge, withService.id, 'grant_time', { hours: 2 });
	});

	test('the deputy acts exactly while the leader is away', async () => {
		const { leader, deputy } = world;
		const cadre = `/items/doorstep_cadres/${leader.cadre}`;
		const nobody = { substitute: null, substitute_until: null };
		const set = (sent: object) => () =>
			admin.ok('PATCH', cadre, { work_state: 'on_duty', ...nobody, ...sent });
		const user = (status: string) => () => admin.ok('PATCH', `/users/${leader.user}`, { status });
		const asked = async () => {
			const { id } = await record('proxy');
			await taken(world.cadre, id, 'ask_time', { hours: 2, note: '路远' });
			return inShort(await step(deputy, id, 'grant_time', { hours: 2 })).status;
		};
		const standIn = { substitute: world.colleague.cadre };
		for (const [arrange, status] of [
			[set({}), 403],
			[set({ work_state: 'training' }), 200],
			[set({ work_state: 'in_village' }), 403],
			[set({ work_state: 'meeting' }), 200],
			[set({ ...standIn, substitute_until: YESTERDAY }), 403],
			[set({ ...standIn, substitute_until: TOMORROW }), 200],
			[set({}), 403],
			[user('suspended'), 200],
			[user('active'), 403],
		] as const) {
			await arrange();
			expect(await asked()).toBe(status);
		}
	});
});
