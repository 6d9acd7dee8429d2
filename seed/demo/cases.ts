import { STATE_COLUMNS, type LinkedStep } from '../../extensions/cases/chain.js';
import type { CalendarDay } from '../../extensions/cases/deadlines.js';
import type { CaseState, Nature, Source } from '../../extensions/cases/terms.js';
import { localDateOf } from '../../extensions/platform/local-time.js';
import { castOf, type Cast } from './cast.js';
import { begin, worldOf, type History, type Opening, type World } from './history.js';
import { IMMEDIATE } from './matters/immediate.js';
import type { Matter } from './matters/matter.js';
import { PROXY } from './matters/proxy.js';
import { COMPLAINTS, DISPUTES, REPORTED } from './matters/reported.js';
import { padded } from './officials.js';
import { CONTEXTS } from './phrases.js';
import { planCases, type Planned } from './plan.js';
import { filled, type Team } from './play.js';
import { itemAt, randomOf, type Random } from './random.js';
import type { HouseholdRow, Township } from './rows.js';
import { SCALES, type Scale } from './scale.js';
import type { Subject } from './scenarios/scenario.js';
import { isDaytime, MINUTE_MS } from './times.js';

/** A row of `doorstep_cases` as it stands after its first step. */
export interface CaseRow extends CaseState {
	id: string;
	number: string;
	nature: Nature;
	household: string;
	cadre: string;
	service: string | null;
	title: string;
	detail: string;
	source: Source;
	about_cadre: string | null;
	happened_at: Date | null;
	received_at: Date;
	client_id: null;
	seq: 1;
	head_hash: string;
	rung: 0;
	next_rung_at: null;
}

export interface Histories {
	cases: CaseRow[];
	steps: LinkedStep[];
}

const MATTERS: Record<Subject, readonly Matter[]> = {
	immediate: IMMEDIATE,
	proxy: PROXY,
	reported: REPORTED,
	dispute: DISPUTES,
	complaint: COMPLAINTS,
};

/**
 * Ten weeks of cases up to `now`, each step of them accepted by the rules (F1-F8, M1, M2).
 *
 * @param plan what happens when; the demo's own unless given
 * @param calendar has to reach from eleven weeks before `now` to a fortnight after it
 * @throws Error where a rule refuses what a scenario does
 */
export function buildCases(
	township: Township,
	now: Date,
	calendar: readonly CalendarDay[],
	plan: readonly Planned[] = planCases(scaleOf(township).cases, now),
): Histories {
	const world = worldOf(township, now, calendar);
	const cast = castOf(township, world, randomOf('cast'));
	const hamlets = new Map(township.hamlets.map((hamlet) => [hamlet.id, hamlet]));
	const counters = new Map<string, number>();

	const histories = plan.map((planned, index) => {
		const key = padded(index + 1, 5);
		const random = randomOf(`case:${key}`);
		const { matter, household } = subjectOf(planned, cast, random);
		const team = cast.teamOf(household, random);
		const hamlet = hamlets.get(household.hamlet);
		const village = world.villages.get(hamlet?.village ?? '');
		if (hamlet === undefined || village === undefined)
			throw new Error(`household ${household.code} lies nowhere`);
		const slots = {
			hamlet: hamlet.name,
			village: village.name,
			n: String(random.between(2, 9)),
			people: String(household.people),
		};
		const opening: Opening = {
			key,
			household,
			village,
			ledger: matter.ledger,
			nature: matter.nature,
			service: matter.service === null ? null : serviceOf(world, matter.service),
			title: filled(matter.title, slots),
			detail:
				filled(random.pick(matter.details), slots) + contextOf(planned.scenario.subject, household, random),
			about: planned.scenario.subject === 'complaint' ? household.cadre : null,
			...receiptOf(planned, household, team, random),
		};
		const history = begin(world, opening, random);
		planned.scenario.play({ now, history, matter, team, random, slots });
		return history;
	});

	return {
		cases: histories.map((history) => caseRowOf(history, nextNumber(counters, history.opening.received_at))),
		steps: histories.flatMap(({ steps }) => steps),
	};
}

function scaleOf({ villages }: Township): Scale {
	return villages.length === SCALES.small.villages ? SCALES.small : SCALES.demo;
}

/** What the case is about, and whose it is. */
function subjectOf(
	{ scenario }: Planned,
	cast: Cast,
	random: Random,
): { matter: Matter; household: HouseholdRow } {
	const { subject, fits = () => true } = scenario;
	const matter = random.pick(MATTERS[subject].filter(fits));
	const only = subject === 'dispute' ? 'resident' : matter.only;
	const cadre = scenario.late === true ? cast.nextLateCadre() : cast.nextCadre();
	const suitable = cast.householdsOf(cadre).filter(({ kind }) => only === undefined || kind === only);
	return { matter, household: random.pick(suitable) };
}

/** A sentence more, in some cases. */
function contextOf(subject: Subject, household: HouseholdRow, random: Random): string {
	if (subject === 'complaint' || !random.chance(0.35)) return '';
	return random.pick([...CONTEXTS[household.kind], ...(subject === 'proxy' ? CONTEXTS.errand : [])]);
}

/** How it came in: by whom, when it was said and when written down. */
function receiptOf(
	{ scenario, received_at, unfinished }: Planned,
	household: HouseholdRow,
	team: Team,
	random: Random,
): Pick<Opening, 'source' | 'recordedBy' | 'happened_at' | 'received_at'> {
	const atOnce = scenario.atOnce === true;
	const source = sourceOf(scenario, household, isDaytime(received_at), random);
	const recordedBy = source === 'hotline' || source === 'check' ? team.supervisor : team.cadre;
	const late = random.chance(atOnce ? 0.35 : 0.08);
	const minutes = atOnce ? random.between(10, 240) : random.between(5, 60);
	const happened_at = late && !unfinished ? new Date(received_at.getTime() - minutes * MINUTE_MS) : null;
	return { source, recordedBy, happened_at, received_at };
}

/** By night people call; what is settled at once was said to the cadre. */
function sourceOf(
	{ subject, atOnce }: Planned['scenario'],
	{ kind }: HouseholdRow,
	byDay: boolean,
	random: Random,
): Source {
	if (!byDay) return subject === 'complaint' ? 'hotline' : 'phone';
	if (atOnce === true) return kind === 'away' ? 'phone' : 'visit';
	return random.weighted<Source>(SOURCES[subject === 'dispute' || subject === 'complaint' ? subject : kind]);
}

const SOURCES: Record<
	HouseholdRow['kind'] | 'dispute' | 'complaint',
	readonly (readonly [Source, number])[]
> = {
	resident: [
		['visit', 64],
		['phone', 20],
		['card', 8],
		['hotline', 4],
		['check', 4],
	],
	away: [
		['phone', 72],
		['card', 21],
		['hotline', 7],
	],
	dispute: [
		['screening', 45],
		['visit', 35],
		['phone', 12],
		['hotline', 8],
	],
	complaint: [
		['hotline', 80],
		['check', 20],
	],
};

function serviceOf(world: World, code: string): NonNullable<Opening['service']> {
	const service = world.services.get(code);
	if (service === undefined) throw new Error(`no service ${code}`);
	return service;
}

/** Numbers run without a gap through each local year. */
function nextNumber(counters: Map<string, number>, receivedAt: Date): string {
	const year = localDateOf(receivedAt).slice(0, 4);
	const n = (counters.get(year) ?? 0) + 1;
	counters.set(year, n);
	return `${year}-${padded(n, 6)}`;
}

function caseRowOf({ opening, steps }: History, number: string): CaseRow {
	const record = itemAt(steps, 0);
	const state = Object.fromEntries(
		STATE_COLUMNS.map((column) => [column, record[column]]),
	) as unknown as CaseState;
	return {
		id: record.case_id,
		number,
		nature: opening.nature,
		household: opening.household.id,
		cadre: opening.household.cadre,
		service: opening.service?.id ?? null,
		title: opening.title,
		detail: opening.detail,
		source: opening.source,
		about_cadre: opening.about,
		happened_at: opening.happened_at,
		received_at: opening.received_at,
		client_id: null,
		...state,
		seq: 1,
		head_hash: record.hash,
		rung: 0,
		next_rung_at: null,
	};
}
