/** Who walks through the studio, in front of what, and what they are to find there. */
import type { Screen, Seat } from './browser.js';
import { marksOf, type Day } from './day.js';
import { walkOf, type Walk } from './walk.js';
import type { Person } from './world.js';

export const DESK: Screen = {};
export const PHONE: Screen = { width: 390, touch: true };

const CASES = ['doorstep_cases', 'doorstep_escalations'];
const HOUSEHOLDS = ['doorstep_households', 'doorstep_assignments'];
const COMMON = [
	...['doorstep_villages', 'doorstep_hamlets', 'doorstep_cadres', 'doorstep_departments'],
	...['doorstep_services', 'doorstep_escalation_rules', 'doorstep_settings'],
];

/** Who walks, in front of what, which collections they are offered, and whose words they read there. */
export const PEOPLE: readonly [
	name: string,
	who: (day: Day) => Person,
	screen: Screen,
	offered: readonly string[],
	reads: (day: Day) => string[],
][] = [
	['a cadre at a desk', (d) => d.cadre, DESK, [...CASES, ...HOUSEHOLDS, ...COMMON], (d) => marksOf(d.near)],
	['a cadre on a phone', (d) => d.cadre, PHONE, [...CASES, ...HOUSEHOLDS, ...COMMON], (d) => marksOf(d.near)],
	[
		'a substitute',
		(d) => d.substitute,
		DESK,
		[...CASES, ...HOUSEHOLDS, ...COMMON],
		(d) => [d.near.mark, d.near.case.mark],
	],
	[
		'a holder of another village',
		(d) => d.stranger,
		DESK,
		[...CASES, ...HOUSEHOLDS, ...COMMON],
		(d) => [...marksOf(d.far), d.held.mark],
	],
	[
		'a team leader',
		(d) => d.leader,
		DESK,
		[...CASES, ...HOUSEHOLDS, ...COMMON],
		(d) => [...marksOf(d.near), ...marksOf(d.beside), d.held.mark],
	],
	[
		'a deputy',
		(d) => d.deputy,
		DESK,
		[...CASES, ...HOUSEHOLDS, ...COMMON],
		(d) => [...marksOf(d.near), ...marksOf(d.beside), d.held.mark],
	],
	[
		'a town leader',
		(d) => d.townLeader,
		DESK,
		[...CASES, ...HOUSEHOLDS, ...COMMON],
		(d) => [...marksOf(d.near), ...marksOf(d.beside), ...[d.far.mark, d.far.case.mark, d.held.mark]],
	],
	[
		'a supervisor',
		(d) => d.supervisor,
		DESK,
		[...CASES, 'doorstep_checks', ...HOUSEHOLDS, ...COMMON],
		(d) => [
			...[d.near, d.beside, d.far].flatMap((household) => [household.mark, household.case.mark]),
			...[d.held.mark, d.complaint.mark],
		],
	],
	[
		'the data clerk of the town',
		(d) => d.clerk,
		DESK,
		[...HOUSEHOLDS, ...COMMON],
		(d) => [d.near.mark, d.beside.mark, d.far.mark],
	],
	[
		'the data clerk of a village',
		(d) => d.villageClerk,
		DESK,
		[...HOUSEHOLDS, ...COMMON],
		(d) => [d.near.mark, d.beside.mark],
	],
	[
		'the data clerk of a village on a phone',
		(d) => d.villageClerk,
		PHONE,
		[...HOUSEHOLDS, ...COMMON],
		(d) => [d.near.mark, d.beside.mark],
	],
	['a printer', (d) => d.printer, DESK, COMMON, () => []],
	['somebody without a hat', (d) => d.nobody, DESK, [], () => []],
];

/** Words that a list shows of the rows which somebody reads. */
export function wordsOn(day: Day, collection: string, reads: readonly string[]): string[] {
	const households = [day.near, day.beside, day.far];
	const cases = [...households.map((household) => household.case), day.held, day.complaint];
	const shown: Record<string, readonly { mark: string }[]> = {
		doorstep_cases: cases,
		doorstep_escalations: cases,
		doorstep_households: households,
		doorstep_assignments: households,
	};
	const common: Record<string, string[]> = {
		doorstep_villages: ['白音嘎查', '查干嘎查'],
		doorstep_hamlets: ['一社'],
		doorstep_cadres: ['甲'],
		doorstep_departments: ['旗交通局'],
		doorstep_services: ['低保申请'],
		doorstep_escalation_rules: ['到期提醒'],
		doorstep_settings: ['监督电话'],
	};
	const rows = shown[collection];
	return rows === undefined
		? (common[collection] ?? [])
		: rows.map(({ mark }) => mark).filter((mark) => reads.includes(mark));
}

/** Everything that somebody does not read is foreign to them. Whoever sees a case is told whom it is about. */
export function walkFor(day: Day, seat: Seat, name: string, reads: readonly string[]): Walk {
	const all = [...[day.near, day.beside, day.far].flatMap(marksOf), day.held.mark, day.complaint.mark];
	const told = reads.includes(day.held.mark) ? [day.beside.mark] : [];
	return walkOf(
		seat,
		name,
		all.filter((mark) => !reads.includes(mark) && !told.includes(mark)),
	);
}
