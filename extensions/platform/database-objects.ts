import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { dialectOf, rowsOf, type Dialect } from './dialect.js';

/** SQL that both databases take, or one text for each. */
export type Sql = string | Record<Dialect, string>;

/**
 * One thing that a trigger does: refuse the change when a condition holds, or run a statement. `only` says what has to hold of the row
 * itself; where it does not, the condition is not looked at: PostgreSQL runs a query for each that asks other tables.
 */
export type TriggerAction = { only?: string; refuseWhen: Sql; code: string } | { run: Sql };

export interface TableObject {
	kind: 'table';
	name: string;
	columns: string;
}

export interface IndexObject {
	kind: 'index';
	name: string;
	table: string;
	/** At least two for a partial index: Directus reads a partial unique index on one column back as a full one. */
	columns: readonly string[];
	unique?: boolean;
	where?: string;
}

export interface TriggerObject {
	kind: 'trigger';
	name: string;
	table: string;
	timing: 'before' | 'after';
	event: 'insert' | 'update' | 'delete' | 'truncate';
	/** Columns whose update fires it; all where left out. */
	of?: readonly string[];
	/** On PostgreSQL one call a statement, with `new_rows` and `old_rows`; SQLite knows row triggers only. */
	perStatement?: boolean;
	/** Databases it exists on; both where left out. */
	only?: Dialect;
	actions: readonly TriggerAction[];
}

/** A foreign key of Directus's that has to be checked at commit (PostgreSQL; SQLite defers by pragma). */
export interface DeferredKeyObject {
	kind: 'deferred_key';
	name: string;
	table: string;
}

/** What Directus's snapshot cannot hold and we own: tables of our own, indexes, triggers. */
export type DatabaseObject = TableObject | IndexObject | TriggerObject | DeferredKeyObject;

/**
 * Brings missing or outdated objects into being, each in the form of this version. Idempotent; call it inside a transaction that
 * no other instance runs at the same time (see installation.ts).
 *
 * @returns names of the objects that were written
 */
export async function installObjects(knex: Knex, objects: readonly DatabaseObject[]): Promise<string[]> {
	const dialect = dialectOf(knex);
	const standing = await standingObjects(knex, dialect);
	const written: string[] = [];
	for (const object of objects.filter((candidate) => belongsTo(candidate, dialect))) {
		if (standing.get(object.name) === marking(object, dialect)) continue;
		for (const sql of statements(object, dialect)) await knex.raw(sql);
		written.push(object.name);
	}
	return written;
}

/** Names of the objects that are missing, disabled or not as this version writes them. */
export async function faultyObjects(knex: Knex, objects: readonly DatabaseObject[]): Promise<string[]> {
	const dialect = dialectOf(knex);
	const standing = await standingObjects(knex, dialect);
	return objects
		.filter((object) => belongsTo(object, dialect) && standing.get(object.name) !== marking(object, dialect))
		.map((object) => object.name);
}

function belongsTo(object: DatabaseObject, dialect: Dialect): boolean {
	if (object.kind === 'deferred_key') return dialect === 'postgres';
	if (object.kind !== 'trigger') return true;
	if (object.event === 'truncate') return dialect === 'postgres';
	return object.only === undefined || object.only === dialect;
}

/** How an object that stands as it should is recognised: by its text on SQLite, by a comment with the text's hash on PostgreSQL. */
function marking(object: DatabaseObject, dialect: Dialect): string {
	if (object.kind === 'table') return 'table';
	if (object.kind === 'deferred_key') return 'deferred';
	const text = definition(object, dialect);
	return dialect === 'sqlite' ? normalise(text) : fingerprint(text);
}

async function standingObjects(knex: Knex, dialect: Dialect): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	if (dialect === 'sqlite') {
		const rows = await rowsOf<{ type: string; name: string; sql: string | null }>(
			knex,
			"select type, name, sql from sqlite_master where name like 'doorstep_%'",
		);
		for (const row of rows) found.set(row.name, row.type === 'table' ? 'table' : normalise(row.sql ?? ''));
		return found;
	}
	const rows = await rowsOf<{ name: string; mark: string | null }>(knex, STANDING_POSTGRES);
	for (const row of rows) found.set(row.name, row.mark ?? '');
	return found;
}

/** A function body is compared in full, so that a changed one does not hide behind an old comment. */
const STANDING_POSTGRES = `
	select c.relname as name, case c.relkind when 'i' then obj_description(c.oid, 'pg_class') else 'table' end as mark
		from pg_class c join pg_namespace s on s.oid = c.relnamespace left join pg_index i on i.indexrelid = c.oid
		where c.relname like 'doorstep\\_%' and s.nspname = current_schema() and (c.relkind = 'r' or (c.relkind = 'i' and i.indisvalid))
	union all
	select t.tgname, case when md5(p.prosrc) = split_part(obj_description(t.oid, 'pg_trigger'), ' ', 2)
			then split_part(obj_description(t.oid, 'pg_trigger'), ' ', 1) end
		from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace s on s.oid = c.relnamespace
			join pg_proc p on p.oid = t.tgfoid
		where not t.tgisinternal and t.tgenabled = 'O' and t.tgname like 'doorstep\\_%' and s.nspname = current_schema()
	union all
	select k.conname, 'deferred' from pg_constraint k join pg_namespace s on s.oid = k.connamespace
		where k.condeferred and k.conname like 'doorstep\\_%' and s.nspname = current_schema()`;

function statements(object: DatabaseObject, dialect: Dialect): string[] {
	switch (object.kind) {
		case 'table':
			return [definition(object, dialect)];
		case 'deferred_key':
			return [`alter table ${object.table} alter constraint ${object.name} deferrable initially deferred`];
		case 'index': {
			const create = [`drop index if exists ${object.name}`, definition(object, dialect)];
			if (dialect === 'postgres')
				create.push(`comment on index ${object.name} is '${fingerprint(definition(object, dialect))}'`);
			return create;
		}
		case 'trigger':
			return dialect === 'sqlite'
				? [`drop trigger if exists ${object.name}`, definition(object, dialect)]
				: postgresTrigger(object, definition(object, dialect));
	}
}

function postgresTrigger(trigger: TriggerObject, text: string): string[] {
	const body = postgresBody(trigger);
	const mark = `${fingerprint(text)} ${createHash('md5').update(body).digest('hex')}`;
	return [
		`create or replace function ${trigger.name}() returns trigger language plpgsql as $doorstep$${body}$doorstep$`,
		`drop trigger if exists ${trigger.name} on ${trigger.table}`,
		`create trigger ${trigger.name} ${postgresHead(trigger)} execute function ${trigger.name}()`,
		`comment on trigger ${trigger.name} on ${trigger.table} is '${mark}'`,
	];
}

/** The whole text of an object; two versions differ exactly when their texts do. */
function definition(object: Exclude<DatabaseObject, DeferredKeyObject>, dialect: Dialect): string {
	switch (object.kind) {
		case 'table':
			return `create table if not exists ${object.name} (${object.columns})`;
		case 'index': {
			const unique = object.unique ? 'unique ' : '';
			const where = object.where === undefined ? '' : ` where ${object.where}`;
			return `create ${unique}index ${object.name} on ${object.table} (${object.columns.join(', ')})${where}`;
		}
		case 'trigger':
			return dialect === 'sqlite'
				? sqliteTrigger(object)
				: `${object.name} ${postgresHead(object)} ${postgresBody(object)}`;
	}
}

function sqliteTrigger(trigger: TriggerObject): string {
	const actions = trigger.actions.map((action) =>
		'run' in action
			? `${textFor(action.run, 'sqlite')};`
			: `select raise(abort, '${action.code} ${trigger.table}') where ${conditionOf(action, 'sqlite')};`,
	);
	const of = trigger.of ? ` of ${trigger.of.join(', ')}` : '';
	return `create trigger ${trigger.name} ${trigger.timing} ${trigger.event}${of} on ${trigger.table} for each row begin ${actions.join(' ')} end`;
}

function conditionOf({ only, refuseWhen }: { only?: string; refuseWhen: Sql }, dialect: Dialect): string {
	const condition = textFor(refuseWhen, dialect);
	return only === undefined ? condition : `(${only}) and (${condition})`;
}

function postgresHead(trigger: TriggerObject): string {
	const of = trigger.of ? ` of ${trigger.of.join(', ')}` : '';
	const whole = trigger.perStatement === true || trigger.event === 'truncate';
	const rows =
		trigger.event === 'update' ? 'old table as old_rows new table as new_rows' : 'new table as new_rows';
	const referencing =
		trigger.perStatement === true && trigger.event !== 'delete' ? ` referencing ${rows}` : '';
	return `${trigger.timing} ${trigger.event}${of} on ${trigger.table}${referencing} for each ${whole ? 'statement' : 'row'}`;
}

function postgresBody(trigger: TriggerObject): string {
	const actions = trigger.actions.map((action) => {
		if ('run' in action) return `${textFor(action.run, 'postgres')};`;
		const raise = `raise exception '${action.code} ${trigger.table}' using errcode = 'DS001';`;
		const refuse = `if ${textFor(action.refuseWhen, 'postgres')} then ${raise} end if;`;
		return action.only === undefined ? refuse : `if ${action.only} then ${refuse} end if;`;
	});
	const back =
		trigger.timing === 'after' || trigger.event === 'truncate'
			? 'null'
			: trigger.event === 'delete'
				? 'OLD'
				: 'NEW';
	return ` begin ${actions.join(' ')} return ${back}; end `;
}

function textFor(sql: Sql, dialect: Dialect): string {
	return typeof sql === 'string' ? sql : sql[dialect];
}

function normalise(text: string): string {
	return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
