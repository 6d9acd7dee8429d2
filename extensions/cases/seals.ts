import type { Knex } from 'knex';
import { dialectOf, rowsOf, type Dialect } from '../platform/dialect.js';
import type { DatabaseObject, TriggerAction } from '../platform/database-objects.js';
import type { Once } from '../platform/installation.js';
import type { Fault } from './audit-rules.js';
import { FIXED } from './database.js';

/**
 * What is set once when a case is recorded or a rung is raised, and that no step's hash covers, is written down a second time. Triggers
 * keep either from being changed; where somebody gets past them, an audit names what does not fit any more.
 */
const SEALS = 'doorstep_seals';

interface Sealed {
	/** As it stands in a seal, so that one whose row is gone can be told. */
	kind: 'case' | 'rung';
	table: string;
	columns: readonly string[];
	times: readonly string[];
}

const SEALED: readonly Sealed[] = [
	{ kind: 'case', table: 'doorstep_cases', columns: FIXED, times: ['happened_at', 'received_at'] },
	{
		...{ kind: 'rung', table: 'doorstep_escalations', times: ['due_at', 'raised_at'] },
		columns: ['case_id', 'cycle', 'rung', 'name', 'due_at', 'raised_at', 'recipients'],
	},
];

/** The columns of a row as one text, the same whatever zone a session has and however a version writes seconds. */
function textOf(dialect: Dialect, { columns, times }: Sealed, row: string): string {
	const parts = columns.map((column) => {
		const value =
			dialect === 'postgres' && times.includes(column)
				? `cast(round(extract(epoch from ${row}.${column}) * 1000) as bigint)`
				: `${row}.${column}`;
		return `coalesce(cast(${value} as text), '')`;
	});
	return parts.join(" || '|' || ");
}

function sealing(sealed: Sealed): DatabaseObject {
	const rows = (dialect: Dialect, row: string, from: string): string =>
		`insert into ${SEALS} (item, kind, content) select cast(${row}.id as text), '${sealed.kind}', ${textOf(dialect, sealed, row)}${from}`;
	return {
		...{
			kind: 'trigger',
			name: `${sealed.table}_sealed`,
			table: sealed.table,
			timing: 'after',
			event: 'insert',
		},
		perStatement: true,
		actions: [
			{ run: { sqlite: rows('sqlite', 'NEW', ''), postgres: rows('postgres', 'n', ' from new_rows n') } },
		],
	};
}

const keeping = (event: 'update' | 'delete' | 'truncate'): DatabaseObject => {
	const actions: TriggerAction[] = [{ refuseWhen: 'true', code: 'DOORSTEP_APPEND_ONLY' }];
	return {
		kind: 'trigger',
		name: `${SEALS}_kept_from_${event}`,
		table: SEALS,
		timing: 'before',
		event,
		actions,
	};
};

export const SEAL_OBJECTS: readonly DatabaseObject[] = [
	{
		...{ kind: 'table', name: SEALS },
		columns: 'item varchar(36) primary key, kind varchar(8) not null, content text not null',
	},
	...SEALED.map(sealing),
	...(['update', 'delete', 'truncate'] as const).map(keeping),
];

/** Rows of before there were seals. Done once: a seal that is taken away later is missed, and nobody gets it back by provisioning. */
export const SEAL_WHAT_STANDS: Once = { name: 'sealed', run: sealUnsealed };

async function sealUnsealed(trx: Knex): Promise<void> {
	const dialect = dialectOf(trx);
	for (const sealed of SEALED) {
		await trx.raw(
			`insert into ${SEALS} (item, kind, content) select cast(t.id as text), '${sealed.kind}', ${textOf(dialect, sealed, 't')}
				from ${sealed.table} t where not exists (select 1 from ${SEALS} s where s.item = cast(t.id as text))`,
		);
	}
}

/** Rows that are not as they were sealed, or not sealed at all; and seals whose row is gone. */
export async function sealFaults(trx: Knex, most: number): Promise<Fault[]> {
	const dialect = dialectOf(trx);
	const faults: Fault[] = [];
	for (const sealed of SEALED) {
		const { kind, table } = sealed;
		const caseId = kind === 'case' ? 'id' : 'case_id';
		const broken = await rowsOf<{ case: string; item: string }>(
			trx,
			`select t.${caseId} as "case", t.id as item from ${table} t left join ${SEALS} s on s.item = cast(t.id as text)
				where s.content is distinct from ${textOf(dialect, sealed, 't')} limit ${String(most)}`,
		);
		const alone = await rowsOf<{ item: string }>(
			trx,
			`select item from ${SEALS} where kind = '${kind}' except select cast(id as text) from ${table} limit ${String(most)}`,
		);
		faults.push(
			...broken.map((row): Fault => ({ code: 'seal_differs', case: row.case, what: `${kind} ${row.item}` })),
			...alone.map(({ item }): Fault => ({ code: 'seal_alone', what: `${kind} ${item}` })),
		);
	}
	return faults;
}
