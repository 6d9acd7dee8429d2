import { addDays, endOfLocalDay, localDateOf } from '../../../extensions/platform/local-time.js';
import type { Matter } from '../matters/matter.js';
import { PHRASES } from '../phrases.js';
import { pass, report, say, step, take, type Play } from '../play.js';

/** What kind of matter a scenario is about. */
export type Subject = 'immediate' | 'proxy' | 'reported' | 'dispute' | 'complaint';

/** One way in which a case runs its course; whatever lies in the future does not happen yet. */
export interface Scenario {
	name: string;
	subject: Subject;
	/** How often, beside the others. */
	weight: number;
	/** Whether it misses a deadline. */
	late?: true;
	/** Whether it is saved together with its result, and therefore by the cadre. */
	atOnce?: true;
	fits?: (matter: Matter) => boolean;
	play: (play: Play) => void;
}

export const canGoOn = (matter: Matter) => matter.onward !== undefined;
export const canBeExplained = (matter: Matter) => matter.explained !== undefined;
export const hasDepartment = (matter: Matter) => matter.department !== undefined;

export function toProxy(play: Play): void {
	const why = play.matter.onward ?? '';
	step(play, 'convert', play.team.cadre, [0.1, 1.5], {
		ledger: 'proxy',
		note: say(play, PHRASES.toProxy, { why }),
	});
}

export function toReported(play: Play, hours: readonly [number, number] = [1, 5]): void {
	const why = play.matter.onward ?? '';
	step(play, 'convert', play.team.leader, hours, {
		ledger: 'reported',
		note: say(play, PHRASES.toReported, { why }),
	});
}

export function reopen(play: Play, hours: readonly [number, number]): void {
	const by = play.random.chance(0.4) ? play.team.supervisor : play.team.cadre;
	step(play, 'reopen', by, hours, { note: say(play, PHRASES.reopened) });
}

/** The last millisecond of a day some days ahead of the newest step. */
export function inDays(play: Play, least: number, most: number): Date {
	return endOfLocalDay(addDays(localDateOf(play.history.at), play.random.between(least, most)));
}

/** The village takes it up: its secretary holds it. */
export function toVillage(play: Play): void {
	report(play, 'village');
	pass(play, play.team.deputy);
	take(play, play.team.deputy);
}

export function about(subject: Subject, scenarios: readonly Omit<Scenario, 'subject'>[]): Scenario[] {
	return scenarios.map((scenario) => ({ ...scenario, subject }));
}
