import { PHRASES } from '../phrases.js';
import {
	askTime,
	close,
	decide,
	grantTime,
	inTurn,
	noteOnTheWay,
	pass,
	report,
	resolve,
	say,
	step,
	take,
	tell,
	tellAndClose,
	type Play,
} from '../play.js';
import { hoursAfter } from '../times.js';
import {
	canGoOn,
	hasDepartment,
	inDays,
	reopen,
	toProxy,
	toReported,
	toVillage,
	type Scenario,
} from './scenario.js';

/** A case that stands on somebody's desk right now, given by how long ago it was received. */
export interface Unfinished extends Omit<Scenario, 'weight'> {
	hoursAgo: number;
	/** Counts to the minute, even if that means a call at night. */
	exact?: true;
}

/** An errand has to be run within 24 hours of its receipt. */
const ERRAND_HOURS = 24;

function errandDueIn(hours: number, play: (play: Play) => void): Unfinished {
	const name = hours < 0 ? `errand ${-hours} h late` : `errand due in ${hours} h`;
	return {
		name,
		subject: 'proxy',
		hoursAgo: ERRAND_HOURS - hours,
		exact: true,
		play,
		...(hours < 0 ? { late: true as const } : {}),
	};
}

function nothingYet(): void {
	// Received and waiting.
}

/** Decided in the town with a deadline so many hours from now. */
function decidedUntil(hours: number): (play: Play) => void {
	return (p) => {
		take(p);
		report(p, 'township', p.team.cadre, [0.5, 4]);
		decide(p, p.team.desk, hoursAfter(p.now, hours), p.team.townLeader, [1, 10]);
		take(p, p.team.desk, [0.5, 8]);
	};
}

/** What makes the panels and lists of the demo show every state, whenever it is started. */
export const UNFINISHED: readonly Unfinished[] = [
	errandDueIn(23.9, nothingYet),
	errandDueIn(21, nothingYet),
	errandDueIn(14, inTurn(take, noteOnTheWay)),
	errandDueIn(3.6, inTurn(take, noteOnTheWay)),
	errandDueIn(2.2, take),
	errandDueIn(0.7, take),
	errandDueIn(-0.2, take),
	errandDueIn(-0.9, inTurn(take, noteOnTheWay)),
	errandDueIn(-4, take),
	errandDueIn(-11, nothingYet),
	errandDueIn(-34, inTurn(take, noteOnTheWay)),
	errandDueIn(-75, take),
	{ name: 'passed on, not taken', subject: 'proxy', hoursAgo: 9, play: (p) => pass(p, p.team.colleague) },
	{
		name: 'asked for time',
		subject: 'proxy',
		hoursAgo: 12,
		play: (p) => {
			take(p);
			askTime(p, 24, p.team.cadre, [0.2, 1.5]);
		},
	},
	{
		name: 'with more time',
		subject: 'proxy',
		hoursAgo: 22,
		play: (p) => {
			take(p);
			askTime(p, 48, p.team.cadre, [1, 4]);
			grantTime(p, 24);
		},
	},
	{
		name: 'returned',
		subject: 'proxy',
		hoursAgo: 12,
		play: (p) => {
			pass(p, p.team.colleague, p.team.cadre, [0.2, 1]);
			step(p, 'return', p.team.colleague, [0.5, 2], { note: say(p, PHRASES.returnedErrand) });
		},
	},
	{
		name: 'taken up again',
		subject: 'proxy',
		hoursAgo: 40,
		play: (p) => {
			take(p);
			step(p, 'resolve', p.team.cadre, [2, 8], { note: say(p, p.matter.results) });
			tell(p, 'partly', p.team.cadre, [0.2, 3]);
			reopen(p, [0.5, 6]);
			take(p, p.team.cadre, [0.1, 0.5]);
		},
	},
	{ name: 'done, not told', subject: 'proxy', hoursAgo: 52, play: inTurn(take, resolve) },
	{ name: 'told, not closed', subject: 'proxy', hoursAgo: 66, play: inTurn(take, resolve, tell) },
	{
		name: 'goes up',
		subject: 'proxy',
		hoursAgo: 13,
		fits: canGoOn,
		play: (p) => {
			take(p);
			toReported(p);
		},
	},
	{ name: 'just said', subject: 'immediate', hoursAgo: 0.05, exact: true, play: nothingYet },
	{ name: 'left from yesterday', subject: 'immediate', hoursAgo: 25, late: true, play: take },
	{
		name: 'becomes an errand',
		subject: 'immediate',
		hoursAgo: 5,
		fits: canGoOn,
		play: (p) => {
			toProxy(p);
			take(p);
		},
	},
	{ name: 'with the team', subject: 'reported', hoursAgo: 4, play: take },
	{ name: 'with the village', subject: 'reported', hoursAgo: 22, play: inTurn(take, toVillage) },
	{
		name: 'with the town',
		subject: 'reported',
		hoursAgo: 18,
		play: (p) => {
			take(p);
			report(p, 'township', p.team.cadre, [0.5, 8]);
		},
	},
	{
		name: 'with a department',
		subject: 'reported',
		hoursAgo: 23,
		fits: hasDepartment,
		play: (p) => {
			take(p);
			report(p, 'department', p.team.cadre, [0.5, 8]);
		},
	},
	{
		name: 'sent back by the town',
		subject: 'reported',
		hoursAgo: 24,
		play: (p) => {
			take(p);
			report(p, 'township', p.team.cadre, [0.5, 6]);
			step(p, 'return', p.team.townLeader, [1, 6], { note: say(p, PHRASES.returned) });
		},
	},
	{ name: 'decided, due today', subject: 'reported', hoursAgo: 200, play: decidedUntil(3) },
	{ name: 'decided, a day late', subject: 'reported', hoursAgo: 260, late: true, play: decidedUntil(-20) },
	{ name: 'decided, days late', subject: 'reported', hoursAgo: 420, late: true, play: decidedUntil(-120) },
	{
		name: 'nobody has decided',
		subject: 'reported',
		hoursAgo: 190,
		late: true,
		play: (p) => {
			take(p);
			report(p, 'township');
		},
	},
	{
		name: 'waits to be struck off',
		subject: 'reported',
		hoursAgo: 300,
		play: (p) => {
			take(p);
			decide(p, p.team.deputy, inDays(p, 6, 8), p.team.leader, [2, 20]);
			resolve(p, p.team.deputy);
			tell(p, 'yes');
		},
	},
	{ name: 'dispute, just noticed', subject: 'dispute', hoursAgo: 7, play: take },
	{ name: 'complaint, new', subject: 'complaint', hoursAgo: 5, play: (p) => take(p, p.team.supervisor) },
	{
		name: 'complaint, late',
		subject: 'complaint',
		hoursAgo: 150,
		late: true,
		play: (p) => take(p, p.team.supervisor),
	},
	{
		name: 'complaint, closed',
		subject: 'complaint',
		hoursAgo: 400,
		play: (p) => {
			take(p, p.team.supervisor);
			resolve(p, p.team.supervisor);
			tell(p, 'yes', p.team.supervisor);
			close(p, p.team.otherSupervisor);
		},
	},
	{ name: 'done today', subject: 'proxy', hoursAgo: 26, play: inTurn(take, resolve, tellAndClose) },
];
