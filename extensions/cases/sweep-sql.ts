import { UUID_SQL, type Dialect } from '../platform/dialect.js';
import { wearersSql } from '../platform/hats.js';
import { applicableRules, caseColumns, nextRungSql, notRaised, rungDueSql } from './ladder-sql.js';

/** Who can act for an official: the official, and a substitute while that lasts; active users only. */
const ACTING = `select o.id as cadre, u.id as person from doorstep_cadres o join directus_users u on u.id = o."user" where u.status = 'active'
	union select o.id, u.id from doorstep_cadres o join doorstep_cadres s on s.id = o.substitute join directus_users u on u.id = s."user"
		where o.substitute_until >= :now and u.status = 'active'`;

const SUPERVISORS = wearersSql('supervisor');

/**
 * Users who are told of rung `r` of case `c` in village `v`, as a JSON array. Where nobody of the household's side can act, the
 * deputy hears of it, then the leader; a complaint goes to the supervision group alone, never to whom it is about; and a rung with
 * nobody to tell goes to the supervision group, so that no deadline passes unseen.
 */
function recipientsSql(dialect: Dialect): string {
	const told = (hat: string): string =>
		dialect === 'postgres' ? `r.notify::text like '%"${hat}"%'` : `r.notify like '%"${hat}"%'`;
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
		`${actsFor('(select i.in_charge from doorstep_services i where i.id = c.service)')} and ${told('in_charge')}`,
		`select s.person from supervisors s where c.about_cadre is null and ${told('supervisor')}`,
	].join(' union ');
	const others = `select s.person from supervisors s where not exists (
		select 1 from doorstep_cadres k where k.id = c.about_cadre and k."user" = s.person)`;
	return `coalesce(${list(named)}, ${list(others)}, '[]')`;
}

/** A rung without a name is called by its number. */
const NAME = "coalesce(r.name, '第' || r.rung || '级督办')";

/** Inserts every rung that is due and not there yet, with the time at which it was due. */
function raiseSql(dialect: Dialect, cases: string): string {
	const c = caseColumns('c');
	const due = rungDueSql(dialect, c.due_at);
	const recipients = dialect === 'postgres' ? `${recipientsSql(dialect)}::json` : recipientsSql(dialect);
	return `insert into doorstep_escalations (id, case_id, cycle, rung, name, due_at, raised_at, recipients)
		select ${UUID_SQL[dialect]}, c.id, c.cycle, c.rung_base + r.rung, ${NAME}, ${due}, :now, ${recipients}
			from ${cases} c
			join doorstep_households h on h.id = c.household join doorstep_hamlets x on x.id = h.hamlet join doorstep_villages v on v.id = x.village
			join doorstep_escalation_rules r on ${applicableRules(c)}
			where ${notRaised(c)} and ${due} <= :now
		on conflict do nothing
		returning case_id, name, recipients`;
}

const BREACH =
	'case when doorstep_cases.due_at < :now then coalesce(doorstep_cases.breached_at, doorstep_cases.due_at) else doorstep_cases.breached_at end';

/**
 * The sweep on PostgreSQL, as one statement: with two, a case that falls due in between would move on without its rung. Cases that
 * a step is changing right now are skipped; the next sweep finds them, and times do not depend on it.
 */
const POSTGRES_SWEEP = `with due as materialized (
		select * from doorstep_cases where status = 'open' and next_rung_at <= :now order by id for no key update skip locked),
	acting as materialized (${ACTING}),
	supervisors as materialized (${SUPERVISORS}),
	raised as (${raiseSql('postgres', 'due')}, rung),
	top as (select case_id, max(rung) as rung from raised group by case_id),
	moved as (update doorstep_cases set rung = greatest(doorstep_cases.rung, coalesce(top.rung, 0)),
			next_rung_at = ${nextRungSql('postgres', caseColumns('doorstep_cases'), ':now')}, breached_at = ${BREACH}
		from due left join top on top.case_id = due.id where doorstep_cases.id = due.id returning doorstep_cases.id)
	select raised.case_id, raised.name, raised.recipients, due.number, due.title, due.due_at from raised join due on due.id = raised.case_id
		where (select count(*) from moved) >= 0`;

/** On SQLite a transaction has the file to itself, so two statements are one. */
const SQLITE_RAISE = `with acting as materialized (${ACTING}), supervisors as materialized (${SUPERVISORS})
	${raiseSql('sqlite', "(select * from doorstep_cases where status = 'open' and next_rung_at <= :now)")}`;

const SQLITE_MOVE = `update doorstep_cases set
		rung = coalesce((select max(e.rung) from doorstep_escalations e where e.case_id = doorstep_cases.id and e.cycle = doorstep_cases.cycle), 0),
		next_rung_at = ${nextRungSql('sqlite', caseColumns('doorstep_cases'), ':now')}, breached_at = ${BREACH}
	where status = 'open' and next_rung_at <= :now`;

export const SWEEP_SQL = {
	postgres: POSTGRES_SWEEP,
	sqliteRaise: SQLITE_RAISE,
	sqliteMove: SQLITE_MOVE,
} as const;
