import { linkStep, type LinkedStep } from '../../extensions/cases/chain.js';
import {
	dueAfterPauses,
	limitOf,
	type CalendarDay,
	type ClockSettings,
} from '../../extensions/cases/deadlines.js';
import type { Facts, Verdict } from '../../extensions/cases/moves.js';
import { answererOf, hatsOf, type Official, type People } from '../../extensions/cases/people.js';
import { addStep, openCase, type StepKind } from '../../extensions/cases/rules.js';
import type { CaseState, Ledger, Nature, Source, StepSent } from '../../extensions/cases/terms.js';
import { addDays, localDateOf } from '../../extensions/platform/local-time.js';
import { fixedId } from '../../extensions/platform/ids.js';
import type { Random } from './random.js';
import type { CadreRow, HouseholdRow, ServiceRow, Township, VillageRow } from './rows.js';

/** The limits as shipped (F3, F4). */
const CLOCK: ClockSettings = { proxy_hours: 24, triage_days: 2 };

/** What a history may look up. */
export interface World {
	now: Date;
	calendar: readonly CalendarDay[];
	cadres: ReadonlyMap<string, CadreRow>;
	villages: ReadonlyMap<string, VillageRow>;
	services: ReadonlyMap<string, ServiceRow>;
	supervisors: ReadonlySet<string>;
}

/** A case as it is received. */
export interface Opening {
	/** From which its ids are made. */
	key: string;
	household: HouseholdRow;
	village: VillageRow;
	ledger: Ledger;
	nature: Nature;
	service: ServiceRow | null;
	title: string;
	detail: string;
	source: Source;
	about: string | null;
	recordedBy: CadreRow;
	happened_at: Date | null;
	received_at: Date;
}

/** One case while it is made up: steps are added as an official would add them, and the rules are asked each time. */
export interface History {
	readonly opening: Opening;
	readonly steps: readonly LinkedStep[];
	/** After the newest step. */
	readonly state: CaseState;
	/** When the newest step was added. */
	readonly at: Date;
	/** Adds a step unless it lies in the future: then the history ends here, and all later steps are left out too. */
	add(kind: Exclude<StepKind, 'record'>, by: CadreRow, at: Date, sent?: Omit<StepSent, 'kind'>): void;
	/** Adds a step that was saved together with the case (F2, F5). */
	addAtOnce(kind: Exclude<StepKind, 'record'>, by: CadreRow, sent: Omit<StepSent, 'kind'>): void;
}

export function worldOf(township: Township, now: Date, calendar: readonly CalendarDay[]): World {
	const today = localDateOf(now);
	const [first, last] = [addDays(today, -90), addDays(today, 60)];
	const supervisors = new Set(
		township.users.filter(({ hats }) => hats.includes('supervisor')).map(({ id }) => id),
	);
	return {
		now,
		// No limit reaches further; a calendar of many years is slow to look through.
		calendar: calendar.filter(({ day }) => day >= first && day <= last),
		cadres: new Map(township.cadres.map((cadre) => [cadre.id, cadre])),
		villages: new Map(township.villages.map((village) => [village.id, village])),
		services: new Map(township.services.map((service) => [service.code, service])),
		supervisors: new Set(township.cadres.filter(({ user }) => supervisors.has(user)).map(({ id }) => id)),
	};
}

export function begin(world: World, opening: Opening, random: Random): History {
	const { received_at: receivedAt, happened_at: happenedAt, key } = opening;
	const clockFrom = happenedAt !== null && happenedAt < receivedAt ? happenedAt : receivedAt;
	const around = peopleAround(world, opening);
	const answerer = answererOf(around);
	const caseId = fixedId(`demo:case:${key}`);
	const steps: LinkedStep[] = [];
	let over = false;

	const limitAfterPauses = (pausedUntil: Date) => (ledger: Ledger) =>
		dueAfterPauses(clockFrom, pausedUntil, limitOf(ledger, opening.service, CLOCK), world.calendar);
	let state = accepted(
		openCase(opening.ledger, clockFrom, { answerer, limit: limitAfterPauses(clockFrom) }),
		'record',
		key,
	);

	const write = (kind: StepKind, by: CadreRow, at: Date, sent: Omit<StepSent, 'kind'>): void => {
		const seq = steps.length + 1;
		const row = {
			id: fixedId(`demo:step:${key}:${seq}`),
			case_id: caseId,
			seq,
			at,
			actor: by.id,
			actor_name: by.name,
			kind,
			note: sent.note ?? null,
			hours: sent.hours ?? null,
			solved: sent.solved ?? null,
			satisfaction: sent.satisfaction ?? null,
			channel: sent.channel ?? null,
			happened_at: sent.happened_at ?? null,
			client_id: null,
			files: null,
			...state,
		};
		steps.push(linkStep(row, steps.at(-1)?.hash ?? null, random.hex(32)));
	};
	const add = (
		kind: StepKind,
		by: CadreRow,
		at: Date,
		sent: Omit<StepSent, 'kind'>,
		atOnce: Partial<Facts> = {},
	): void => {
		const people = { ...around, holder: officialOf(world, state.holder) };
		const actor = { cadre: by.id, administrator: false, supervisor: world.supervisors.has(by.id) };
		const facts: Facts = {
			hats: hatsOf(actor, people),
			actor: by.id,
			workedOnIt: steps.some(
				({ kind: done, actor: who }) => who === by.id && (done === 'resolve' || done === 'tell'),
			),
			answerer,
			canHold: sent.holder != null && world.cadres.has(sent.holder) && sent.holder !== opening.about,
			limit: limitAfterPauses(state.clock_from),
			...atOnce,
		};
		state = accepted(addStep({ state, step: { kind, ...sent }, facts, now: at }), kind, key);
		write(kind, by, at, sent);
	};

	write('record', opening.recordedBy, receivedAt, {});
	return {
		opening,
		steps,
		get state() {
			return state;
		},
		get at() {
			return steps.at(-1)?.at ?? receivedAt;
		},
		add(kind, by, at, sent = {}) {
			const last = steps.at(-1)?.at ?? receivedAt;
			const then = at < last ? last : at;
			over ||= then > world.now;
			if (!over) add(kind, by, then, sent);
		},
		addAtOnce(kind, by, sent) {
			add(kind, by, receivedAt, sent, { savedWithCaseAt: happenedAt ?? receivedAt });
		},
	};
}

function accepted(verdict: Verdict, kind: StepKind, key: string): CaseState {
	if (verdict.ok) return verdict.after;
	throw new Error(`case ${key}: ${kind} was refused with ${verdict.code} (${verdict.field ?? 'no field'})`);
}

function peopleAround(world: World, { household, village, service, about }: Opening): Omit<People, 'holder'> {
	const cadre = officialOf(world, household.cadre);
	if (cadre === null) throw new Error(`household ${household.code} has no cadre`);
	return {
		cadre,
		leader: officialOf(world, village.leader),
		deputy: officialOf(world, village.deputy),
		townLeader: officialOf(world, village.town_leader),
		inCharge: officialOf(world, service?.in_charge ?? null),
		about,
	};
}

function officialOf(world: World, id: string | null): Official | null {
	const row = id === null ? undefined : world.cadres.get(id);
	if (row === undefined) return null;
	return {
		id: row.id,
		user: row.user,
		active: true,
		substitute: null,
		substituteUser: null,
		busy: row.work_state === 'training' || row.work_state === 'meeting',
	};
}
