import { inBoth, UUID_SQL, type Dialect } from '../platform/dialect.js';
import { wearersSql } from '../platform/hats.js';
import { applicableRules, caseColumns, nextRungSql, notRaised, rungDueSql } from './ladder-sql.js';

/** Who can act for an official: the official, and a substitute while that lasts; active users only. */
const ACTING = `select o.id as cadre, u.id as person from doorstep_cadres o join directus_users u on u.id = o."user" where u.status = 'active'
	union select o.id, u.id from doorstep_cadres o join doorstep_cadres s on s.id = o.substitute join directus_users u on u.id = s."user"
		where o.substitute_until >= :now and u.status = 'active'`;

const SUPERVISORS = wearersSql('supervisor');

/**
 * Users who are told of rungs of cases that are alike `c` in village `v`, as a JSON array. Where nobody of the household's side can act,
 * the deputy hears of it, then the leader; a complaint goes to the supervision group alone, never to whom it is about; and a rung with
 * nobody to tell goes to the supervision group, so that no deadline passes unseen.
 */
function recipientsSql(dialect: Dialect): string {
	const told = (hat: string): string => `c.notify like '%"${hat}"%'`;
	const actsFor = (cadres: string): string =>
		`select a.person from acting a where c.about_cadre is null and a.cadre in (${cadres})`;
	const nobody = 'not exists (select 1 from acting b where b.cadre in (c.cadre, c.holder))';
	const standIn = `case when exists (select 1 from acting b where b.cadre = v.deputy) then v.deputy else v.leader end`;
	const leader = `case when exists (select 1 from acting b where b.cadre = v.leader) then v.leader else v.deputy end`;
	const list = (people: string): string =>
		dialect === 'postgres'
			? `(select json_agg(distinct p.person)::text from (${people}) p)`
			: `(select nullif(json_group_array(distinct p.person), '[]') from (${people}) p)`;
	const named = [
		`${actsFor('c.cadre, c.holder')} and ${told('cadre')}`,
		`${actsFor(standIn)} and ${told('cadre')} and ${nobody}`,
		`${actsFor(leader)} and ${told('team_leader')}`,
		`${actsFor('v.town_leader')} and ${told('town_leader')}`,
		`${actsFor('c.in_charge')} and ${told('in_charge')}`,
		`select s.person from supervisors s where c.about_cadre is null and ${told('supervisor')}`,
	].join(' union ');
	const others = `select s.person from supervisors s where not exists (
		select 1 from doorstep_cadres k where k.id = c.about_cadre and k."user" = s.person)`;
	return `coalesce(${list(named)}, ${list(others)}, '[]')`;
}

/** A rung without a name is called by its number. */
const NAME = "coalesce(r.name, '第' || r.rung || '级督办')";

/** What decides who is told: thousands of cases share a few hundred of these, and people are looked for once for each. */
const ALIKE = ['cadre', 'holder', 'about_cadre', 'in_charge', 'village', 'notify'] as const;
const WHOM = ALIKE.map((column) => `coalesce(cast(${column} as text), '')`).join(" || '/' || ");

/** Of rule `r` and a case under the alias `c`, what there is to raise. */
function rungColumns(dialect: Dialect): string {
	return `c.rung_base + r.rung as rung, ${NAME} as name, ${rungDueSql(dialect, 'c.due_at')} as due_at, cast(r.notify as text) as notify`;
}

/** SQLite goes from left to right where it is told to cross; else it may begin with all households there are. */
const WHERE_IT_LIVES = inBoth((dialect) => {
	const join = dialect === 'sqlite' ? 'cross join' : 'join';
	return `${join} doorstep_households h on h.id = c.household ${join} doorstep_hamlets x on x.id = h.hamlet
		left join doorstep_services s on s.id = c.service`;
});
const AROUND_IT = 'c.cadre, c.holder, c.about_cadre, s.in_charge, x.village';

/** Whom the rungs in `raising` are told to. */
function toldSql(dialect: Dialect): string {
	return `acting as materialized (${ACTING}),
	supervisors as materialized (${SUPERVISORS}),
	told as materialized (select c.whom, ${recipientsSql(dialect)} as recipients
		from (select distinct whom, ${ALIKE.join(', ')} from raising) c join doorstep_villages v on v.id = c.village)`;
}

/** Inserts every rung that is due and not there yet, with the time at which it was due. */
function raiseSql(dialect: Dialect): string {
	const recipients = dialect === 'postgres' ? 't.recipients::json' : 't.recipients';
	return `insert into doorstep_escalations (id, case_id, cycle, rung, name, due_at, raised_at, recipients)
		select ${UUID_SQL[dialect]}, r.case_id, r.cycle, r.rung, r.name, r.due_at, :now, ${recipients}
			from raising r join told t on t.whom = r.whom where true order by r.case_id
		on conflict do nothing
		returning case_id, name, cast(recipients as text) as recipients`;
}

const BREACH =
	'case when doorstep_cases.due_at < :now then coalesce(doorstep_cases.breached_at, doorstep_cases.due_at) else doorstep_cases.breached_at end';

/**
 * Each rung that is left to the cases that are due. Found case by case, for between sets whose sizes it cannot know PostgreSQL may try
 * every pair.
 */
const POSTGRES_RUNGS = `select c.id as case_id, c.cycle, ${AROUND_IT}, l.* from due c ${WHERE_IT_LIVES.postgres}
	left join lateral (select ${rungColumns('postgres')} from doorstep_escalation_rules r
		where ${applicableRules(caseColumns('c'))} and ${notRaised(caseColumns('c'))}) l on true`;

/**
 * The sweep on PostgreSQL, as one statement: with two, a case that falls due in between would move on without its rung. Cases that
 * a step is changing right now are skipped; the next sweep finds them, and times do not depend on it. Cases move after all rungs are
 * there, which the cases' trigger looks for.
 */
const POSTGRES_SWEEP = `with due as materialized (
		select * from doorstep_cases where status = 'open' and next_rung_at <= :now order by id for no key update skip locked),
	rungs as materialized (${POSTGRES_RUNGS}),
	raising as materialized (select rungs.*, ${WHOM} as whom from rungs where due_at <= :now),
	${toldSql('postgres')},
	raised as (${raiseSql('postgres')}),
	moved as (update doorstep_cases set rung = greatest(doorstep_cases.rung, coalesce(l.top, 0)), next_rung_at = l.next, breached_at = ${BREACH}
		from (select case_id, max(rung) filter (where due_at <= :now) as top, min(due_at) filter (where due_at > :now) as next
			from rungs group by case_id order by case_id) l
		where doorstep_cases.id = l.case_id and (select count(*) from raised) >= 0 returning doorstep_cases.id)
	select * from raised where (select count(*) from moved) >= 0`;

/** To compile this long statement takes PostgreSQL several times as long as to run it, and what it sorts should fit into memory. */
const POSTGRES_SETTINGS = "select set_config('jit', 'off', true), set_config('work_mem', '32MB', true)";

/** On SQLite a transaction has the file to itself, so two statements are one. */
const SQLITE_RAISE = `with rungs as materialized (
		select c.id as case_id, c.cycle, ${AROUND_IT}, ${rungColumns('sqlite')}
		from (select * from doorstep_cases where status = 'open' and next_rung_at <= :now) c ${WHERE_IT_LIVES.sqlite}
		join doorstep_escalation_rules r on ${applicableRules(caseColumns('c'))} where ${notRaised(caseColumns('c'))}),
	raising as materialized (select rungs.*, ${WHOM} as whom from rungs where due_at <= :now),
	${toldSql('sqlite')}
	${raiseSql('sqlite')}`;

const SQLITE_MOVE = `update doorstep_cases set
		rung = coalesce((select max(e.rung) from doorstep_escalations e where e.case_id = doorstep_cases.id and e.cycle = doorstep_cases.cycle), 0),
		next_rung_at = ${nextRungSql('sqlite', caseColumns('doorstep_cases'), ':now')}, breached_at = ${BREACH}
	where status = 'open' and next_rung_at <= :now`;

export const SWEEP_SQL = {
	postgresSettings: POSTGRES_SETTINGS,
	postgres: POSTGRES_SWEEP,
	sqliteRaise: SQLITE_RAISE,
	sqliteMove: SQLITE_MOVE,
} as const;
