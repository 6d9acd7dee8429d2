import type { DatabaseObject } from '../platform/database-objects.js';
import { inBoth } from '../platform/dialect.js';
import { moveLadderSql } from './ladder-sql.js';

const RULES = 'doorstep_escalation_rules';
const CALENDAR = 'doorstep_calendar';

/** Whatever changes the ladder moves the cases that run on it. */
const ladderTriggers = (['insert', 'update', 'delete'] as const).map((event): DatabaseObject => ({
	kind: 'trigger',
	name: `doorstep_rules_moved_by_${event}`,
	table: RULES,
	timing: 'after',
	event,
	perStatement: true,
	actions: [{ run: inBoth((d) => moveLadderSql(d)) }],
}));

/** A day that turns working or free shifts the count of all later days, and the rungs that count by it. */
const calendarTriggers: DatabaseObject[] = [
	{
		kind: 'trigger',
		name: 'doorstep_calendar_added',
		table: CALENDAR,
		timing: 'after',
		event: 'insert',
		actions: [
			{
				run: `update ${CALENDAR} set ordinal = ordinal + case when NEW.working then 1 else 0 end where day > NEW.day and NEW.ordinal = 0`,
			},
			{
				run: `update ${CALENDAR} set ordinal = case when NEW.working then 1 else 0 end
					+ coalesce((select max(b.ordinal) from ${CALENDAR} b where b.day < NEW.day), 0) where day = NEW.day and NEW.ordinal = 0`,
			},
			{ run: inBoth((d) => `${moveLadderSql(d, 'NEW.day')} and NEW.ordinal = 0`) },
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_calendar_counted',
		table: CALENDAR,
		timing: 'after',
		event: 'update',
		of: ['working'],
		actions: [
			{
				run: `update ${CALENDAR} set ordinal = ordinal + case when NEW.working then 1 else -1 end
					where day >= NEW.day and NEW.working <> OLD.working`,
			},
			{ run: inBoth((d) => moveLadderSql(d, 'NEW.day')) },
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_calendar_kept',
		table: CALENDAR,
		timing: 'before',
		event: 'delete',
		actions: [{ refuseWhen: 'true', code: 'DOORSTEP_CALENDAR_KEPT' }],
	},
];

/** What the ladder and its calendar own in the database. */
export const LADDER_OBJECTS: readonly DatabaseObject[] = [
	{
		kind: 'index',
		name: 'doorstep_rules_once',
		table: RULES,
		columns: ['ledger', 'rung'],
		unique: true,
		where: 'service is null',
	},
	{
		kind: 'index',
		name: 'doorstep_rules_once_by_service',
		table: RULES,
		columns: ['service', 'ledger', 'rung'],
		unique: true,
	},
	{ kind: 'index', name: 'doorstep_calendar_ordinals', table: CALENDAR, columns: ['ordinal', 'day'] },
	...ladderTriggers,
	...calendarTriggers,
];
