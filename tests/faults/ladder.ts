/** What has to stand after any fault: every rung once, none lost, each with its true time, and everybody told once a sweep. */
import type { Knex } from 'knex';
import { expect } from 'vitest';
import { fromJson, rowsOf, toDate } from '../../extensions/platform/dialect.js';
import { LADDER, type RungRow } from '../../seed/provision/ladder.js';
import type { Person, World } from '../harness/world.js';
import { workingDayAfter } from './calendar.js';

/** A rung as it was raised. */
interface Raised {
	case_id: string;
	cycle: number;
	rung: number;
	name: string;
	number: string;
	due_at: unknown;
	raised_at: unknown;
	recipients: unknown;
}

interface OpenCase {
	id: string;
	ledger: string;
	household: string;
	due_at: unknown;
}

/** So many of what is wrong are shown. */
const SHOWN = 5;

/**
 * Each rung exactly once, none lost, none before its time, with the time at which it was due and whom it is for (F3, F4): counted
 * anew from deadlines and the ladder as shipped.
 *
 * @param asOf the time of the last sweep
 */
export async function expectWholeLadder(knex: Knex, world: World, asOf: Date | string): Promise<void> {
	const until = new Date(asOf).getTime();
	const cases = await rowsOf<OpenCase>(
		knex,
		"select id, ledger, household, due_at from doorstep_cases where status = 'open'",
	);
	const expected = cases.flatMap((row) => rungsOf(row, world));
	const raised = await raisedRungs(knex);
	const keys = raised.map((rung) =>
		keyOf(rung.case_id, rung.cycle, rung.rung, toDate(rung.due_at), fromJson(rung.recipients) as string[]),
	);
	const found = new Set(keys);
	const known = new Set(expected.map(({ key }) => key));
	const wrong = {
		missing: expected.filter(({ key, due }) => due.getTime() <= until && !found.has(key)),
		unknown: keys.filter((key) => !known.has(key)),
		doubled: keys.length - found.size,
		early: raised.filter((rung) => toDate(rung.raised_at) < toDate(rung.due_at)),
	};
	expect({
		missing: wrong.missing.length,
		unknown: wrong.unknown.length,
		doubled: wrong.doubled,
		early: wrong.early.length,
		for_example: [...wrong.missing, ...wrong.unknown, ...wrong.early].slice(0, SHOWN),
	}).toEqual({ missing: 0, unknown: 0, doubled: 0, early: 0, for_example: [] });
	expect(raised.length).toBeGreaterThan(0);
}

/**
 * Rungs and notices stand or fall together: whoever is told by a sweep has one notice of it, which counts all the rungs that are for
 * them.
 *
 * @param sweptAt times of sweeps, where several may have fallen into one millisecond
 */
export async function expectOneNoticeASweep(knex: Knex, sweptAt: readonly string[] = []): Promise<void> {
	const due = new Map<string, number>();
	for (const { raised_at, recipients } of await raisedRungs(knex)) {
		for (const person of fromJson(recipients) as string[]) {
			const key = `${person} ${toDate(raised_at).toISOString()}`;
			due.set(key, (due.get(key) ?? 0) + 1);
		}
	}
	const told = new Map<string, { rungs: number; notices: number }>();
	for (const { recipient, timestamp, subject } of await sweepNotices(knex)) {
		const key = `${recipient} ${toDate(timestamp).toISOString()}`;
		const before = told.get(key) ?? { rungs: 0, notices: 0 };
		const rungs = Number(/^(\d+) 件事项/.exec(subject)?.[1] ?? 1);
		told.set(key, { rungs: before.rungs + rungs, notices: before.notices + 1 });
	}
	const differences = [...new Set([...due.keys(), ...told.keys()])].flatMap((key) => {
		const has = told.get(key) ?? { rungs: 0, notices: 0 };
		const sweeps = sweptAt.filter((at) => key.endsWith(` ${at}`)).length || 1;
		const fits = has.rungs === (due.get(key) ?? 0) && has.notices >= 1 && has.notices <= sweeps;
		return fits ? [] : [{ key, rungs: due.get(key) ?? 0, told: has }];
	});
	expect(differences.slice(0, SHOWN)).toEqual([]);
}

/** @returns notices of sweeps; those of steps name no rung */
export function sweepNotices(
	knex: Knex,
): Promise<{ id: number; recipient: string; timestamp: unknown; subject: string; message: string }[]> {
	return rowsOf(
		knex,
		"select id, recipient, timestamp, subject, message from directus_notifications where collection = 'doorstep_cases'",
	);
}

export function raisedRungs(knex: Knex): Promise<Raised[]> {
	return rowsOf(
		knex,
		`select e.case_id, e.cycle, e.rung, e.name, c.number, e.due_at, e.raised_at, e.recipients
			from doorstep_escalations e join doorstep_cases c on c.id = e.case_id`,
	);
}

/** All rungs of a case in its first cycle, those that lie ahead included. */
function rungsOf(row: OpenCase, world: World): { key: string; due: Date }[] {
	return LADDER.filter(({ ledger }) => ledger === row.ledger).map((rung) => {
		const due = dueOf(rung, toDate(row.due_at));
		const people = rung.notify.flatMap((hat) => toldAs(hat, row.household, world));
		return { key: keyOf(row.id, 1, rung.rung, due, people), due };
	});
}

function dueOf({ delay, unit }: RungRow, deadline: Date): Date {
	return unit === 'minutes'
		? new Date(deadline.getTime() + delay * 60_000)
		: workingDayAfter(deadline, delay);
}

/** Both households lie in one village, and no case has a service that somebody is in charge of. */
function toldAs(hat: string, household: string, world: World): string[] {
	const people: Record<string, Person | undefined> = {
		cadre: household === world.household ? world.cadre : world.colleague,
		team_leader: world.leader,
		town_leader: world.townLeader,
		supervisor: world.supervisor,
	};
	return [people[hat]].flatMap((person) => (person === undefined ? [] : [person.user]));
}

function keyOf(caseId: string, cycle: number, rung: number, due: Date, people: readonly string[]): string {
	return [caseId, cycle, rung, due.toISOString(), ...people.toSorted()].join(' ');
}
