import { NOW_SQL } from '../platform/clock.js';
import type { DatabaseObject } from '../platform/database-objects.js';
import { UUID_SQL } from '../platform/dialect.js';
import { ERASED } from '../platform/erasure.js';
import { EMPTIED_FIELDS } from './personal.js';

const HOUSEHOLDS = 'doorstep_households';
const ASSIGNMENTS = 'doorstep_assignments';

const assign = {
	sqlite: `insert into ${ASSIGNMENTS} (id, household, cadre, starts_at) select ${UUID_SQL.sqlite}, NEW.id, NEW.cadre, ${NOW_SQL.sqlite}`,
	postgres: `insert into ${ASSIGNMENTS} (id, household, cadre, starts_at) values (${UUID_SQL.postgres}, NEW.id, NEW.cadre, ${NOW_SQL.postgres})`,
};

/** What an erased household looks like. An empty pinyin is one that nobody fills in. */
const bare = [
	`NEW.head_name = '${ERASED}'`,
	`NEW.pinyin is not distinct from ''`,
	...EMPTIED_FIELDS.map((field) => `NEW.${field} is null`),
].join(' and ');
const hasRunningCase =
	"exists (select 1 from doorstep_cases c where c.household = NEW.id and c.status in ('open', 'resolved'))";

/**
 * C2, C3: `households.cadre` says who answers; its history is written by the database, so that no path around Directus leaves a
 * gap. A handover takes the household's unfinished cases along.
 */
export const COVERAGE_OBJECTS: readonly DatabaseObject[] = [
	{
		kind: 'index',
		name: 'doorstep_assignments_once',
		table: ASSIGNMENTS,
		columns: ['household', 'starts_at'],
		unique: true,
	},
	{
		kind: 'index',
		name: 'doorstep_hamlets_once',
		table: 'doorstep_hamlets',
		columns: ['village', 'name'],
		unique: true,
	},
	{
		kind: 'trigger',
		name: 'doorstep_households_assigned',
		table: HOUSEHOLDS,
		timing: 'after',
		event: 'insert',
		actions: [{ run: assign }],
	},
	{
		kind: 'trigger',
		name: 'doorstep_households_not_born_erased',
		table: HOUSEHOLDS,
		timing: 'before',
		event: 'insert',
		actions: [
			{
				refuseWhen: 'NEW.erased_at is not null or NEW.erased_reason is not null',
				code: 'DOORSTEP_ERASE_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_households_stay_erased',
		table: HOUSEHOLDS,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: `OLD.erased_at is not null and (NEW.erased_at is distinct from OLD.erased_at
					or NEW.erased_reason is distinct from OLD.erased_reason or not (${bare}))`,
				code: 'DOORSTEP_ERASED',
			},
			{
				refuseWhen: `OLD.erased_at is null and (NEW.erased_at is not null or NEW.erased_reason is not null)
					and (NEW.erased_at is null or NEW.erased_reason is null or not (${bare}) or ${hasRunningCase})`,
				code: 'DOORSTEP_ERASE_ONLY',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_households_handed_over',
		table: HOUSEHOLDS,
		timing: 'after',
		event: 'update',
		perStatement: true,
		actions: [
			{
				run: {
					sqlite: `${assign.sqlite} where NEW.cadre <> OLD.cadre`,
					postgres: `insert into ${ASSIGNMENTS} (id, household, cadre, starts_at)
						select ${UUID_SQL.postgres}, n.id, n.cadre, ${NOW_SQL.postgres} from new_rows n join old_rows o on o.id = n.id where n.cadre <> o.cadre`,
				},
			},
			{
				run: {
					sqlite: `update doorstep_cases set holder = case when holder = cadre and about_cadre is null then NEW.cadre else holder end, cadre = NEW.cadre
						where household = NEW.id and status in ('open', 'resolved') and NEW.cadre <> OLD.cadre`,
					postgres: `with moved as materialized (select c.id, n.cadre as taker from doorstep_cases c
							join new_rows n on n.id = c.household join old_rows o on o.id = n.id
							where n.cadre <> o.cadre and c.status in ('open', 'resolved') order by c.id for no key update of c)
						update doorstep_cases c set holder = case when c.holder = c.cadre and c.about_cadre is null then moved.taker else c.holder end, cadre = moved.taker
							from moved where c.id = moved.id`,
				},
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_assignments_kept',
		table: ASSIGNMENTS,
		timing: 'before',
		event: 'delete',
		actions: [{ refuseWhen: 'true', code: 'DOORSTEP_APPEND_ONLY' }],
	},
	{
		kind: 'trigger',
		name: 'doorstep_assignments_not_truncated',
		table: ASSIGNMENTS,
		timing: 'before',
		event: 'truncate',
		actions: [{ refuseWhen: 'true', code: 'DOORSTEP_APPEND_ONLY' }],
	},
	{
		kind: 'trigger',
		name: 'doorstep_assignments_unchanged',
		table: ASSIGNMENTS,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen:
					'NEW.id <> OLD.id or NEW.household <> OLD.household or NEW.cadre <> OLD.cadre or NEW.starts_at <> OLD.starts_at',
				code: 'DOORSTEP_APPEND_ONLY',
			},
		],
	},
];
