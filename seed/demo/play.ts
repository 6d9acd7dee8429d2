import type { Channel, Satisfaction, Solved, StepSent } from '../../extensions/cases/terms.js';
import type { StepKind } from '../../extensions/cases/rules.js';
import type { History } from './history.js';
import type { Matter } from './matters/matter.js';
import { PHRASES } from './phrases.js';
import { departmentId } from './places.js';
import type { Random } from './random.js';
import type { CadreRow } from './rows.js';
import { daytimeBetween, hoursAfter, isDaytime, MINUTE_MS, nextMorning } from './times.js';

/** The officials who may take part in a case. */
export interface Team {
	cadre: CadreRow;
	/** Another member of the work team. */
	colleague: CadreRow;
	deputy: CadreRow;
	leader: CadreRow;
	townLeader: CadreRow;
	/** An official at the town's offices. */
	desk: CadreRow;
	supervisor: CadreRow;
	otherSupervisor: CadreRow;
}

/** A case being played through; the functions below are its moves. */
export interface Play {
	now: Date;
	history: History;
	matter: Matter;
	team: Team;
	random: Random;
	/** What `{hamlet}`, `{village}` and `{n}` stand for. */
	slots: Readonly<Record<string, string>>;
}

/** @example filled('延长{h}小时', { h: '24' }) // '延长24小时' */
export function filled(text: string, slots: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (whole, slot: string) => slots[slot] ?? whole);
}

export function say(play: Play, phrases: readonly string[], slots: Record<string, string> = {}): string {
	return filled(play.random.pick(phrases), { ...play.slots, ...slots });
}

/** Plays several moves one after the other. */
export function inTurn(...moves: readonly ((play: Play) => void)[]): (play: Play) => void {
	return (play) => {
		for (const move of moves) move(play);
	};
}

/** Adds a step some hours after the one before, by day if that can be, and while a case is running before its deadline. */
export function step(
	play: Play,
	kind: Exclude<StepKind, 'record'>,
	by: CadreRow,
	hours: readonly [number, number],
	sent: Omit<StepSent, 'kind'> = {},
): void {
	const { history, random } = play;
	const { status, due_at } = history.state;
	const [from, to] = [hoursAfter(history.at, hours[0]), hoursAfter(history.at, hours[1])];
	const morning = nextMorning(from);
	const waits =
		!isDaytime(from) &&
		!isDaytime(to) &&
		morning > to &&
		hoursAfter(morning, 4) < play.now &&
		(status !== 'open' || morning < due_at);
	history.add(
		kind,
		by,
		waits ? daytimeBetween(random, morning, hoursAfter(morning, 2)) : daytimeBetween(random, from, to),
		sent,
	);
}

export function take(play: Play, by = play.team.cadre, hours: readonly [number, number] = [0.05, 2.5]): void {
	const note = play.random.chance(0.4)
		? say(play, play.matter.ledger === 'reported' ? PHRASES.takenUp : PHRASES.taken)
		: null;
	const latest = play.history.state.due_at.getTime() - play.history.at.getTime();
	const most = Math.max(0.02, Math.min(hours[1], latest / (4 * 60 * MINUTE_MS)));
	step(play, 'take', by, [Math.min(hours[0], most), most], { note });
}

/** Notes what was done on the way, early in the time that is left. */
export function noteOnTheWay(play: Play, by = play.team.cadre): void {
	const { history, random, matter } = play;
	const left = history.state.due_at.getTime() - history.at.getTime();
	const latest = new Date(history.at.getTime() + Math.max(left * 0.5, 20 * MINUTE_MS));
	const note = say(play, random.chance(0.8) && matter.along.length > 0 ? matter.along : PHRASES.onTheWay);
	history.add('note', by, daytimeBetween(random, new Date(history.at.getTime() + 10 * MINUTE_MS), latest), {
		note,
	});
}

/** Settles the case before its deadline. */
export function resolve(play: Play, by = play.team.cadre, result = play.matter.results): void {
	const { history, random } = play;
	const left = history.state.due_at.getTime() - history.at.getTime();
	const margin = Math.min(left * 0.06, 45 * MINUTE_MS);
	const from = new Date(history.at.getTime() + Math.min(left * 0.1, 30 * MINUTE_MS));
	const at = daytimeBetween(random, from, new Date(history.state.due_at.getTime() - margin));
	history.add('resolve', by, at, { note: say(play, result) });
}

/** Settles the case so many hours after its deadline. */
export function resolveLate(play: Play, hours: readonly [number, number], by = play.team.cadre): void {
	const { history, random } = play;
	const due = history.state.due_at;
	const at = daytimeBetween(random, hoursAfter(due, hours[0]), hoursAfter(due, hours[1]));
	history.add('resolve', by, at, { note: say(play, play.matter.results) });
}

export interface Answer {
	solved: Solved;
	satisfaction: Satisfaction;
	channel: Channel;
}

/** What the household says: mostly content, and the less so the less was solved. */
export function answerOf(play: Play, solved?: Solved): Answer {
	const { random, history } = play;
	const away = history.opening.household.kind === 'away';
	const outcome =
		solved ??
		random.weighted<Solved>([
			['yes', 90],
			['partly', 10],
		]);
	const satisfaction = random.weighted<Satisfaction>(SATISFACTION_WEIGHTS[outcome]);
	const channel = random.weighted<Channel>(
		away
			? [
					['phone', 78],
					['message', 22],
				]
			: [
					['visit', 72],
					['phone', 25],
					['message', 3],
				],
	);
	return { solved: outcome, satisfaction, channel };
}

const SATISFACTION_WEIGHTS: Record<Solved, readonly (readonly [Satisfaction, number])[]> = {
	yes: [
		['satisfied', 80],
		['mostly', 15],
		['unsaid', 5],
	],
	partly: [
		['satisfied', 10],
		['mostly', 60],
		['not', 18],
		['unsaid', 12],
	],
	no: [
		['not', 80],
		['unsaid', 20],
	],
	explained: [
		['satisfied', 15],
		['mostly', 50],
		['not', 12],
		['unsaid', 23],
	],
};

/** F5: tells the household, as a rule within a day; some of it is entered later than it took place. */
export function tell(
	play: Play,
	solved?: Solved,
	by = play.team.cadre,
	hours: readonly [number, number] = [0.2, 26],
): void {
	const { random, history } = play;
	const answer = answerOf(play, solved);
	const at = daytimeBetween(random, hoursAfter(history.at, hours[0]), hoursAfter(history.at, hours[1]));
	const earlier = new Date(at.getTime() - random.between(5, 60) * MINUTE_MS);
	const happened_at = random.chance(0.2) && earlier > history.at ? earlier : null;
	const note =
		answer.solved === 'no'
			? say(play, PHRASES.toldNot)
			: random.chance(0.6)
				? say(play, PHRASES.told[answer.channel])
				: null;
	history.add('tell', by, at, { ...answer, note, happened_at });
}

/** Closes; a reported case is struck off by a leader (F4). */
export function close(play: Play, by?: CadreRow): void {
	const reported = play.history.state.ledger === 'reported';
	const leader = play.random.chance(0.75) ? play.team.leader : play.team.townLeader;
	const note = reported ? say(play, PHRASES.struckOff) : null;
	step(play, 'close', by ?? (reported ? leader : play.team.cadre), reported ? [1, 50] : [0.02, 10], { note });
}

export function tellAndClose(play: Play, solved?: Solved): void {
	tell(play, solved);
	close(play);
}

/** F6: the supervision group asks the household again. */
export function verify(play: Play, by = play.team.supervisor): void {
	const differs = play.random.chance(0.12);
	const answer = answerOf(play, differs ? 'partly' : (play.history.state.told ?? 'yes'));
	const note = say(play, differs ? PHRASES.verifiedNot : PHRASES.verified);
	const channel = answer.channel === 'message' ? 'phone' : answer.channel;
	step(play, 'verify', by, [20, 150], { ...answer, channel, note });
}

/** Hands it to somebody else. */
export function pass(
	play: Play,
	to: CadreRow,
	by = play.team.cadre,
	hours: readonly [number, number] = [0.2, 4],
): void {
	const up = play.history.state.ledger === 'reported';
	const phrases = up ? (isDispute(play) ? PHRASES.dispute.passed : PHRASES.passedUp) : PHRASES.passed;
	step(play, 'pass', by, hours, { holder: to.id, note: say(play, phrases, { who: to.name }) });
}

function isDispute(play: Play): boolean {
	return play.history.opening.nature === 'dispute';
}

export function askTime(
	play: Play,
	hours: number,
	by = play.team.cadre,
	after: readonly [number, number] = [1, 6],
): void {
	const phrases = play.history.state.ledger === 'reported' ? PHRASES.askedReported : PHRASES.asked;
	step(play, 'ask_time', by, after, { hours, note: say(play, phrases, { h: String(hours) }) });
}

export function grantTime(play: Play, hours: number, after: readonly [number, number] = [0.2, 3]): void {
	step(play, 'grant_time', play.team.leader, after, {
		hours,
		note: say(play, PHRASES.granted, { h: String(hours) }),
	});
}

/** Carries a reported case upward (F4). */
export function report(
	play: Play,
	level: 'village' | 'township' | 'department',
	by = play.team.cadre,
	hours: readonly [number, number] = [0.5, 8],
): void {
	const disputed = isDispute(play) && level !== 'department';
	const phrases = disputed ? PHRASES.dispute[level] : PHRASES.reportedUp[level];
	const department = level === 'department' ? departmentId(play.matter.department ?? 'revitalisation') : null;
	step(play, 'report', by, hours, { level, department, note: say(play, phrases) });
}

/** A leader gives holder and deadline. */
export function decide(
	play: Play,
	holder: CadreRow,
	due: Date,
	by = play.team.townLeader,
	hours?: readonly [number, number],
): void {
	const withDepartment = play.history.state.department !== null;
	const phrases = isDispute(play)
		? PHRASES.dispute.decided
		: withDepartment
			? PHRASES.decidedWithDepartment
			: PHRASES.decided;
	const note = say(play, phrases, { who: holder.name });
	step(play, 'decide', by, hours ?? [1, 14], { holder: holder.id, due_at: due, note });
}
