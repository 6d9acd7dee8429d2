import { addDays, endOfLocalDay, HOUR_MS, localDateOf } from '../../../extensions/platform/local-time.js';
import { PHRASES } from '../phrases.js';
import {
	askTime,
	close,
	decide,
	grantTime,
	inTurn,
	noteOnTheWay,
	report,
	resolve,
	resolveLate,
	say,
	step,
	take,
	tell,
	tellAndClose,
	verify,
	type Play,
} from '../play.js';
import { about, canBeExplained, hasDepartment, inDays, toVillage, type Scenario } from './scenario.js';

/** Team, village, town; a joint meeting then gives it to somebody at the town's offices. */
function decideInTown(play: Play): void {
	take(play);
	report(play, 'village', play.team.cadre, [0.5, 4]);
	report(play, 'township', play.team.cadre, [1, 6]);
	decide(play, play.team.desk, inDays(play, 5, 22));
	take(play, play.team.desk, [0.5, 20]);
}

function decideWithDepartment(play: Play): void {
	take(play);
	report(play, 'township', play.team.cadre, [0.5, 5]);
	report(play, 'department', play.team.cadre, [1, 6]);
	decide(play, play.team.desk, inDays(play, 8, 25));
	take(play, play.team.desk, [0.5, 20]);
	noteOnTheWay(play, play.team.desk);
}

const REPORTED: readonly Omit<Scenario, 'subject'>[] = [
	{
		name: 'town decides',
		weight: 60,
		play: (p) => {
			decideInTown(p);
			resolve(p, p.team.desk);
			tellAndClose(p);
		},
	},
	{
		name: 'village settles it',
		weight: 24,
		play: (p) => {
			take(p);
			toVillage(p);
			decide(p, p.team.deputy, inDays(p, 4, 12), p.team.leader, [1, 8]);
			resolve(p, p.team.deputy);
			tellAndClose(p);
		},
	},
	{
		name: 'department answers',
		weight: 46,
		fits: hasDepartment,
		play: (p) => {
			decideWithDepartment(p);
			resolve(p, p.team.desk);
			tellAndClose(p);
		},
	},
	{
		name: 'department answers that the rules do not allow it',
		weight: 8,
		fits: canBeExplained,
		play: (p) => {
			decideWithDepartment(p);
			resolve(p, p.team.desk, [p.matter.explained ?? '']);
			tellAndClose(p, 'explained');
		},
	},
	{
		name: 'sent back, then decided',
		weight: 14,
		play: (p) => {
			take(p);
			report(p, 'township', p.team.cadre, [0.5, 4]);
			step(p, 'return', p.team.townLeader, [1, 6], { note: say(p, PHRASES.returned) });
			take(p);
			report(p, 'village', p.team.cadre, [1, 4]);
			decide(p, p.team.cadre, inDays(p, 5, 14), p.team.leader, [0.5, 5]);
			resolve(p);
			tellAndClose(p);
		},
	},
	{
		name: 'decided, with more time',
		weight: 10,
		play: (p) => {
			decideInTown(p);
			askTime(p, 72, p.team.desk, [24, 60]);
			grantTime(p, 72, [1, 20]);
			resolve(p, p.team.desk);
			tellAndClose(p, 'partly');
		},
	},
	{
		name: 'done late',
		weight: 28,
		late: true,
		play: (p) => {
			decideInTown(p);
			noteOnTheWay(p, p.team.desk);
			resolveLate(p, [9, 120], p.team.desk);
			tellAndClose(p);
		},
	},
	{
		name: 'decided late',
		weight: 18,
		late: true,
		play: (p) => {
			take(p);
			report(p, 'township');
			const triage = p.history.state.due_at;
			const wait = (triage.getTime() - p.history.at.getTime()) / HOUR_MS;
			const due = endOfLocalDay(addDays(localDateOf(triage), p.random.between(8, 14)));
			decide(p, p.team.desk, due, p.team.townLeader, [wait + 9, wait + 40]);
			resolve(p, p.team.desk);
			tellAndClose(p);
		},
	},
];

const DISPUTE: readonly Omit<Scenario, 'subject'>[] = [
	{ name: 'talked round by the cadre', weight: 36, play: inTurn(take, noteOnTheWay, resolve, tellAndClose) },
	{
		name: 'handled jointly',
		weight: 24,
		play: (p) => {
			take(p);
			toVillage(p);
			report(p, 'township', p.team.deputy, [0.5, 5]);
			decide(p, p.team.desk, inDays(p, 7, 20), p.team.townLeader, [0.5, 8]);
			noteOnTheWay(p, p.team.desk);
			resolve(p, p.team.desk);
			tellAndClose(p, p.random.chance(0.8) ? 'yes' : 'partly');
		},
	},
];

const COMPLAINT: readonly Omit<Scenario, 'subject'>[] = [
	{
		name: 'looked into by the supervision group',
		weight: 7,
		play: (p) => {
			const { supervisor, otherSupervisor } = p.team;
			take(p, supervisor);
			noteOnTheWay(p, supervisor);
			resolve(p, supervisor);
			tell(p, p.random.chance(0.6) ? 'yes' : 'explained', supervisor);
			verify(p, otherSupervisor);
			close(p, otherSupervisor);
		},
	},
];

/** F4, F8, M1, M2: what is carried upward, disputes, and what is said of officials. */
export const UPWARD: readonly Scenario[] = [
	...about('reported', REPORTED),
	...about('dispute', DISPUTE),
	...about('complaint', COMPLAINT),
];
