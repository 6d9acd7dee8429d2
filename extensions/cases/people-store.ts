import type { Knex } from 'knex';
import { rowsOf, toDateOrNull } from '../platform/dialect.js';
import { wearersSql, wearsSql } from '../platform/hats.js';
import type { Actor, Official, People } from './people.js';
import type { CadreId } from './terms.js';

/** A household as far as its cases go. */
export interface HouseholdOfCase {
	cadre: CadreId;
	leader: CadreId | null;
	deputy: CadreId | null;
	town_leader: CadreId | null;
	/** Null unless its personal data were erased. */
	erased_at: unknown;
}

/** Whom a case is about and how to reach them: all that its holder needs at the door, and nothing of their circumstances. */
export interface HouseholdToReach {
	id: string;
	code: string;
	head_name: string;
	phone: string | null;
	/** Their names. */
	hamlet: string;
	village: string;
}

/** Households by id, for those who see a case of theirs. */
export async function householdsToReach(
	knex: Knex,
	ids: readonly string[],
): Promise<Map<string, HouseholdToReach>> {
	const rows = await knex('doorstep_households as h')
		.join('doorstep_hamlets as s', 's.id', 'h.hamlet')
		.join('doorstep_villages as v', 'v.id', 's.village')
		.whereIn('h.id', [...new Set(ids)])
		.select<HouseholdToReach[]>(
			{ id: 'h.id', code: 'h.code', head_name: 'h.head_name' },
			{ phone: 'h.phone', hamlet: 's.name', village: 'v.name' },
		);
	return new Map(rows.map((row) => [row.id, row]));
}

/** The officials around a case, as they stand at `now`. */
export async function peopleOf(
	trx: Knex,
	household: Omit<HouseholdOfCase, 'erased_at'>,
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

/** Of somebody's user `u` and official `k`, what `actorIn` reads. */
export const ACTOR_COLUMNS = `k.id as actor_cadre, k.name as actor_name, u.first_name as actor_first, u.last_name as actor_last,
	${wearsSql('supervisor', 'u')} as actor_supervisor`;

/** @param user null where Directus or a Flow acts with full rights */
export async function actorOf(trx: Knex, user: string | null, administrator: boolean): Promise<NamedActor> {
	if (user === null) return actorIn({}, administrator);
	const [row] = await rowsOf<Record<string, unknown>>(
		trx,
		`select ${ACTOR_COLUMNS} from directus_users u left join doorstep_cadres k on k."user" = u.id where u.id = ?`,
		[user],
	);
	return actorIn(row ?? {}, administrator);
}

/** The actor in a row with `ACTOR_COLUMNS`; nobody known where they are null. */
export function actorIn(row: Record<string, unknown>, administrator: boolean): NamedActor {
	const ownName = [row['actor_first'], row['actor_last']].filter(Boolean).join(' ');
	return {
		cadre: (row['actor_cadre'] as CadreId | null | undefined) ?? null,
		administrator,
		supervisor: Boolean(row['actor_supervisor']),
		name: (row['actor_name'] as string | null | undefined) ?? (ownName || null),
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

/** Whether an official has resolved this case or told its household. */
export async function workedOn(trx: Knex, caseId: string, cadre: CadreId): Promise<boolean> {
	const step = await trx('doorstep_case_steps')
		.where({ case_id: caseId, actor: cadre })
		.whereIn('kind', ['resolve', 'tell'])
		.first<object | undefined>('id');
	return step !== undefined;
}
