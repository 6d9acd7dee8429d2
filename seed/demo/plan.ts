import { DAY_MS } from '../../extensions/platform/local-time.js';
import { randomOf, type Random } from './random.js';
import { ERRANDS } from './scenarios/errands.js';
import type { Scenario } from './scenarios/scenario.js';
import { UNFINISHED } from './scenarios/today.js';
import { UPWARD } from './scenarios/upward.js';
import { daytimeBetween, hoursAfter, isDaytime } from './times.js';

/** One case to be made up. */
export interface Planned {
	scenario: Omit<Scenario, 'weight'>;
	received_at: Date;
	/** Stands on a desk right now, so its receipt must stay as it is. */
	unfinished: boolean;
}

const SCENARIOS: readonly Scenario[] = [...ERRANDS, ...UPWARD];
/** The demo's past is ten weeks long. */
const PAST_DAYS = 70;
/** Cases that show how a course ends were received at least so long ago. */
const SETTLED_DAYS = 45;
/** The second and later copies of a desk's cases are a little older than the first. */
const COPY_HOURS = 0.6;

/**
 * What is received when, in order of receipt: every unfinished case of the list once for each thousand cases, every course in
 * time once, and the rest at random.
 */
export function planCases(count: number, now: Date): Planned[] {
	const random = randomOf(`plan:${count}`);
	const copies = Math.max(1, Math.round(count / 1000));
	const unfinished = Array.from({ length: copies }, (_, copy) =>
		UNFINISHED.map((scenario): Planned => {
			const hoursAgo = scenario.hoursAgo + copy * COPY_HOURS * random.next();
			const received_at = hoursAfter(now, -hoursAgo);
			return {
				scenario,
				received_at: scenario.exact === true ? received_at : byDay(received_at),
				unfinished: true,
			};
		}),
	).flat();
	const since = new Date(now.getTime() - PAST_DAYS * DAY_MS);
	const settled = new Date(now.getTime() - SETTLED_DAYS * DAY_MS);
	const once = SCENARIOS.filter(({ late }) => late !== true).map((scenario) =>
		past(scenario, since, settled, random),
	);
	const weights = SCENARIOS.map((scenario) => [scenario, scenario.weight] as const);
	const rest = Array.from({ length: Math.max(0, count - unfinished.length - once.length) }, () =>
		past(random.weighted(weights), since, hoursAfter(now, -0.3), random),
	);
	return [...unfinished, ...once, ...rest].sort((a, b) => a.received_at.getTime() - b.received_at.getTime());
}

/** The last hour of daytime before, where it would be night. */
function byDay(at: Date): Date {
	let day = at;
	while (!isDaytime(day)) day = hoursAfter(day, -0.5);
	return day;
}

function past(scenario: Scenario, from: Date, to: Date, random: Random): Planned {
	return { scenario, received_at: daytimeBetween(random, from, to), unfinished: false };
}
