import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditHours, type LastAudit } from '../../extensions/cases/audit-routine.js';
import { backUp, restore, tamper } from '../harness/tamper.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step, type CaseRow } from '../harness/world.js';

// An audit every second or two.
const township = await startProvisioned({
	env: { DOORSTEP_AUDIT_HOURS: '0.0003', DOORSTEP_WATCH_SECONDS: '1', DOORSTEP_SWEEP_SECONDS: '0' },
});
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const PATIENTLY = { timeout: 30_000 };
const last = async (): Promise<LastAudit | null> =>
	(await admin.ok<{ last_audit: LastAudit | null }>('GET', '/doorstep/health')).last_audit;
const told = async (): Promise<string[]> => {
	const rows = await township.sql<{ message: string }>(
		"select message from directus_notifications where subject like '%audit found faults%' order by id",
	);
	return rows.map(({ message }) => message);
};
/** An audit of what stands now: it reaches further than this moment. */
async function auditedSince(moment: number): Promise<LastAudit> {
	await expect.poll(async () => Date.parse((await last())?.as_of ?? '') > moment, PATIENTLY).toBe(true);
	return (await last())!;
}

describe('F6: audits by themselves', () => {
	let recorded: CaseRow;
	beforeAll(async () => {
		recorded = await recordCase(world.cadre, world.household);
		await step(world.cadre, recorded.id, 'note', { note: '甲' });
	});

	test('F6: health and the log carry head and time out of the database', async () => {
		const { ok, head, as_of, faults } = await auditedSince(Date.now());
		expect({ ok, faults }).toEqual({ ok: true, faults: [] });
		expect(await township.log()).toContain(`head ${head} as of ${as_of}`);
		const path = `/doorstep/audit?${new URLSearchParams({ head, as_of }).toString()}`;
		expect(await admin.ok('GET', path)).toMatchObject({ ok: true });
		expect(await told()).toEqual([]);
	});

	test('F6: administrators are told once of what was altered', async () => {
		const note = `where case_id = '${recorded.id}' and seq = 2`;
		await tamper(township, `update doorstep_case_steps set note = '乙' ${note}`);
		expect(await auditedSince(Date.now())).toMatchObject({
			ok: false,
			faults: [{ code: 'body_wrong', number: recorded.number, seq: 2 }],
		});
		await expect
			.poll(told, PATIENTLY)
			.toEqual([expect.stringContaining(`body_wrong ${recorded.number} 2`) as string]);
		await tamper(township, `update doorstep_case_steps set note = '甲' ${note}`);
		expect(await auditedSince(Date.now())).toMatchObject({ ok: true });
		expect(await told()).toHaveLength(1);
	});

	test('F6: an older database in the place of the present one is noticed by whoever saw the present one', async () => {
		await backUp(township, 'older');
		await step(world.cadre, recorded.id, 'note', { note: '丙' });
		expect(await auditedSince(Date.now())).toMatchObject({ ok: true });
		await restore(township, 'older');
		const found = await auditedSince(Date.now());
		expect({ ok: found.ok, codes: found.faults.map(({ code }) => code) }).toEqual({
			ok: false,
			codes: ['head_differs'],
		});
	});
});

test.each([
	[undefined, 24],
	['0', 0],
	['6', 6],
	['-1', 24],
	['often', 24],
])('DOORSTEP_AUDIT_HOURS=%s means an audit every %d hours', (given, hours) => {
	expect(auditHours(given === undefined ? {} : { DOORSTEP_AUDIT_HOURS: given })).toBe(hours);
});
