import { afterAll, describe, expect, test } from 'vitest';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
afterAll(() => township.stop());

const HOUR = 3_600_000;

interface Notice {
	subject: string;
	item: string;
}

describe('F1-F5: a case from the door to its closing', () => {
	test('F3: a cadre records a proxy case, resolves it, tells the household and closes it', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		expect(recorded.number).toMatch(/^\d{4}-\d{6}$/);
		expect(recorded).toMatchObject({
			status: 'open',
			holder: world.cadre.cadre,
			cadre: world.cadre.cadre,
			cycle: 1,
			rung: 0,
		});
		expect(Date.parse(recorded.due_at) - Date.parse(recorded.received_at)).toBe(24 * HOUR);
		expect(Date.parse(recorded.due_at) - Date.parse(recorded.next_rung_at ?? '')).toBe(4 * HOUR);

		expect((await step(world.cadre, recorded.id, 'close')).errors[0]?.extensions.code).toBe(
			'DOORSTEP_STEP_NOT_POSSIBLE',
		);
		expect((await step(world.cadre, recorded.id, 'resolve')).errors[0]?.extensions).toMatchObject({
			code: 'DOORSTEP_MISSING',
			field: 'note',
		});
		const resolved = await step(world.cadre, recorded.id, 'resolve', { note: '已办好' });
		expect(resolved.data).toMatchObject({ seq: 2 });
		expect((await step(world.cadre, recorded.id, 'close')).errors[0]?.extensions.code).toBe(
			'DOORSTEP_NOT_TOLD',
		);
		const told = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
		expect((await step(world.cadre, recorded.id, 'tell', told)).status).toBe(200);
		expect((await step(world.cadre, recorded.id, 'close')).status).toBe(200);
		const closed = await readCase(world.cadre, recorded.id);
		expect(closed).toMatchObject({ status: 'closed', next_rung_at: null, breached_at: null });
		expect(closed.closed_at).not.toBeNull();
	});

	test('F2: an immediate case is recorded, resolved and told in one go', async () => {
		const recorded = await recordCase(world.cadre, world.household, {
			ledger: 'immediate',
			title: '咨询医保缴费',
			steps: [
				{ kind: 'resolve', note: '当场讲明' },
				{ kind: 'tell', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' },
			],
		});
		expect(recorded.status).toBe('resolved');
		const steps = await world.cadre.client.ok<{ kind: string; seq: number }[]>(
			'GET',
			`/items/doorstep_case_steps?filter[case_id][_eq]=${recorded.id}&sort=seq&fields=kind,seq`,
		);
		expect(steps).toEqual([
			{ kind: 'record', seq: 1 },
			{ kind: 'resolve', seq: 2 },
			{ kind: 'tell', seq: 3 },
		]);
	});

	test('a foreign case and a missing one are refused alike, reading and writing', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		const missing = '00000000-0000-4000-8000-000000000000';
		for (const id of [recorded.id, missing]) {
			expect((await world.stranger.client.request('GET', `/items/doorstep_cases/${id}`)).status).toBe(403);
			const refused = await step(world.stranger, id, 'note', { note: '旁人' });
			expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([403, 'DOORSTEP_FORBIDDEN']);
			const patched = await world.stranger.client.request('PATCH', `/items/doorstep_cases/${id}`, {
				title: '改',
			});
			expect(patched.status).toBe(403);
		}
	});

	test('M2: a dispute that cannot be calmed goes to the team leader, then to the town leaders, who are told', async () => {
		const dispute = await recordCase(world.cadre, world.household, {
			ledger: 'reported',
			nature: 'dispute',
			title: '草场界线争议',
			service: world.service,
		});
		const newest = async (person: Person) =>
			(
				await person.client.ok<Notice[]>('GET', '/notifications?sort=-timestamp&limit=1&fields=subject,item')
			)[0];
		expect(
			(await step(world.cadre, dispute.id, 'report', { level: 'village', note: '调解两次未成' })).status,
		).toBe(200);
		expect(await newest(world.leader)).toEqual({
			subject: `【上报】${dispute.number} 草场界线争议`,
			item: dispute.id,
		});
		expect((await step(world.leader, dispute.id, 'report', { level: 'township' })).status).toBe(200);
		const lower = await step(world.cadre, dispute.id, 'report', { level: 'team' });
		expect(lower.errors[0]?.extensions).toMatchObject({ code: 'DOORSTEP_LEVEL_NOT_HIGHER', field: 'level' });
		expect((await newest(world.townLeader))?.item).toBe(dispute.id);
		expect((await newest(world.inCharge))?.item).toBe(dispute.id);

		const due_at = new Date(Date.now() + 10 * 24 * HOUR).toISOString();
		const sent = { holder: world.colleague.cadre, due_at };
		expect((await step(world.cadre, dispute.id, 'decide', sent)).errors[0]?.extensions.code).toBe(
			'DOORSTEP_STEP_NOT_YOURS',
		);
		expect((await step(world.townLeader, dispute.id, 'decide', sent)).status).toBe(200);
		expect((await newest(world.colleague))?.item).toBe(dispute.id);
		expect(await readCase(world.colleague, dispute.id)).toMatchObject({
			holder: world.colleague.cadre,
			due_at,
			first_due_at: due_at,
			level: 'township',
		});
	});

	test('F8: a case reported to a department outside the town names it', async () => {
		const road = await recordCase(world.cadre, world.household, {
			ledger: 'reported',
			title: '弯道加装减速带',
		});
		const refused = await step(world.cadre, road.id, 'report', { level: 'department' });
		expect(refused.errors[0]?.extensions).toMatchObject({
			code: 'DOORSTEP_DEPARTMENT_MISSING',
			field: 'department',
		});
		const named = await step(world.cadre, road.id, 'report', {
			level: 'department',
			department: world.department,
		});
		expect(named.status).toBe(200);
	});

	test('the audit finds nothing wrong', async () => {
		const report = await township.admin.ok<{ ok: boolean; faults: unknown[]; cases: number }>(
			'GET',
			'/doorstep/audit',
		);
		expect(report).toMatchObject({ ok: true, faults: [] });
		expect(report.cases).toBeGreaterThan(0);
	});
});
