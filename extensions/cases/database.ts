import { NOW_SQL } from '../platform/clock.js';
import type { DatabaseObject, TriggerAction } from '../platform/database-objects.js';
import { inBoth, type Dialect } from '../platform/dialect.js';
import { ERASED } from '../platform/erasure.js';
import { changed, neverDeleted } from '../platform/kept-rows.js';
import { STATE_COLUMNS } from './chain.js';
import { caseColumns, nextRungSql } from './ladder-sql.js';

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';
const ESCALATIONS = 'doorstep_escalations';

/** Set at receipt and never again; title and detail may be corrected while a case is open. */
export const FIXED = [
	'id',
	'number',
	'household',
	'service',
	'nature',
	'source',
	'about_cadre',
	'happened_at',
	'received_at',
	'client_id',
];
/** Columns that move outside a step too: a handover moves the holder, the sweep records the breach. */
const HELD_OUTSIDE = ['holder', 'breached_at'];

const newCase = caseColumns('NEW');

/** The step that bears out the case's columns: same place, same hash, same state. */
function borneOut(extra: string): string {
	const same = STATE_COLUMNS.map((column) => `s.${column} is not distinct from NEW.${column}`).join(' and ');
	return `exists (select 1 from ${STEPS} s where s.case_id = NEW.id and s.seq = NEW.seq and s.hash = NEW.head_hash and ${same}${extra})`;
}

const newestStep = ` and not exists (select 1 from ${STEPS} n where n.case_id = NEW.id and n.seq > NEW.seq)`;
const householdsCadre = '(select h.cadre from doorstep_households h where h.id = NEW.household)';
/** Whether the personal data of the household behind a case's id, or behind a new case, were erased. */
const erasedOfCase = (caseId: string): string =>
	`exists (select 1 from ${CASES} c join doorstep_households h on h.id = c.household where c.id = ${caseId} and h.erased_at is not null)`;
const householdErased =
	'exists (select 1 from doorstep_households h where h.id = NEW.household and h.erased_at is not null)';
const raisedRung = `coalesce((select max(e.rung) from ${ESCALATIONS} e where e.case_id = NEW.id and e.cycle = NEW.cycle), 0)`;

/**
 * Copies the state after a step onto its case. A reopened case goes to whoever answers for the household now; a deadline set by a
 * decision or a conversion begins a ladder of its own.
 */
const project = (dialect: Dialect): string => {
	const rungBase = `(case when NEW.cycle <> ${CASES}.cycle then 0 when NEW.kind in ('convert', 'decide') then ${CASES}.rung
		else ${CASES}.rung_base end)`;
	const stepped = {
		...caseColumns('NEW'),
		id: `${CASES}.id`,
		service: `${CASES}.service`,
		rung_base: rungBase,
	};
	const copies = STATE_COLUMNS.map((column) => `${column} = NEW.${column}`).join(', ');
	return `update ${CASES} set ${copies}, seq = NEW.seq, head_hash = NEW.hash, rung_base = ${rungBase},
		rung = case when NEW.cycle = ${CASES}.cycle then ${CASES}.rung else 0 end,
		cadre = case when NEW.kind = 'reopen' then (select h.cadre from doorstep_households h where h.id = ${CASES}.household)
			else ${CASES}.cadre end,
		next_rung_at = case when NEW.status = 'open' then ${nextRungSql(dialect, stepped)} end
		where id = NEW.case_id and NEW.seq > 1`;
};

const COVERED_STEP_COLUMNS = [
	...[
		'id',
		'case_id',
		'seq',
		'at',
		'actor',
		'actor_name',
		'kind',
		'hours',
		'solved',
		'satisfaction',
		'channel',
	],
	...['happened_at', 'client_id', 'files', 'prev_hash', 'hash', 'body_hash', ...STATE_COLUMNS],
];

/** Where a household's personal data are erased, the words of its steps go, and nothing else of them. */
const stepTriggers: DatabaseObject[] = [
	...neverDeleted(STEPS, 'steps'),
	{
		kind: 'trigger',
		name: 'doorstep_steps_unchanged',
		table: STEPS,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: `${changed(COVERED_STEP_COLUMNS)} or NEW.note is not null or NEW.salt is not null or not ${erasedOfCase('NEW.case_id')}`,
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_steps_chained',
		table: STEPS,
		timing: 'before',
		event: 'insert',
		actions: [
			{
				only: 'NEW.seq = 1',
				refuseWhen: `NEW.kind <> 'record' or NEW.prev_hash is not null
					or exists (select 1 from ${CASES} c where c.id = NEW.case_id)`,
				code: 'DOORSTEP_CHAIN',
			},
			{
				only: 'NEW.seq <> 1',
				refuseWhen: `NEW.kind = 'record' or not exists (select 1 from ${CASES} c
					where c.id = NEW.case_id and c.seq = NEW.seq - 1 and c.head_hash = NEW.prev_hash)`,
				code: 'DOORSTEP_CHAIN',
			},
			{ refuseWhen: erasedOfCase('NEW.case_id'), code: 'DOORSTEP_ERASED' },
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_steps_projected',
		table: STEPS,
		timing: 'after',
		event: 'insert',
		actions: [{ run: inBoth(project) }],
	},
];

const caseBirth: TriggerAction[] = [
	{
		refuseWhen: `NEW.seq <> 1 or NEW.rung <> 0 or NEW.rung_base <> 0 or not ${borneOut(" and s.kind = 'record'")}`,
		code: 'DOORSTEP_STEP_REQUIRED',
	},
	{ refuseWhen: `NEW.cadre is distinct from ${householdsCadre}`, code: 'DOORSTEP_STEP_REQUIRED' },
	{ refuseWhen: householdErased, code: 'DOORSTEP_ERASED' },
];

const caseTriggers: DatabaseObject[] = [
	...neverDeleted(CASES, 'cases'),
	{
		kind: 'trigger',
		name: 'doorstep_cases_recorded',
		table: CASES,
		timing: 'before',
		event: 'insert',
		actions: caseBirth,
	},
	{
		kind: 'trigger',
		name: 'doorstep_cases_laddered',
		table: CASES,
		timing: 'after',
		event: 'insert',
		actions: [
			{
				run: inBoth((d) => `update ${CASES} set next_rung_at = ${nextRungSql(d, newCase)} where id = NEW.id`),
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_cases_guarded',
		table: CASES,
		timing: 'before',
		event: 'update',
		actions: [
			{ refuseWhen: changed(FIXED), code: 'DOORSTEP_IMMUTABLE' },
			{
				only: `OLD.status <> 'open' and ${changed(['title', 'detail'])}`,
				refuseWhen: `not (NEW.title = '${ERASED}' and NEW.detail is null and ${householdErased})`,
				code: 'DOORSTEP_NOT_OPEN',
			},
			{
				only: changed(['seq', 'head_hash']),
				refuseWhen: `NEW.seq <> OLD.seq + 1 or not ${borneOut(newestStep)}`,
				code: 'DOORSTEP_STEP_REQUIRED',
			},
			{
				refuseWhen: `NEW.seq = OLD.seq and ${changed(STATE_COLUMNS.filter((column) => !HELD_OUTSIDE.includes(column)))}`,
				code: 'DOORSTEP_STEP_REQUIRED',
			},
			{
				refuseWhen: inBoth(
					(d) => `NEW.seq = OLD.seq and NEW.breached_at is distinct from OLD.breached_at
					and (OLD.breached_at is not null or NEW.breached_at <> OLD.due_at or OLD.status <> 'open' or OLD.due_at > ${NOW_SQL[d]})`,
				),
				code: 'DOORSTEP_STEP_REQUIRED',
			},
			{
				refuseWhen: `NEW.seq = OLD.seq and NEW.holder is distinct from OLD.holder
					and (OLD.holder is distinct from OLD.cadre or NEW.holder is distinct from NEW.cadre)`,
				code: 'DOORSTEP_STEP_REQUIRED',
			},
			{
				only: changed(['cadre']),
				refuseWhen: `NEW.cadre is distinct from ${householdsCadre}`,
				code: 'DOORSTEP_STEP_REQUIRED',
			},
			{ refuseWhen: 'NEW.seq = OLD.seq and NEW.rung_base <> OLD.rung_base', code: 'DOORSTEP_STEP_REQUIRED' },
			{
				only: 'NEW.rung <> OLD.rung',
				refuseWhen: `NEW.rung <> ${raisedRung}`,
				code: 'DOORSTEP_STEP_REQUIRED',
			},
		],
	},
];

/** What the cases own in the database beside Directus's columns. */
export const CASE_OBJECTS: readonly DatabaseObject[] = [
	{ kind: 'table', name: 'doorstep_counters', columns: 'year integer primary key, n integer not null' },
	{ kind: 'index', name: 'doorstep_steps_once', table: STEPS, columns: ['case_id', 'seq'], unique: true },
	{
		kind: 'index',
		name: 'doorstep_cases_next_rung',
		table: CASES,
		columns: ['next_rung_at', 'id'],
		where: 'next_rung_at is not null',
	},
	{ kind: 'index', name: 'doorstep_cases_running', table: CASES, columns: ['status', 'due_at'] },
	{ kind: 'deferred_key', name: 'doorstep_case_steps_case_id_foreign', table: STEPS },
	...stepTriggers,
	...caseTriggers,
];
