import type { Knex } from 'knex';
import { dialectOf, rowsOf, toDate, toDateOrNull, toRow } from '../platform/dialect.js';
import { wearersSql } from '../platform/hats.js';
import { addDays, localDateOf } from '../platform/local-time.js';
import { STATE_COLUMNS, type LinkedStep } from './chain.js';
import type { CalendarDay, ClockSettings, Limit, ServiceLimit } from './deadlines.js';
import { memoryOf } from './memory.js';
import type { Actor, Official, People } from './people.js';
import type { CadreId, CaseState } from './terms.js';

/** A case as the rules see it, with the end of its chain. */
export interface StoredCase {
	id: string;
	number: string;
	title: string;
	household: string;
	/** Who answered for the household when the case last followed it. */
	cadre: CadreId;
	service: string | null;
	about: CadreId | null;
	/** Receipt, or the earlier time at which the household raised it. */
	start: Date;
	seq: number;
	headHash: string;
	state: CaseState;
}

/** Somebody else is changing the case, and waiting for them could end in a deadlock. */
export const BUSY = Symbol('busy');

/**
 * Reads a case and locks it for this transaction. One lock order for the whole platform: a transaction waits only for cases with
 * higher ids than it holds; for any other it does not wait but gives up (`BUSY`), so no two can wait for each other.
 */
export async function lockCase(trx: Knex, id: string): Promise<StoredCase | undefined | typeof BUSY> {
	const query = trx('doorstep_cases').where({ id });
	const memory = memoryOf(trx);
	const mayWait = memory.highestLocked === undefined || id >= memory.highestLocked;
	if (dialectOf(trx) === 'postgres') query.forNoKeyUpdate();
	if (dialectOf(trx) === 'postgres' && !mayWait) query.skipLocked();
	const row = await query.first<Record<string, unknown> | undefined>();
	if (row === undefined) {
		if (mayWait) return undefined;
		return (await trx('doorstep_cases').where({ id }).first<object | undefined>('id')) ? BUSY : undefined;
	}
	if (mayWait) memory.highestLocked = id;
	return storedCase(row);
}

/** Locks several cases in the one order; a change of many would take them in the order in which they were sent. */
export async function lockCases(trx: Knex, ids: readonly string[]): Promise<typeof BUSY | undefined> {
	for (const id of [...ids].sort()) if ((await lockCase(trx, id)) === BUSY) return BUSY;
	return undefined;
}

function storedCase(row: Record<string, unknown>): StoredCase {
	return {
		id: row['id'] as string,
		number: row['number'] as string,
		title: row['title'] as string,
		household: row['household'] as string,
		cadre: row['cadre'] as string,
		service: row['service'] as string | null,
		about: row['about_cadre'] as CadreId | null,
		start: earlierOf(toDate(row['received_at']), toDateOrNull(row['happened_at'])),
		seq: row['seq'] as number,
		headHash: row['head_hash'] as string,
		state: stateOf(row),
	};
}

/** When a case's limits begin to count. */
export function earlierOf(receivedAt: Date, happenedAt: Date | null): Date {
	return happenedAt !== null && happenedAt < receivedAt ? happenedAt : receivedAt;
}

/** The state columns of a case or step row, as raw SQL reads them. */
export function stateOf(row: Record<string, unknown>): CaseState {
	const state: Record<string, unknown> = {};
	for (const column of STATE_COLUMNS) {
		state[column] = TIMES.has(column) ? toDateOrNull(row[column]) : (row[column] ?? null);
	}
	return state as unknown as CaseState;
}

const TIMES: ReadonlySet<string> = new Set([
	'due_at',
	'first_due_at',
	'clock_from',
	'taken_at',
	'decided_at',
	'resolved_at',
	'told_at',
	'closed_at',
	'breached_at',
]);

/** A household as far as its cases go. */
export interface HouseholdOfCase {
	cadre: CadreId;
	leader: CadreId | null;
	deputy: CadreId | null;
	town_leader: CadreId | null;
}

/**
 * @param hold keeps the household from being handed over until this transaction ends, so that a new case does not miss it
 */
export async function householdOf(trx: Knex, id: string, hold = false): Promise<HouseholdOfCase | undefined> {
	const query = trx('doorstep_households as h')
		.join('doorstep_hamlets as s', 's.id', 'h.hamlet')
		.join('doorstep_villages as v', 'v.id', 's.village')
		.where('h.id', id)
		.first<HouseholdOfCase | undefined>('h.cadre', 'v.leader', 'v.deputy', 'v.town_leader');
	if (hold && dialectOf(trx) === 'postgres') query.forShare('h');
	return query;
}

export interface ServiceOfCase extends ServiceLimit {
	in_charge: CadreId | null;
}

export async function serviceOf(trx: Knex, id: string | null): Promise<ServiceOfCase | null> {
	if (id === null) return null;
	const row = await trx('doorstep_services')
		.where({ id })
		.first<ServiceOfCase | undefined>('ledger', 'limit_hours', 'limit_days', 'calendar', 'in_charge');
	return row ?? null;
}

/** The officials around a case, as they stand at `now`. */
export async function peopleOf(
	trx: Knex,
	household: HouseholdOfCase,
	roles: { holder: CadreId | null; inCharge: CadreId | null; about: CadreId | null },
	now: Date,
): Promise<People> {
	const { cadre, leader, deputy, town_leader: townLeader } = household;
	const officials = await officialsOf(
		trx,
		[cadre, leader, deputy, townLeader, roles.holder, roles.inCharge],
		now,
	);
	const official = (id: CadreId | null): Official | null =>
		id === null ? null : (officials.get(id) ?? null);
	const own = official(cadre);
	if (own === null) throw new Error(`household without a cadre: ${cadre}`);
	return {
		cadre: own,
		holder: official(roles.holder),
		leader: official(leader),
		deputy: official(deputy),
		townLeader: official(townLeader),
		inCharge: official(roles.inCharge),
		about: roles.about,
	};
}

/** Officials by id; those that do not exist are left out. */
export async function officialsOf(
	trx: Knex,
	ids: readonly (CadreId | null)[],
	now: Date,
): Promise<Map<CadreId, Official>> {
	const wanted = [...new Set(ids.filter((id) => id !== null))];
	const rows = await trx('doorstep_cadres as o')
		.leftJoin('directus_users as u', 'u.id', 'o.user')
		.leftJoin('doorstep_cadres as s', 's.id', 'o.substitute')
		.leftJoin('directus_users as w', 'w.id', 's.user')
		.whereIn('o.id', wanted)
		.select<OfficialRow[]>(
			{ id: 'o.id', user: 'o.user', status: 'u.status', workState: 'o.work_state' },
			{
				substitute: 'o.substitute',
				until: 'o.substitute_until',
				standIn: 's.user',
				standInStatus: 'w.status',
			},
		);
	return new Map(rows.map((row) => [row.id, officialOf(row, now)]));
}

interface OfficialRow {
	id: CadreId;
	user: string | null;
	status: string | null;
	workState: string;
	substitute: CadreId | null;
	until: unknown;
	standIn: string | null;
	standInStatus: string | null;
}

function officialOf(row: OfficialRow, now: Date): Official {
	const until = toDateOrNull(row.until);
	const covered = until !== null && until >= now && row.standInStatus === 'active';
	return {
		id: row.id,
		user: row.user,
		active: row.status === 'active',
		substitute: covered ? row.substitute : null,
		substituteUser: covered ? row.standIn : null,
		busy: row.workState === 'training' || row.workState === 'meeting',
	};
}

/** Who asks, with the name that stands on the step. */
export interface NamedActor extends Actor {
	name: string | null;
}

/** @param user null where Directus or a Flow acts with full rights */
export async function actorOf(trx: Knex, user: string | null, administrator: boolean): Promise<NamedActor> {
	if (user === null) return { cadre: null, administrator, supervisor: false, name: null };
	const [row] = await rowsOf<{
		cadre: string | null;
		name: string | null;
		first: string | null;
		last: string | null;
		supervisor: unknown;
	}>(
		trx,
		`select c.id as cadre, c.name, u.first_name as first, u.last_name as last,
				u.id in (${wearersSql('supervisor')}) as supervisor
			from directus_users u left join doorstep_cadres c on c."user" = u.id where u.id = ?`,
		[user],
	);
	const ownName = [row?.first, row?.last].filter(Boolean).join(' ');
	return {
		cadre: row?.cadre ?? null,
		administrator,
		supervisor: Boolean(row?.supervisor),
		name: row?.name ?? (ownName || null),
	};
}

/** Active users of the supervision group, without whom a complaint is about and who acts on it. */
export async function supervisorsBut(
	trx: Knex,
	about: CadreId | null,
	actor: CadreId | null,
): Promise<string[]> {
	const rows = await rowsOf<{ person: string }>(
		trx,
		`select s.person from (${wearersSql('supervisor')}) s
			where not exists (select 1 from doorstep_cadres k where k.id in (?, ?) and k."user" = s.person)`,
		[about, actor],
	);
	return rows.map((row) => row.person);
}

export async function clockSettings(trx: Knex): Promise<ClockSettings> {
	const row = await trx('doorstep_settings').first<ClockSettings | undefined>('proxy_hours', 'triage_days');
	return row ?? { proxy_hours: 24, triage_days: 2 };
}

/** Whether an official has resolved this case or told its household. */
export async function workedOn(trx: Knex, caseId: string, cadre: CadreId): Promise<boolean> {
	const step = await trx('doorstep_case_steps')
		.where({ case_id: caseId, actor: cadre })
		.whereIn('kind', ['resolve', 'tell'])
		.first<object | undefined>('id');
	return step !== undefined;
}

/** The calendar as far as a limit from `start` can reach: holidays at most double and a bit the days that it takes. */
export async function calendarFor(trx: Knex, start: Date, limit: Limit): Promise<CalendarDay[]> {
	if (limit.unit !== 'working_days') return [];
	const from = localDateOf(start);
	const rows = await trx('doorstep_calendar')
		.whereBetween('day', [from, addDays(from, limit.amount * 2 + 30)])
		.orderBy('day')
		.select<{ day: string; working: unknown; ordinal: number }[]>('day', 'working', 'ordinal');
	return rows.map((row) => ({ ...row, working: Boolean(row.working) }));
}

/**
 * The next number of a year, `2026-000001`, without gaps: the counter's row is locked until this transaction ends. Behind a case
 * that is already held the counter is not waited for (see `lockCase`).
 */
export async function nextNumber(trx: Knex, year: number): Promise<string | typeof BUSY> {
	if (dialectOf(trx) === 'postgres' && memoryOf(trx).highestLocked !== undefined) {
		await trx('doorstep_counters').insert({ year, n: 0 }).onConflict('year').ignore();
		const free = await trx('doorstep_counters')
			.where({ year })
			.forUpdate()
			.skipLocked()
			.first<object | undefined>('year');
		if (free === undefined) return BUSY;
	}
	const [row] = await rowsOf<{ n: number }>(
		trx,
		'insert into doorstep_counters (year, n) values (?, 1) on conflict (year) do update set n = doorstep_counters.n + 1 returning n',
		[year],
	);
	return `${String(year)}-${String(row?.n ?? 0).padStart(6, '0')}`;
}

/** Writes the first step ahead of its case: the foreign key is checked when the transaction ends, the case's trigger asks for the step. */
export async function insertRecordStep(trx: Knex, step: LinkedStep): Promise<void> {
	const dialect = dialectOf(trx);
	if (dialect === 'sqlite') await trx.raw('pragma defer_foreign_keys = on');
	await trx('doorstep_case_steps').insert(toRow(dialect, step));
}

/** @returns the statuses of cases by id */
export async function statusesOf(knex: Knex, ids: readonly string[]): Promise<string[]> {
	const rows = await knex('doorstep_cases').whereIn('id', ids).select<{ status: string }[]>('status');
	return rows.map((row) => row.status);
}

export async function clientIdTaken(
	trx: Knex,
	table: 'doorstep_cases' | 'doorstep_case_steps',
	clientId: string,
): Promise<boolean> {
	return (await trx(table).where({ client_id: clientId }).first<object | undefined>('id')) !== undefined;
}

export async function rowExists(trx: Knex, table: string, id: string): Promise<boolean> {
	return (await trx(table).where({ id }).first<object | undefined>('id')) !== undefined;
}
