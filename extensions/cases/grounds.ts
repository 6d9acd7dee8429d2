import type { Knex } from 'knex';
import { CLOCK_SQL } from '../platform/clock.js';
import { dialectOf, rowsOf, toDate } from '../platform/dialect.js';
import type { ClockSettings } from './deadlines.js';
import { ACTOR_COLUMNS, actorIn, type HouseholdOfCase, type NamedActor } from './people-store.js';
import type { ServiceOfCase, StoredCase } from './store.js';
import type { CadreId } from './terms.js';

/** What a case or a step is judged by besides what was sent and the case's own row. */
export interface Grounds {
	/** The database's clock, once all that is locked is locked. */
	now: Date;
	actor: NamedActor;
	household: HouseholdOfCase;
	/** Null without one, and where it does not exist. */
	service: ServiceOfCase | null;
	settings: ClockSettings;
	/** Whether a row with this `client_id` is there already. */
	repeated: boolean;
}

interface Asked {
	household: string;
	service: string | null;
	/** Null where Directus or a Flow acts with full rights. */
	user: string | null;
	administrator: boolean;
	/** What the client calls the row that it sends. */
	clientId: string | null;
}

/** Shipped with these; the row of settings may not be saved yet. */
const DEFAULTS: ClockSettings = { proxy_hours: 24, triage_days: 2 };

/**
 * Of a new case. Its household is not handed over until this transaction ends, so that a handover does not miss it.
 *
 * @returns undefined where the household is not there
 */
export function groundsOfCase(trx: Knex, asked: Asked): Promise<Grounds | undefined> {
	return groundsFor(trx, 'doorstep_cases', asked, dialectOf(trx) === 'postgres' ? ' for share of h' : '');
}

/**
 * Of a step on a case.
 *
 * @throws Error where the case has lost its household, which foreign keys do not allow
 */
export async function groundsOfStep(
	trx: Knex,
	{ number, household, service }: Pick<StoredCase, 'number' | 'household' | 'service'>,
	by: Pick<Asked, 'user' | 'administrator' | 'clientId'>,
): Promise<Grounds> {
	const grounds = await groundsFor(trx, 'doorstep_case_steps', { household, service, ...by });
	if (grounds === undefined) throw new Error(`case without a household: ${number}`);
	return grounds;
}

/** All of it in one question: a case stays locked while it is judged, and each further question is another wait for the database. */
async function groundsFor(
	trx: Knex,
	table: 'doorstep_cases' | 'doorstep_case_steps',
	asked: Asked,
	lock = '',
): Promise<Grounds | undefined> {
	const dialect = dialectOf(trx);
	const [row] = await rowsOf<Record<string, unknown>>(
		trx,
		`select ${CLOCK_SQL[dialect]} as now, h.cadre, h.erased_at, v.leader, v.deputy, v.town_leader, ${ACTOR_COLUMNS},
				s.id as service, s.ledger, s.limit_hours, s.limit_days, s.calendar, s.in_charge, o.proxy_hours, o.triage_days,
				exists (select 1 from ${table} t where t.client_id = :clientId) as repeated
			from doorstep_households h
			join doorstep_hamlets x on x.id = h.hamlet join doorstep_villages v on v.id = x.village
			left join doorstep_services s on s.id = :service
			left join directus_users u on u.id = :user left join doorstep_cadres k on k."user" = u.id
			left join doorstep_settings o on true
			where h.id = :household${lock}`,
		{ clientId: asked.clientId, service: asked.service, user: asked.user, household: asked.household },
	);
	if (row === undefined) return undefined;
	return {
		now: toDate(row['now']),
		actor: actorIn(row, asked.administrator),
		household: householdIn(row),
		service: row['service'] === null ? null : serviceIn(row),
		settings: {
			proxy_hours: (row['proxy_hours'] as number | null) ?? DEFAULTS.proxy_hours,
			triage_days: (row['triage_days'] as number | null) ?? DEFAULTS.triage_days,
		},
		repeated: Boolean(row['repeated']),
	};
}

function householdIn(row: Record<string, unknown>): HouseholdOfCase {
	return {
		cadre: row['cadre'] as CadreId,
		leader: row['leader'] as CadreId | null,
		deputy: row['deputy'] as CadreId | null,
		town_leader: row['town_leader'] as CadreId | null,
		erased_at: row['erased_at'],
	};
}

function serviceIn(row: Record<string, unknown>): ServiceOfCase {
	return {
		ledger: row['ledger'] as ServiceOfCase['ledger'],
		limit_hours: row['limit_hours'] as number | null,
		limit_days: row['limit_days'] as number | null,
		calendar: row['calendar'] as ServiceOfCase['calendar'],
		in_charge: row['in_charge'] as CadreId | null,
	};
}
