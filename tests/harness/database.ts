/** What the two databases do differently when a whole instance is copied. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import createKnex, { type Knex } from 'knex';
import { isAlive } from '../../seed/lock.js';
import { urlOf } from './services.js';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A database as Directus is told of it: `DB_CLIENT` and what belongs to it. */
export type DatabaseSettings = Record<string, string>;

const FILE = 'township.sqlite';
/** One server may serve several checkouts: each keeps to databases of its own. */
const PREFIX = `doorstep_${createHash('sha256')
	.update(import.meta.dirname)
	.digest('hex')
	.slice(0, 6)}`;

/** An empty database; on SQLite the file comes into being by itself. */
export async function createDatabase(kind: DatabaseKind, home: string): Promise<DatabaseSettings> {
	if (kind === 'sqlite') return sqliteSettings(home);
	const name = nameOfCopy();
	await onServer((server) => server.raw('create database ??', [name]));
	return postgresSettings(name);
}

/** A copy of a database that nobody is connected to. */
export async function copyDatabase(from: DatabaseSettings, home: string): Promise<DatabaseSettings> {
	const file = from['DB_FILENAME'];
	if (file !== undefined) {
		await copyFile(file, join(home, FILE));
		return sqliteSettings(home);
	}
	const name = nameOfCopy();
	await onServer((server) => server.raw('create database ?? template ??', [name, from['DB_DATABASE'] ?? '']));
	return postgresSettings(name);
}

/** Whoever is still connected is cut off. On SQLite the file goes with its folder. */
export async function dropDatabase(settings: DatabaseSettings): Promise<void> {
	const name = settings['DB_DATABASE'];
	if (name !== undefined) await onServer((server) => drop(server, name));
}

/** A database that is whole gets the name under which it is found; on SQLite its folder is enough. */
export async function renameDatabase(from: DatabaseSettings, name: string): Promise<DatabaseSettings> {
	const present = from['DB_DATABASE'];
	if (present === undefined) return from;
	await onServer(async (server) => {
		await drop(server, name);
		await server.raw('alter database ?? rename to ??', [present, name]);
	});
	return postgresSettings(name);
}

/** Somebody may have removed it since its name was written down. */
export async function databaseExists(settings: DatabaseSettings): Promise<boolean> {
	const { DB_DATABASE, DB_FILENAME } = settings;
	if (DB_DATABASE === undefined) return existsSync(DB_FILENAME ?? '');
	return onServer(async (server) => (await databaseNames(server)).includes(DB_DATABASE));
}

export function templateName(key: string, stage: string): string {
	return `${PREFIX}_template_${key}_${stage}`;
}

/** The name tells whose copy it is, so that those of a killed run can be told apart. */
function nameOfCopy(): string {
	return `${PREFIX}_copy_${process.pid}_${randomBytes(4).toString('hex')}`;
}

/** Removes the databases of killed runs, and those of the templates named. */
export async function sweepServer(oldKeys: string[]): Promise<void> {
	await onServer(async (server) => {
		for (const name of await databaseNames(server)) {
			const orphaned = name.startsWith(`${PREFIX}_copy_`) && !isAlive(Number(name.split('_')[3]));
			const old = oldKeys.some((key) => name.startsWith(`${PREFIX}_template_${key}_`));
			if (orphaned || old) await drop(server, name);
		}
	});
}

/** A connection of the test's own, beside those of Directus. */
export function connectTo(settings: DatabaseSettings): Knex {
	const file = settings['DB_FILENAME'];
	if (file === undefined)
		return createKnex({ client: 'pg', connection: connectionOf(settings), pool: { min: 0, max: 4 } });
	return createKnex({
		client: 'sqlite3',
		connection: { filename: file },
		useNullAsDefault: true,
		pool: {
			min: 0,
			max: 1,
			// Directus writes to the same file.
			afterCreate: (connection: { configure(option: 'busyTimeout', ms: number): void }, done: () => void) => {
				connection.configure('busyTimeout', 10_000);
				done();
			},
		},
	});
}

function sqliteSettings(home: string): DatabaseSettings {
	return { DB_CLIENT: 'sqlite3', DB_FILENAME: join(home, FILE) };
}

function postgresSettings(database: string): DatabaseSettings {
	const url = new URL(urlOf('PostgreSQL'));
	return {
		DB_CLIENT: 'pg',
		DB_HOST: url.hostname,
		DB_PORT: url.port || '5432',
		DB_USER: decodeURIComponent(url.username),
		DB_PASSWORD: decodeURIComponent(url.password),
		DB_DATABASE: database,
	};
}

function connectionOf(settings: DatabaseSettings): Knex.PgConnectionConfig {
	return {
		host: settings['DB_HOST'] ?? '',
		port: Number(settings['DB_PORT']),
		user: settings['DB_USER'] ?? '',
		password: settings['DB_PASSWORD'] ?? '',
		database: settings['DB_DATABASE'] ?? '',
	};
}

async function onServer<T>(work: (server: Knex) => Promise<T>): Promise<T> {
	const database = new URL(urlOf('PostgreSQL')).pathname.slice(1) || 'postgres';
	const server = connectTo(postgresSettings(database));
	try {
		return await work(server);
	} finally {
		await server.destroy();
	}
}

async function drop(server: Knex, name: string): Promise<void> {
	await server.raw('drop database if exists ?? with (force)', [name]);
}

async function databaseNames(server: Knex): Promise<string[]> {
	const rows = await server('pg_database').select<{ datname: string }[]>('datname');
	return rows.map(({ datname }) => datname);
}
