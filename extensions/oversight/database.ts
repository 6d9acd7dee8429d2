import { NOW_SQL } from '../platform/clock.js';
import type { DatabaseObject } from '../platform/database-objects.js';
import { inBoth, type Dialect } from '../platform/dialect.js';
import { changed, neverDeleted } from '../platform/kept-rows.js';
import { COUNTED_STEPS } from './sources.js';

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';

const CHECKS = 'doorstep_checks';
const CHECK_CASES = 'doorstep_check_cases';

/** Indexes by the times that figures are counted by. */
const FIGURE_OBJECTS: readonly DatabaseObject[] = [
	{ kind: 'index', name: 'doorstep_cases_received', table: CASES, columns: ['received_at', 'id'] },
	{
		kind: 'index',
		name: 'doorstep_cases_breached',
		table: CASES,
		columns: ['breached_at', 'id'],
		where: 'breached_at is not null',
	},
	// Whole questions out of the index: a year's steps are many, and these few columns of them are all that is asked for.
	{
		kind: 'index',
		name: 'doorstep_steps_second',
		table: STEPS,
		columns: ['case_id', 'at'],
		where: 'seq = 2',
	},
	{
		kind: 'index',
		name: 'doorstep_steps_counted',
		table: STEPS,
		columns: ['at', 'case_id', 'kind', 'seq', 'solved', 'satisfaction'],
		where: `kind in ${COUNTED_STEPS}`,
	},
	{
		kind: 'index',
		name: 'doorstep_escalations_raised',
		table: 'doorstep_escalations',
		columns: ['raised_at', 'case_id'],
	},
];

/** A draw and its rows are written at once; a minute is time enough for the slowest machine. */
const JUST_DRAWN: Readonly<Record<Dialect, string>> = {
	postgres: `k.drawn_at between ${NOW_SQL.postgres} - interval '1 minute' and ${NOW_SQL.postgres} + interval '1 minute'`,
	sqlite: `k.drawn_at between ${NOW_SQL.sqlite} - 60000 and ${NOW_SQL.sqlite} + 60000`,
};

const stepOf = (condition: string): string =>
	`exists (select 1 from ${STEPS} s where s.case_id = NEW.case_id and ${condition})`;
/** Of the rows that a new step's case was drawn as, those that nothing has settled. */
const drawnAndOpen = `case_id = NEW.case_id and outcome in ('pending', 'unreached')`;

/**
 * Checks stay as they were drawn (S6). Of a drawn case only what came of it moves: tries are counted one by one, and a verification marks it by
 * itself, whoever or whatever adds the step. It marks the round that was drawn alone: a case that is taken up again is another story, and
 * nobody can be asked about the earlier one any more.
 */
const CHECK_OBJECTS: readonly DatabaseObject[] = [
	{
		kind: 'index',
		name: 'doorstep_check_cases_once',
		table: CHECK_CASES,
		columns: ['check_id', 'case_id'],
		unique: true,
	},
	...neverDeleted(CHECKS, 'checks'),
	...neverDeleted(CHECK_CASES, 'check_cases'),
	{
		kind: 'trigger',
		name: 'doorstep_checks_unchanged',
		table: CHECKS,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: changed([
					...['id', 'kind', 'size', 'period_from', 'period_to', 'village', 'ledger', 'seed'],
					...['candidates', 'candidates_hash', 'drawn_at', 'drawn_by', 'drawn_by_name'],
				]),
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
	// A Flow without events may write what it likes: a case comes to a check as it is drawn, in its present round, and before anybody calls.
	{
		kind: 'trigger',
		name: 'doorstep_check_cases_drawn',
		table: CHECK_CASES,
		timing: 'before',
		event: 'insert',
		actions: [
			{
				refuseWhen: inBoth(
					(
						d,
					) => `NEW.outcome <> 'pending' or NEW.attempts <> 0 or NEW.step is not null or NEW.tried_at is not null
					or not exists (select 1 from ${CHECKS} k where k.id = NEW.check_id and NEW.position between 1 and k.size and ${JUST_DRAWN[d]})
					or not exists (select 1 from ${CASES} c where c.id = NEW.case_id and c.cycle = NEW.cycle)`,
				),
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_check_cases_unchanged',
		table: CHECK_CASES,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: changed(['id', 'check_id', 'case_id', 'cycle', 'position']),
				code: 'DOORSTEP_APPEND_ONLY',
			},
			{
				refuseWhen: `OLD.outcome in ('verified', 'overtaken') and ${changed(['outcome', 'step', 'tried_at'])}`,
				code: 'DOORSTEP_APPEND_ONLY',
			},
			{
				refuseWhen: `(NEW.outcome = 'verified') <> (NEW.step is not null)
					or NEW.step is not null and not ${stepOf("s.id = NEW.step and s.kind = 'verify' and s.cycle = NEW.cycle")}
					or NEW.outcome = 'overtaken' and not ${stepOf("s.kind = 'reopen' and s.cycle > NEW.cycle")}`,
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_check_cases_tried',
		table: CHECK_CASES,
		timing: 'after',
		event: 'update',
		of: ['tried_at'],
		actions: [
			{
				run: `update ${CHECK_CASES} set attempts = attempts + 1 where id = NEW.id and NEW.tried_at is distinct from OLD.tried_at`,
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_steps_verify_checks',
		table: STEPS,
		timing: 'after',
		event: 'insert',
		actions: [
			{
				run: `update ${CHECK_CASES} set outcome = 'verified', tried_at = NEW.at, step = NEW.id
					where NEW.kind = 'verify' and cycle = NEW.cycle and ${drawnAndOpen}`,
			},
			{
				run: `update ${CHECK_CASES} set outcome = 'overtaken' where NEW.kind = 'reopen' and cycle < NEW.cycle and ${drawnAndOpen}`,
			},
		],
	},
];

/** What oversight owns in the database. */
export const OVERSIGHT_OBJECTS: readonly DatabaseObject[] = [...FIGURE_OBJECTS, ...CHECK_OBJECTS];
