import type { DatabaseObject } from '../platform/database-objects.js';
import { COUNTED_STEPS } from './sources.js';

const CASES = 'doorstep_cases';
const STEPS = 'doorstep_case_steps';

/** Indexes by the times that figures are counted by. */
export const OVERSIGHT_OBJECTS: readonly DatabaseObject[] = [
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
