import { NOW_SQL } from '../platform/clock.js';
import type { DatabaseObject } from '../platform/database-objects.js';
import { inBoth } from '../platform/dialect.js';
import { changed, neverDeleted } from '../platform/kept-rows.js';

const CASES = 'doorstep_cases';
const ESCALATIONS = 'doorstep_escalations';

/** What raised rungs own in the database: they come by a sweep, are acknowledged once, and stay. */
export const RUNG_OBJECTS: readonly DatabaseObject[] = [
	{
		kind: 'index',
		name: 'doorstep_escalations_once',
		table: ESCALATIONS,
		columns: ['case_id', 'cycle', 'rung'],
		unique: true,
	},
	{
		kind: 'index',
		name: 'doorstep_escalations_waiting',
		table: ESCALATIONS,
		columns: ['acknowledged_at', 'raised_at'],
	},
	...neverDeleted(ESCALATIONS, 'escalations'),
	// A Flow without events may write what it likes: a rung is raised only for a case that waits for one, which is for a sweep's time.
	{
		kind: 'trigger',
		name: 'doorstep_escalations_due',
		table: ESCALATIONS,
		timing: 'before',
		event: 'insert',
		actions: [
			{
				refuseWhen: inBoth(
					(
						d,
					) => `NEW.acknowledged_at is not null or not exists (select 1 from ${CASES} c where c.id = NEW.case_id
					and c.cycle = NEW.cycle and c.status = 'open' and c.next_rung_at <= ${NOW_SQL[d]} and NEW.rung > c.rung_base)`,
				),
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_escalations_unchanged',
		table: ESCALATIONS,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: {
					postgres: `${changed(['id', 'case_id', 'cycle', 'rung', 'name', 'due_at', 'raised_at'])} or NEW.recipients::text <> OLD.recipients::text`,
					sqlite: changed(['id', 'case_id', 'cycle', 'rung', 'name', 'due_at', 'raised_at', 'recipients']),
				},
				code: 'DOORSTEP_APPEND_ONLY',
			},
			{
				refuseWhen: `NEW.acknowledged_at is null and (NEW.acknowledged_by is not null or NEW.acknowledged_by_name is not null)`,
				code: 'DOORSTEP_APPEND_ONLY',
			},
			{
				refuseWhen: `OLD.acknowledged_at is not null and ${changed(['acknowledged_at', 'acknowledged_by', 'acknowledged_by_name'])}`,
				code: 'DOORSTEP_ALREADY_ACKNOWLEDGED',
			},
		],
	},
];
