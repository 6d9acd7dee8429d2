import { afterAll, describe, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startProvisioned, startSecondInstance } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';
import { DAY, HOUR } from './calendar.js';
import { clockOff } from './clock-off.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, SEED } from './length.js';
import { sweepNow, untilSwept } from './until.js';

describe.each([
	{ days: 10, where: 'ten days ahead' },
	{ days: -10, where: 'ten days behind' },
])('an instance whose clock is $where', async ({ days }) => {
	const township = await startProvisioned({
		env: { ...clockOff(days * DAY), DOORSTEP_SWEEP_SECONDS: '0.5' },
	});
	const world = await buildWorld(township);
	const database = connectTo(township.stopped.database);
	afterAll(async () => {
		await database.destroy();
		await township.stop();
	});

	test('is wrong indeed: what Directus itself writes down is off by as much', async () => {
		const { last_access } = await township.admin.ok<{ last_access: string }>(
			'GET',
			'/users/me?fields=last_access',
		);
		expect(Math.round((Date.parse(last_access) - Date.now()) / DAY)).toBe(days);
	});

	test('F3: receives cases and steps by the database’s clock, and knows by it what is the future', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		const received = Date.parse(recorded.received_at);
		expect(Math.abs(received - Date.now())).toBeLessThan(HOUR);
		expect(Date.parse(recorded.due_at) - received).toBe(24 * HOUR);

		const said = (hours: number) =>
			step(world.cadre, recorded.id, 'note', {
				note: '入户了解',
				happened_at: new Date(Date.now() + hours * HOUR).toISOString(),
			});
		expect((await said(24)).errors[0]?.extensions.code).toBe('DOORSTEP_FUTURE');
		const noted = await said(0);
		expect(noted.status).toBe(200);
		const { at } = await township.admin.ok<{ at: string }>(
			'GET',
			`/items/doorstep_case_steps/${noted.data?.id ?? ''}?fields=at`,
		);
		expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(HOUR);
	});

	test(`F3, F4: raises no rung early and none late, with its true time (seed ${SEED})`, async () => {
		await writeDueCases(database, world, CASES_A_ROUND, randomOf(SEED));
		await untilSwept(township);
		const { as_of } = await sweepNow(township);
		expect(Math.abs(Date.parse(as_of) - Date.now())).toBeLessThan(HOUR);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
		expect((await township.visitor.request('GET', '/doorstep/health')).status).toBe(200);
	});

	test.runIf(township.database === 'postgres')(
		'F3, F4: shares the sweep with one whose clock is right, and neither repeats what the other has raised',
		async () => {
			const right = await startSecondInstance(township, { env: { DOORSTEP_SWEEP_SECONDS: '0.5' } });
			await writeDueCases(database, world, CASES_A_ROUND, randomOf(SEED));
			await untilSwept(township);
			const { as_of } = await sweepNow(right);
			await expectWholeLadder(database, world, as_of);
			await right.stop();
		},
	);

	test('the audit finds nothing wrong', async () => {
		expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});
});
