import type { DatabaseObject } from '../platform/database-objects.js';
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

/** Checks stay as they were drawn (S6). Of a drawn case only what came of it moves: tries are counted one by one, and a verification marks it by itself, whoever or whatever adds the step. */
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
					...['drawn_at', 'drawn_by', 'drawn_by_name'],
				]),
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
			{ refuseWhen: changed(['id', 'check_id', 'case_id', 'position']), code: 'DOORSTEP_APPEND_ONLY' },
			{
				refuseWhen: `OLD.outcome = 'verified' and ${changed(['outcome', 'step', 'tried_at'])}`,
				code: 'DOORSTEP_APPEND_ONLY',
			},
			{
				refuseWhen: `(NEW.outcome = 'verified') <> (NEW.step is not null) or NEW.step is not null and not exists (
					select 1 from ${STEPS} s where s.id = NEW.step and s.case_id = NEW.case_id and s.kind = 'verify')`,
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
					where NEW.kind = 'verify' and case_id = NEW.case_id and outcome <> 'verified'`,
			},
		],
	},
];

/** What oversight owns in the database. */
export const OVERSIGHT_OBJECTS: readonly DatabaseObject[] = [...FIGURE_OBJECTS, ...CHECK_OBJECTS];
