import type { Knex } from 'knex';
import type { DatabaseObject } from '../platform/database-objects.js';
import { dialectOf, inBoth, rowsOf, type Dialect } from '../platform/dialect.js';

const FILES = 'directus_files';
const STEPS = 'doorstep_case_steps';
/** The column of Directus's files that says whose case they belong to; whoever sees the case sees its files, and nobody else. */
export const CASE_OF_FILE = 'doorstep_case';

/** What makes a file another one. Directus replaces contents without an event of its own, and notes the time of every change. */
const CONTENT = ['storage', 'filename_disk', 'type', 'filesize', 'uploaded_on', 'modified_on', CASE_OF_FILE];

/**
 * A column of a row of Directus's table. On PostgreSQL read so that it is null where somebody has deleted our column: then we are
 * broken, and Directus's files are not.
 */
function column(dialect: Dialect, row: 'OLD' | 'NEW', name: string): string {
	return dialect === 'postgres' ? `(to_jsonb(${row}) ->> '${name}')` : `${row}.${name}`;
}

/** Ids that stand in a step's column, joined by commas. */
function idsIn(dialect: Dialect, list: string): string {
	return dialect === 'postgres'
		? `(select unnest(string_to_array(${list}, ','))::uuid)`
		: `(select value from json_each('["' || replace(${list}, ',', '","') || '"]'))`;
}

function changedContent(dialect: Dialect): string {
	const changes = CONTENT.map(
		(name) => `${column(dialect, 'NEW', name)} is distinct from ${column(dialect, 'OLD', name)}`,
	);
	return `(${changes.join(' or ')})`;
}

/** Whether a step of the case in the new row names the file. */
function namedByStep(dialect: Dialect): string {
	const caseId = column(dialect, 'NEW', CASE_OF_FILE);
	const [id, file] = dialect === 'postgres' ? [`${caseId}::uuid`, 'NEW.id::text'] : [caseId, 'NEW.id'];
	return `exists (select 1 from ${STEPS} s where s.case_id = ${id} and s.files like '%' || ${file} || '%')`;
}

/** A file gets to a case by a step alone, and then stays as it is: steps are never changed, so what they show is not either. */
export const FILE_OBJECTS: readonly DatabaseObject[] = [
	// Directus gives its files no index on the uploader, by whom everybody finds what no step has claimed yet.
	{ kind: 'index', name: 'doorstep_files_uploaded', table: FILES, columns: ['uploaded_by', 'uploaded_on'] },
	// Nor on the folder, by which everybody finds the officials' photos.
	{ kind: 'index', name: 'doorstep_files_folder', table: FILES, columns: ['folder', 'uploaded_on'] },
	{
		kind: 'trigger',
		name: 'doorstep_files_unclaimed',
		table: FILES,
		timing: 'before',
		event: 'insert',
		actions: [
			{
				refuseWhen: inBoth((d) => `${column(d, 'NEW', CASE_OF_FILE)} is not null`),
				code: 'DOORSTEP_FILE_KEPT',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_files_kept',
		table: FILES,
		timing: 'before',
		event: 'update',
		actions: [
			{
				refuseWhen: inBoth((d) => `${column(d, 'OLD', CASE_OF_FILE)} is not null and ${changedContent(d)}`),
				code: 'DOORSTEP_FILE_KEPT',
			},
			{
				refuseWhen: inBoth(
					(d) =>
						`${column(d, 'OLD', CASE_OF_FILE)} is null and ${column(d, 'NEW', CASE_OF_FILE)} is not null and not ${namedByStep(d)}`,
				),
				code: 'DOORSTEP_FILE_KEPT',
			},
		],
	},
	{
		kind: 'trigger',
		name: 'doorstep_steps_attached',
		table: STEPS,
		timing: 'after',
		event: 'insert',
		actions: [
			{
				run: inBoth(
					(d) =>
						`update ${FILES} set ${CASE_OF_FILE} = NEW.case_id where NEW.files is not null and ${CASE_OF_FILE} is null and id in ${idsIn(d, 'NEW.files')}`,
				),
			},
		],
	},
];

/** Where our column had been deleted and was made anew: files go back to the cases whose steps name them. */
export async function attachAgain(database: Knex): Promise<void> {
	const dialect = dialectOf(database);
	const named = `from ${STEPS} s where s.files is not null and ${FILES}.id in ${idsIn(dialect, 's.files')}`;
	await rowsOf(
		database,
		dialect === 'postgres'
			? `update ${FILES} set ${CASE_OF_FILE} = s.case_id ${named} and ${CASE_OF_FILE} is null`
			: `update ${FILES} set ${CASE_OF_FILE} = (select s.case_id ${named})
				where ${CASE_OF_FILE} is null and exists (select 1 ${named})`,
	);
}

/** Steps whose file stands with another case, or with none; what was erased is gone and no fault. */
export async function filesElsewhere(trx: Knex, most: number): Promise<{ case_id: string; seq: number }[]> {
	const dialect = dialectOf(trx);
	return rowsOf(
		trx,
		`select s.case_id, s.seq from ${STEPS} s join ${FILES} f on f.id in ${idsIn(dialect, 's.files')}
			where s.files is not null and f.${CASE_OF_FILE} is distinct from s.case_id limit ${String(most)}`,
	);
}
