import { PHRASES } from '../phrases.js';
import {
	answerOf,
	askTime,
	decide,
	grantTime,
	inTurn,
	noteOnTheWay,
	pass,
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
import {
	about,
	canBeExplained,
	canGoOn,
	inDays,
	reopen,
	toProxy,
	toReported,
	type Scenario,
} from './scenario.js';

/** F2: saved in the household's home with its result. */
function settleAtOnce(play: Play, explained = false): void {
	const { history, team, random, matter } = play;
	const note = say(play, explained ? [matter.explained ?? ''] : matter.results);
	history.addAtOnce('resolve', team.cadre, { note });
	const answer = answerOf(play, explained ? 'explained' : undefined);
	const channel = history.opening.household.kind === 'away' ? 'phone' : 'visit';
	history.addAtOnce('tell', team.cadre, { ...answer, channel });
	if (random.chance(0.96)) history.addAtOnce('close', team.cadre, {});
}

const IMMEDIATE: readonly Omit<Scenario, 'subject'>[] = [
	{ name: 'settled at once', weight: 230, atOnce: true, play: inTurn(settleAtOnce) },
	{ name: 'settled at once and checked', weight: 25, atOnce: true, play: inTurn(settleAtOnce, verify) },
	{
		name: 'explained at once',
		weight: 12,
		atOnce: true,
		fits: canBeExplained,
		play: (p) => settleAtOnce(p, true),
	},
	{ name: 'settled the same day', weight: 45, play: inTurn(take, resolve, tellAndClose) },
	{
		name: 'settled a day late',
		weight: 14,
		late: true,
		play: (p) => {
			take(p);
			resolveLate(p, [8, 20]);
			tellAndClose(p);
		},
	},
	{
		name: 'turned into an errand',
		weight: 30,
		fits: canGoOn,
		play: inTurn(toProxy, take, resolve, tellAndClose),
	},
];

const PROXY: readonly Omit<Scenario, 'subject'>[] = [
	{ name: 'errand in time', weight: 240, play: inTurn(take, resolve, tellAndClose) },
	{ name: 'errand with notes', weight: 90, play: inTurn(take, noteOnTheWay, resolve, tellAndClose) },
	{ name: 'errand, checked', weight: 55, play: inTurn(take, noteOnTheWay, resolve, tellAndClose, verify) },
	{
		name: 'errand passed on',
		weight: 40,
		play: (p) => {
			pass(p, p.team.colleague);
			take(p, p.team.colleague);
			resolve(p, p.team.colleague);
			tellAndClose(p);
		},
	},
	{
		name: 'errand passed on and returned',
		weight: 14,
		play: (p) => {
			pass(p, p.team.colleague, p.team.cadre, [0.2, 1]);
			step(p, 'return', p.team.colleague, [0.2, 2], { note: say(p, PHRASES.returnedErrand) });
			take(p, p.team.cadre, [0.2, 2]);
			resolve(p);
			tellAndClose(p);
		},
	},
	{
		name: 'errand with more time',
		weight: 30,
		play: (p) => {
			const hours = p.random.pick([12, 24, 24, 48]);
			take(p);
			askTime(p, hours);
			grantTime(p, p.random.chance(0.8) ? hours : hours / 2);
			noteOnTheWay(p);
			resolve(p);
			tellAndClose(p);
		},
	},
	{
		name: 'errand refused more time',
		weight: 14,
		play: (p) => {
			take(p);
			askTime(p, 24);
			step(p, 'refuse_time', p.team.leader, [0.2, 2], { note: say(p, PHRASES.refused) });
			resolve(p);
			tellAndClose(p);
		},
	},
	{
		name: 'errand refused more time and late',
		weight: 12,
		late: true,
		play: (p) => {
			take(p);
			askTime(p, 24);
			step(p, 'refuse_time', p.team.leader, [0.2, 2], { note: say(p, PHRASES.refused) });
			resolveLate(p, [0.5, 16]);
			tellAndClose(p);
		},
	},
	{
		name: 'errand hours late',
		weight: 66,
		late: true,
		play: (p) => {
			take(p);
			resolveLate(p, [0.3, 14]);
			tellAndClose(p);
		},
	},
	{
		name: 'errand days late',
		weight: 22,
		late: true,
		play: (p) => {
			take(p);
			noteOnTheWay(p);
			resolveLate(p, [20, 80]);
			tellAndClose(p);
		},
	},
	{
		name: 'errand that has to go up',
		weight: 20,
		fits: canGoOn,
		play: (p) => {
			take(p);
			noteOnTheWay(p);
			toReported(p);
			report(p, 'township', p.team.cadre, [0.5, 3]);
			decide(p, p.team.desk, inDays(p, 6, 18), p.team.townLeader, [0.5, 5]);
			resolve(p, p.team.desk);
			tellAndClose(p);
		},
	},
	{
		name: 'errand taken up again',
		weight: 22,
		play: (p) => {
			take(p);
			resolve(p);
			tell(p, p.random.chance(0.5) ? 'no' : 'partly');
			reopen(p, [1, 40]);
			take(p, p.team.cadre, [0.05, 1]);
			resolve(p);
			tellAndClose(p, 'yes');
		},
	},
	{
		name: 'withdrawn by the household',
		weight: 15,
		play: (p) => {
			take(p);
			step(p, 'withdraw', p.team.cadre, [1, 6], {
				note: say(p, PHRASES.withdrawnByHousehold),
				channel: 'phone',
			});
		},
	},
	{
		name: 'entered in error',
		weight: 7,
		play: (p) => step(p, 'withdraw', p.team.leader, [0.5, 5], { note: say(p, PHRASES.withdrawnInError) }),
	},
	{
		name: 'errand that the rules do not allow',
		weight: 12,
		fits: canBeExplained,
		play: (p) => {
			take(p);
			resolve(p, p.team.cadre, [p.matter.explained ?? '']);
			tellAndClose(p, 'explained');
		},
	},
];

/** F2, F3: what the cadre settles at the household or carries as an errand. */
export const ERRANDS: readonly Scenario[] = [...about('immediate', IMMEDIATE), ...about('proxy', PROXY)];
