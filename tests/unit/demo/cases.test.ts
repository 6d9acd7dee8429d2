import { describe, expect, it } from 'vitest';
import { hashBody, hashStep, STATE_COLUMNS, type LinkedStep } from '../../../extensions/cases/chain.js';
import { isLate, stepKinds } from '../../../extensions/cases/rules.js';
import { LEDGERS, LEVELS, NATURES, SOLVED, SOURCES, STATUSES } from '../../../extensions/cases/terms.js';
import { HOUR_MS, localDateOf } from '../../../extensions/platform/local-time.js';
import { buildCases, type CaseRow, type Histories } from '../../../seed/demo/cases.js';
import type { Size } from '../../../seed/demo/rows.js';
import { buildTownship } from '../../../seed/demo/township.js';
import { calendarDays } from '../../../seed/provision/calendar.js';

const NOW = new Date('2026-11-20T15:20+08:00');
const calendar = calendarDays();
const townships = { demo: buildTownship('demo'), small: buildTownship('small') };

function casesAt(size: Size, now: Date): Histories {
	return buildCases(townships[size], now, calendar);
}

/** The steps of each case, in order. */
function chainsOf({ steps }: Histories): Map<string, LinkedStep[]> {
	const chains = new Map<string, LinkedStep[]>();
	for (const step of steps) chains.set(step.case_id, [...(chains.get(step.case_id) ?? []), step]);
	return chains;
}

function newestOf(histories: Histories): LinkedStep[] {
	return [...chainsOf(histories).values()].map((chain) => chain.at(-1)!);
}

function values<Row, Column extends keyof Row>(rows: readonly Row[], column: Column): Set<Row[Column]> {
	return new Set(rows.map((row) => row[column]));
}

const demo = casesAt('demo', NOW);
const newest = newestOf(demo);

describe('the cases of the demo township', () => {
	it.each<[Size, number, number]>([
		['demo', 1900, 2100],
		['small', 50, 80],
	])('are as many as a township of this size can show (%s)', (size, least, most) => {
		const { cases } = casesAt(size, NOW);
		expect(cases.length).toBeGreaterThanOrEqual(least);
		expect(cases.length).toBeLessThanOrEqual(most);
	});

	it.each<Size>(['demo', 'small'])('are the same at each call for the same moment (%s)', (size) => {
		expect(casesAt(size, NOW)).toEqual(casesAt(size, NOW));
	});

	it.each<Size>(['demo', 'small'])('F1-F5: every kind of step has been taken (%s)', (size) => {
		expect(values(casesAt(size, NOW).steps, 'kind')).toEqual(new Set(stepKinds()));
	});

	it('F1: every ledger, nature, source, state and outcome occurs', () => {
		expect(values(demo.cases, 'ledger')).toEqual(new Set(LEDGERS));
		expect(values(demo.cases, 'nature')).toEqual(new Set(NATURES));
		expect(values(demo.cases, 'source')).toEqual(new Set(SOURCES));
		expect(values(newest, 'status')).toEqual(new Set(STATUSES));
		expect(values(demo.steps, 'solved')).toEqual(new Set([null, ...SOLVED]));
	});

	it('F4: open cases stand at every level, with a department too', () => {
		const open = newest.filter(({ status, ledger }) => status === 'open' && ledger === 'reported');
		expect(values(open, 'level')).toEqual(new Set(LEVELS));
	});

	it('F3: some open cases are due within four hours, some are late by minutes, hours and days', () => {
		const hours = newest
			.filter(({ status }) => status === 'open')
			.map(({ due_at }) => (due_at.getTime() - NOW.getTime()) / HOUR_MS);
		const within = (from: number, to: number) => hours.filter((left) => left >= from && left < to).length;
		expect(within(0, 4)).toBeGreaterThan(3);
		expect(within(-1, 0)).toBeGreaterThan(0);
		expect(within(-24, -1)).toBeGreaterThan(0);
		expect(within(-240, -24)).toBeGreaterThan(0);
	});

	it('F5: some are resolved and not told, told and not closed, reopened, extended, asked for more time', () => {
		const some = (suits: (state: LinkedStep) => boolean) => newest.filter(suits).length;
		expect(some(({ status, told_at }) => status === 'resolved' && told_at === null)).toBeGreaterThan(0);
		expect(some(({ status, told_at }) => status === 'resolved' && told_at !== null)).toBeGreaterThan(0);
		expect(some(({ status, cycle }) => status === 'open' && cycle === 2)).toBeGreaterThan(0);
		expect(
			some(({ status, due_at, first_due_at }) => status === 'open' && due_at > first_due_at),
		).toBeGreaterThan(0);
		expect(some(({ status, asked_hours }) => status === 'open' && asked_hours !== null)).toBeGreaterThan(0);
	});

	it('F2, F5: most immediate cases are saved with their result and told at once', () => {
		const immediate = demo.cases.filter(({ ledger }) => ledger === 'immediate').map(({ id }) => id);
		const chains = chainsOf(demo);
		const atOnce = immediate.filter((id) => {
			const [record, next, then] = chains.get(id)!;
			return next?.kind === 'resolve' && then?.kind === 'tell' && then.at.getTime() === record!.at.getTime();
		});
		expect(atOnce.length).toBeGreaterThan(immediate.length / 2);
	});

	it('F3, F4: about 88 of 100 cases are on time, and lateness is spread over villages and cadres', () => {
		const late = new Set(newest.filter((state) => isLate(state, NOW)).map((step) => step.case_id));
		expect(late.size / demo.cases.length).toBeGreaterThan(0.09);
		expect(late.size / demo.cases.length).toBeLessThan(0.15);
		const byCadre = new Map<string, number>();
		for (const { id, cadre } of demo.cases)
			if (late.has(id)) byCadre.set(cadre, (byCadre.get(cadre) ?? 0) + 1);
		expect(Math.max(...byCadre.values())).toBeLessThanOrEqual(4);
	});

	it('F6: a complaint names its official, has no holder but the supervision group, and that official takes no step in it', () => {
		const complaints = demo.cases.filter(({ about_cadre }) => about_cadre !== null);
		expect(complaints.length).toBeGreaterThan(5);
		const chains = chainsOf(demo);
		for (const { id, about_cadre, holder } of complaints) {
			expect(holder).toBeNull();
			expect(chains.get(id)!.filter(({ actor }) => actor === about_cadre)).toEqual([]);
		}
	});

	it('numbers run without a gap through each local year, in the order of receipt', () => {
		const { cases } = casesAt('demo', new Date('2027-01-20T10:00+08:00'));
		const next = new Map<string, number>();
		let before: CaseRow | undefined;
		for (const row of cases) {
			const year = localDateOf(row.received_at).slice(0, 4);
			next.set(year, (next.get(year) ?? 0) + 1);
			expect(row.number).toBe(`${year}-${String(next.get(year)).padStart(6, '0')}`);
			expect(row.received_at.getTime()).toBeGreaterThanOrEqual(before?.received_at.getTime() ?? 0);
			before = row;
		}
		expect([...next.keys()]).toEqual(['2026', '2027']);
	});

	it('every chain begins with the record of its case and is linked without a gap', () => {
		for (const [id, chain] of chainsOf(demo)) {
			let last: LinkedStep | null = null;
			for (const [index, step] of chain.entries()) {
				expect(step.seq).toBe(index + 1);
				expect(step.case_id).toBe(id);
				expect(step.prev_hash).toBe(last?.hash ?? null);
				expect(step.body_hash).toBe(hashBody(step, step.salt!));
				expect(step.hash).toBe(hashStep(step, step.body_hash, step.prev_hash));
				last = step;
			}
			expect(chain[0]!.kind).toBe('record');
		}
	});

	it('a case row stands as its first step left it', () => {
		const chains = chainsOf(demo);
		expect(chains.size).toBe(demo.cases.length);
		for (const row of demo.cases) {
			const record = chains.get(row.id)![0]!;
			expect(row.head_hash).toBe(record.hash);
			expect(record.at).toEqual(row.received_at);
			for (const column of STATE_COLUMNS) expect(row[column]).toEqual(record[column]);
		}
	});

	it('states follow from the steps: what is closed was resolved and told, what is open is neither', () => {
		for (const [, chain] of chainsOf(demo)) {
			const state = chain.at(-1)!;
			const kinds = chain.map(({ kind }) => kind);
			if (state.status === 'closed')
				expect([state.resolved_at, state.told_at, state.closed_at]).not.toContain(null);
			if (state.status === 'open')
				expect([state.resolved_at, state.told_at, state.closed_at]).toEqual([null, null, null]);
			expect(state.cycle).toBe(1 + kinds.filter((kind) => kind === 'reopen').length);
		}
	});

	it.each([
		'2026-11-20T15:20+08:00',
		'2026-03-02T03:10+08:00',
		'2026-10-06T23:50+08:00',
		'2027-01-01T00:05+08:00',
	])('nothing lies in the future or goes back in time, whatever the moment (%s)', (moment) => {
		const now = new Date(moment);
		for (const size of ['demo', 'small'] as const) {
			const histories = casesAt(size, now);
			for (const chain of chainsOf(histories).values()) {
				let last = 0;
				for (const { at, happened_at } of chain) {
					expect(at.getTime()).toBeGreaterThanOrEqual(last);
					expect(at.getTime()).toBeLessThanOrEqual(now.getTime());
					if (happened_at !== null) expect(happened_at.getTime()).toBeLessThanOrEqual(at.getTime());
					last = at.getTime();
				}
			}
			const early = histories.cases.filter(
				(row) => row.happened_at !== null && row.happened_at > row.received_at,
			);
			expect(early).toEqual([]);
		}
	});

	it.each<Size>(['demo', 'small'])('no text has a gap that was not filled in (%s)', (size) => {
		const { cases, steps } = casesAt(size, NOW);
		const texts = [
			...cases.flatMap(({ title, detail }) => [title, detail]),
			...steps.map(({ note }) => note ?? '-'),
		];
		expect(texts.filter((text) => text.trim() === '' || /[{}]|undefined|null/.test(text))).toEqual([]);
	});

	it('the words keep to what an official paper says: no clocking in, no points, no ranking, no app', () => {
		const said = JSON.stringify([townships.demo, demo.cases, demo.steps.map(({ note }) => note)]);
		expect(said).not.toMatch(/打卡|积分|排名|APP|信访户|重点人员|贫困户|精准扶贫|电子签名|全免费/);
	});
});
