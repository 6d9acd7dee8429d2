import { afterAll, describe, expect, test } from 'vitest';
import { calendarDays } from '../../seed/provision/calendar.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, readCase, recordCase, step, type Person } from '../harness/world.js';

// The tests sweep when they want to.
const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const world = await buildWorld(township);
afterAll(() => township.stop());

const HOUR = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();

interface Escalation {
	id: string;
	rung: number;
	cycle: number;
	name: string;
	due_at: string;
	raised_at: string;
	recipients: string[];
	acknowledged_by: string | null;
}

const sweep = () => township.admin.ok<{ raised: number; as_of: string }>('POST', '/doorstep/sweep');
const escalationsOf = (caseId: string) =>
	township.admin.ok<Escalation[]>(
		'GET',
		`/items/doorstep_escalations?filter[case_id][_eq]=${caseId}&sort=cycle,rung`,
	);
const noticesOf = (person: Person) =>
	person.client.ok<{ subject: string; message: string; collection: string; item: string | null }[]>(
		'GET',
		`/notifications?filter[recipient][_eq]=${person.user}&sort=-timestamp`,
	);

describe('the ladder (F3, F4)', () => {
	test('F3: a proxy case 30 hours old climbs three rungs at once, each with its true time and its own people', async () => {
		const late = await recordCase(world.cadre, world.household, {
			happened_at: hoursAgo(29),
			title: '逾期的代办',
		});
		const before = await noticesOf(world.leader);
		await sweep();
		const rungs = await escalationsOf(late.id);
		const due = Date.parse(late.due_at);
		expect(rungs.map((rung) => [rung.rung, rung.name, Date.parse(rung.due_at) - due])).toEqual([
			[1, '到期提醒', -4 * HOUR],
			[2, '催办', 0],
			[3, '督办', 4 * HOUR],
		]);
		expect(rungs.map((rung) => rung.recipients.toSorted())).toEqual([
			[world.cadre.user],
			[world.cadre.user, world.leader.user].toSorted(),
			[world.townLeader.user],
		]);
		const row = await readCase(world.cadre, late.id);
		expect(row).toMatchObject({ rung: 3, breached_at: late.due_at });
		expect(Date.parse(row.next_rung_at ?? '') - due).toBe(24 * HOUR);

		const [notice, ...others] = await noticesOf(world.leader);
		expect(others).toHaveLength(before.length);
		expect(notice).toMatchObject({
			subject: `【催办】${late.number} 逾期的代办`,
			collection: 'doorstep_cases',
			item: late.id,
		});
		expect(await sweep()).toMatchObject({ raised: 0 });
	});

	test('one notice a person and sweep, however many rungs downtime piled up', async () => {
		const before = (await noticesOf(world.cadre)).length;
		await recordCase(world.cadre, world.household, { happened_at: hoursAgo(50) });
		await recordCase(world.cadre, world.household, { happened_at: hoursAgo(60) });
		expect((await sweep()).raised).toBe(8);
		const after = await noticesOf(world.cadre);
		expect(after).toHaveLength(before + 1);
		expect(after[0]).toMatchObject({ subject: '4 件事项需要您处理', item: null });
	});

	test('F3: a case resolved late is late although no sweep ran', async () => {
		const late = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(25) });
		expect((await step(world.cadre, late.id, 'resolve', { note: '晚了一小时' })).status).toBe(200);
		expect(await readCase(world.cadre, late.id)).toMatchObject({
			breached_at: late.due_at,
			next_rung_at: null,
		});
		await sweep();
		expect(await escalationsOf(late.id)).toEqual([]);
	});

	test('F4: a reported case is warned a working day before its triage limit ends, at the same time of day', async () => {
		const reported = await recordCase(world.cadre, world.household, { ledger: 'reported', title: '修路' });
		expect(new Date(Date.parse(reported.due_at) + 8 * HOUR).toISOString()).toMatch(/T23:59:59\.999Z$/);
		const workingDays = calendarDays().filter(
			({ working, day }) => working && day < localDay(reported.due_at),
		);
		expect(localDay(reported.next_rung_at ?? '')).toBe(workingDays.at(-1)?.day);
		expect(reported.next_rung_at?.slice(10)).toBe(reported.due_at.slice(10));
	});

	test('a rung is acknowledged once, by whom it was sent to', async () => {
		const late = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(25) });
		await sweep();
		const reminder = (await escalationsOf(late.id)).find((rung) => rung.rung === 2);
		const path = `/items/doorstep_escalations/${reminder?.id ?? ''}`;
		const body = { acknowledged_at: '2020-01-01T00:00:00Z' };
		const other = await world.townLeader.client.request('PATCH', path, body);
		expect(other.errors[0]?.extensions.code).toBe('DOORSTEP_NOT_RECIPIENT');
		expect((await world.stranger.client.request('PATCH', path, body)).status).toBe(403);
		const done = await world.leader.client.ok<{ acknowledged_at: string; acknowledged_by: string }>(
			'PATCH',
			path,
			body,
		);
		expect(done.acknowledged_by).toBe(world.leader.user);
		expect(Math.abs(Date.parse(done.acknowledged_at) - Date.now())).toBeLessThan(60_000);
		const again = await world.leader.client.request('PATCH', path, body);
		expect(again.errors[0]?.extensions.code).toBe('DOORSTEP_ALREADY_ACKNOWLEDGED');
	});

	test('a complaint climbs to the supervision group alone', async () => {
		const complaint = await township.admin.ok<{ id: string }>('POST', '/items/doorstep_cases', {
			household: world.household,
			ledger: 'proxy',
			title: '反映干部态度',
			about_cadre: world.cadre.cadre,
			source: 'hotline',
			happened_at: hoursAgo(30),
		});
		expect((await noticesOf(world.supervisor))[0]?.item).toBe(complaint.id);
		const before = await noticesOf(world.cadre);
		await sweep();
		const rungs = await escalationsOf(complaint.id);
		expect(rungs.map((rung) => rung.recipients)).toEqual([
			[world.supervisor.user],
			[world.supervisor.user],
			[world.supervisor.user],
		]);
		expect(await noticesOf(world.cadre)).toEqual(before);
	});

	test('reopening begins a new cycle with the time that was left, and a new ladder', async () => {
		const recorded = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(21) });
		await sweep();
		await step(world.cadre, recorded.id, 'resolve', { note: '办了' });
		await step(world.cadre, recorded.id, 'reopen', { note: '没办好' });
		const reopened = await readCase(world.cadre, recorded.id);
		expect(reopened).toMatchObject({ status: 'open', cycle: 2, rung: 0 });
		const left = Date.parse(reopened.due_at) - Date.parse(recorded.due_at);
		expect(left).toBeGreaterThanOrEqual(0);
		expect(left).toBeLessThan(60_000);
		await sweep();
		expect((await escalationsOf(recorded.id)).map((rung) => [rung.cycle, rung.rung])).toEqual([
			[1, 1],
			[2, 1],
		]);
	});
});

describe('the ladder is rows', () => {
	test('a changed rung moves open cases in one statement and repeats nothing', async () => {
		const open = await recordCase(world.cadre, world.household);
		const warned = await recordCase(world.cadre, world.household, { happened_at: hoursAgo(21) });
		await sweep();
		const [rung] = await township.admin.ok<{ id: string }[]>(
			'GET',
			'/items/doorstep_escalation_rules?filter[ledger][_eq]=proxy&filter[rung][_eq]=1',
		);
		await township.admin.ok('PATCH', `/items/doorstep_escalation_rules/${rung?.id ?? ''}`, { delay: -120 });
		expect(
			Date.parse(open.due_at) - Date.parse((await readCase(world.cadre, open.id)).next_rung_at ?? ''),
		).toBe(2 * HOUR);
		await sweep();
		expect((await escalationsOf(warned.id)).map((raised) => raised.rung)).toEqual([1]);
		expect((await readCase(world.cadre, warned.id)).next_rung_at).toBe(warned.due_at);
		await township.admin.ok('PATCH', `/items/doorstep_escalation_rules/${rung?.id ?? ''}`, { delay: -240 });
		expect((await readCase(world.cadre, open.id)).next_rung_at).toBe(open.next_rung_at);
	});

	test('a service with rungs of its own uses only these; any number of rungs is possible', async () => {
		const { admin } = township;
		const service = await create(admin, 'doorstep_services', {
			code: 'own-ladder',
			name: '急难救助',
			category: '救助',
			ledger: 'proxy',
			limit_hours: 2,
		});
		for (const [index, delay] of [-90, -60, -30, 0, 15, 30, 45].entries()) {
			await create(admin, 'doorstep_escalation_rules', {
				ledger: 'proxy',
				service,
				rung: index + 1,
				name: `第${String(index + 1)}级`,
				delay,
				unit: 'minutes',
				notify: ['cadre'],
			});
		}
		const urgent = await recordCase(world.cadre, world.household, { service, happened_at: hoursAgo(2.6) });
		expect(Date.parse(urgent.due_at) - Date.parse(hoursAgo(2.6))).toBeLessThan(2 * HOUR + 60_000);
		await sweep();
		expect((await escalationsOf(urgent.id)).map((rung) => rung.rung)).toEqual([1, 2, 3, 4, 5, 6]);
		const twice = await admin.request('POST', '/items/doorstep_escalation_rules', {
			ledger: 'proxy',
			service,
			rung: 1,
			name: '重复',
			delay: 0,
			unit: 'minutes',
			notify: ['cadre'],
		});
		expect(twice.status).toBe(400);
	});

	test('a day that turns free moves the working days after it and the rungs that count by them', async () => {
		const reported = await recordCase(world.cadre, world.household, { ledger: 'reported', title: '修桥' });
		const [day] = await township.admin.ok<{ id: string; day: string; ordinal: number }[]>(
			'GET',
			`/items/doorstep_calendar?filter[day][_eq]=${localDay(reported.next_rung_at ?? '')}`,
		);
		await township.admin.ok('PATCH', `/items/doorstep_calendar/${day?.id ?? ''}`, { working: false });
		const moved = await readCase(world.cadre, reported.id);
		expect(Date.parse(moved.next_rung_at ?? '')).toBeLessThan(Date.parse(reported.next_rung_at ?? ''));
		expect(moved.due_at).toBe(reported.due_at);
		await township.admin.ok('PATCH', `/items/doorstep_calendar/${day?.id ?? ''}`, { working: true });
		expect((await readCase(world.cadre, reported.id)).next_rung_at).toBe(reported.next_rung_at);
		const [again] = await township.admin.ok<{ ordinal: number }[]>(
			'GET',
			`/items/doorstep_calendar?filter[day][_eq]=${day?.day ?? ''}`,
		);
		expect(again?.ordinal).toBe(day?.ordinal);
		expect(
			(await township.admin.request('DELETE', `/items/doorstep_calendar/${day?.id ?? ''}`)).errors[0]
				?.extensions.code,
		).toBe('DOORSTEP_CALENDAR_KEPT');
	});

	test('F4: a decided deadline has a whole ladder of its own, although the triage limit passed unseen', async () => {
		const reported = await recordCase(world.cadre, world.household, {
			ledger: 'reported',
			title: '打井',
			happened_at: hoursAgo(24 * 21),
		});
		await sweep();
		expect((await escalationsOf(reported.id)).map((rung) => rung.rung)).toEqual([1, 2, 3, 4]);
		const due_at = new Date(Date.now() + 2_000).toISOString();
		expect(
			(await step(world.leader, reported.id, 'decide', { holder: world.cadre.cadre, due_at })).status,
		).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 2_500));
		await sweep();
		const rungs = await escalationsOf(reported.id);
		expect(rungs.map((rung) => [rung.rung, rung.name]).slice(4)).toEqual([
			[5, '到期提醒'],
			[6, '催办'],
		]);
		expect(rungs[5]?.due_at).toBe(due_at);
		expect(await readCase(world.cadre, reported.id)).toMatchObject({
			rung: 6,
			cycle: 1,
			breached_at: reported.due_at,
		});
	});

	test('F4: an extension before expiry moves the deadline, the first one stays on record', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		await step(world.cadre, recorded.id, 'ask_time', { hours: 10, note: '材料不齐' });
		expect(
			(await step(world.cadre, recorded.id, 'grant_time', { hours: 6 })).errors[0]?.extensions.code,
		).toBe('DOORSTEP_STEP_NOT_YOURS');
		expect(
			(await step(world.leader, recorded.id, 'grant_time', { hours: 11 })).errors[0]?.extensions.code,
		).toBe('DOORSTEP_MORE_THAN_ASKED');
		expect((await step(world.leader, recorded.id, 'grant_time', { hours: 6 })).status).toBe(200);
		const granted = await readCase(world.cadre, recorded.id);
		expect(Date.parse(granted.due_at) - Date.parse(recorded.due_at)).toBe(6 * HOUR);
		expect(granted.first_due_at).toBe(recorded.due_at);
		expect(Date.parse(granted.next_rung_at ?? '') - Date.parse(recorded.next_rung_at ?? '')).toBe(6 * HOUR);
	});

	test('the audit finds nothing wrong', async () => {
		const report = await township.admin.ok('GET', '/doorstep/audit');
		expect(report).toMatchObject({ ok: true, faults: [] });
	});
});

function localDay(at: string): string {
	return new Date(Date.parse(at) + 8 * HOUR).toISOString().slice(0, 10);
}
