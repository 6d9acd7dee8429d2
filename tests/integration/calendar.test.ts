import { afterAll, describe, expect, test } from 'vitest';
import { calendarDays } from '../../seed/provision/calendar.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const { admin } = township;
const world = await buildWorld(township);
afterAll(() => township.stop());

interface Day {
	id: string;
	day: string;
	working: boolean;
	ordinal: number;
	name: string | null;
}

const THIS_YEAR = Number(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 4));
const add = (year: number | string) =>
	admin.request<{ year: number; added: number }>('POST', `/doorstep/calendar/${String(year)}`);
const days = () => admin.ok<Day[]>('GET', '/items/doorstep_calendar?limit=-1&sort=day');
const lastYearOf = (rows: Day[]) => Number(rows.at(-1)?.day.slice(0, 4));
const daysIn = (year: number) => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;

/** The running number of every day is the count of working days up to it. */
function expectCounted(rows: Day[]): void {
	let counted = 0;
	for (const { day, working, ordinal } of rows) {
		if (working) counted += 1;
		expect(ordinal, day).toBe(counted);
	}
}

describe('a year that the calendar lacks (F4)', () => {
	test('F4: the next year is added whole, with its weekends free, and counts on', async () => {
		const before = await days();
		const year = lastYearOf(before) + 1;
		expect((await add(year)).data).toEqual({ year, added: daysIn(year) });
		const after = await days();
		expect(after.slice(0, before.length)).toEqual(before);
		expectCounted(after);
		const expected = calendarDays({ first: year, last: year }).map(({ day, working, name }) => [
			day,
			working,
			name,
		]);
		const added = after.slice(before.length);
		expect(added.map(({ day, working, name }) => [day, working, name])).toEqual(expected);
	});

	test('F4: a second time adds nothing and changes nothing, not even what was set by hand', async () => {
		const year = lastYearOf(await days());
		const day = (await days()).find((row) => row.day === `${String(year)}-05-02`);
		await admin.ok('PATCH', `/items/doorstep_calendar/${day?.id ?? ''}`, { working: false });
		const before = await days();
		expect((await add(year)).data).toEqual({ year, added: 0 });
		expect(await days()).toEqual(before);
		expectCounted(before);
	});

	test('F4: a year ahead of the first one comes with its holidays, and all later days count on from it', async () => {
		const first = Number((await days())[0]?.day.slice(0, 4));
		expect((await add(first - 1)).data?.added).toBe(daysIn(first - 1));
		const rows = await days();
		expect(rows[0]).toMatchObject({ day: `${String(first - 1)}-01-01`, working: false });
		expect(rows[0]?.name).toContain('元旦');
		expectCounted(rows);
	});

	test('F4: lost days of a year come back, and only these', async () => {
		const year = lastYearOf(await days());
		const trigger = township.database === 'postgres';
		// The calendar’s own guard stops everybody else.
		if (trigger) await township.sql('alter table doorstep_calendar disable trigger doorstep_calendar_kept');
		else await township.sql('drop trigger doorstep_calendar_kept');
		await township.sql(`delete from doorstep_calendar where day like '${String(year)}-03-%'`);
		if (trigger) await township.sql('alter table doorstep_calendar enable trigger doorstep_calendar_kept');
		expect((await add(year)).data?.added).toBe(31);
		expectCounted(await days());
	});

	test('F4: no gap is left in between, for working days would be counted across it', async () => {
		const last = lastYearOf(await days());
		expect((await add(last + 2)).data?.added).toBe(daysIn(last + 1) + daysIn(last + 2));
		expectCounted(await days());
	});

	test('F4: rungs that count by working days beyond the end of the calendar follow when the year is there', async () => {
		const last = lastYearOf(await days());
		const reported = await recordCase(world.cadre, world.household, { ledger: 'reported', title: '架桥' });
		const due_at = `${String(last)}-12-31T15:59:59.999Z`;
		await step(world.leader, reported.id, 'decide', { holder: world.cadre.cadre, due_at });
		// Only the rung five working days after the deadline is left.
		const rules = await admin.ok<{ id: string; delay: number }[]>(
			'GET',
			'/items/doorstep_escalation_rules?filter[ledger][_eq]=reported',
		);
		const gone = rules.filter(({ delay }) => delay < 5).map(({ id }) => id);
		await admin.ok('DELETE', '/items/doorstep_escalation_rules', gone);
		const before = await readCase(world.cadre, reported.id);
		const wait = (at: string | null) => Date.parse(at ?? '') - Date.parse(due_at);
		expect(wait(before.next_rung_at)).toBe(5 * 86_400_000);

		const fifth = calendarDays({ first: last + 1, last: last + 1 }).filter(({ working }) => working)[4];
		expect((await add(last + 1)).status).toBe(200);
		const after = await readCase(world.cadre, reported.id);
		expect(after.next_rung_at?.slice(0, 10)).toBe(fifth?.day);
	});

	test.each(['2003', String(THIS_YEAR + 11), 'next', '2027.5', '-1'])(
		'the year %s is refused',
		async (year) => {
			const answer = await add(year);
			expect([answer.status, answer.errors[0]?.extensions]).toMatchObject([
				400,
				{ code: 'DOORSTEP_INVALID', field: 'year' },
			]);
		},
	);

	test('administrators only', async () => {
		const before = await days();
		for (const by of [world.cadre.client, world.clerk.client, township.visitor]) {
			const answer = await by.request('POST', `/doorstep/calendar/${String(THIS_YEAR + 10)}`);
			expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([403, 'DOORSTEP_ADMIN_ONLY']);
		}
		expect(await days()).toEqual(before);
	});

	test('two administrators at once add it once', async () => {
		const year = Number((await days())[0]?.day.slice(0, 4)) - 1;
		const answers = await Promise.all([add(year), add(year), add(year)]);
		expect(answers.map(({ data }) => data?.added).sort()).toEqual([0, 0, daysIn(year)].sort());
		expectCounted(await days());
	});
});
