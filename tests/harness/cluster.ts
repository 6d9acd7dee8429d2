/** A PostgreSQL of a test's own: it can be stopped, crashed and starved, and nobody else's is. */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../seed/instance.js';
import { connectTo, type DatabaseSettings } from './database.js';
import { answers, findPrograms } from './services.js';

export interface Cluster {
	/** The copy that lies in it. */
	database: DatabaseSettings;
	start(): Promise<void>;
	/** `fast` breaks off whatever runs; `immediate` is a crash. */
	stop(how: 'fast' | 'immediate'): Promise<void>;
	remove(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';
const HOST = '127.0.0.1';
const NAME = 'township';
const run = promisify(execFile);

/** The folder with PostgreSQL's programs; null, and one loud line, where there is none. */
export function findPostgres(): string | null {
	const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
	return findPrograms(['initdb', 'postgres', 'pg_dump', 'psql'], debian);
}

/**
 * A new cluster with a copy of a database that nobody writes to.
 *
 * @param bin where PostgreSQL's programs are
 * @param tablespace a folder in which the copy is to lie; the log of transactions stays outside
 */
export async function startCluster(
	bin: string,
	from: DatabaseSettings,
	tablespace?: string,
): Promise<Cluster> {
	const home = await mkdtemp(join(tmpdir(), 'doorstep-postgres-'));
	const as = user();
	for (const folder of [home, tablespace]) {
		if (as !== null && folder !== undefined) await chown(folder, as.uid, as.gid);
	}
	const env = { PATH: process.env['PATH'], LC_ALL: 'C', PGPASSWORD: from['DB_PASSWORD'] };
	const call = (program: string, ...args: string[]) =>
		run(join(bin, program), args, { ...as, cwd: home, env, maxBuffer: 1e8 });
	const data = join(home, 'data');
	await call('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');

	const port = String(await freePort(HOST));
	const options = { listen_addresses: HOST, port, unix_socket_directories: home, fsync: 'off' };
	let server: ChildProcess | undefined;
	const start = async (): Promise<void> => {
		const given = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
		server = spawn(join(bin, 'postgres'), ['-D', data, ...given], {
			...as,
			cwd: home,
			env,
			stdio: 'ignore',
		});
		while (!(await speaks(settings('postgres', port)))) {
			if (server.exitCode !== null) throw new Error(`PostgreSQL did not start in ${data}.`);
			await sleep(50);
		}
	};
	const stop = async (how: 'fast' | 'immediate'): Promise<void> => {
		if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((resolve) => server?.once('exit', resolve));
		server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
		await ended;
	};
	process.once('exit', () => server?.kill('SIGQUIT'));

	await start();
	const place = tablespace === undefined ? '' : ' tablespace small';
	const admin = connectTo(settings('postgres', port));
	if (tablespace !== undefined) await admin.raw(`create tablespace small location '${tablespace}'`);
	await admin.raw(`create database ${NAME}${place}`);
	await admin.destroy();
	const dump = join(home, 'dump.sql');
	const { DB_HOST = '', DB_PORT = '', DB_USER = '', DB_DATABASE = '' } = from;
	const source = ['-h', DB_HOST, '-p', DB_PORT, '-U', DB_USER, '-d', DB_DATABASE];
	await call('pg_dump', ...source, '--no-owner', '--no-acl', '-f', dump);
	const target = ['-h', HOST, '-p', port, '-U', 'postgres', '-d', NAME];
	await call('psql', ...target, '-q', '-v', 'ON_ERROR_STOP=1', '-f', dump);

	return {
		database: settings(NAME, port),
		start,
		stop,
		async remove() {
			await stop('immediate');
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** PostgreSQL refuses to run as root: then it is whoever the system has for it. */
function user(): { uid: number; gid: number } | null {
	if (process.getuid?.() !== 0) return null;
	const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

function settings(database: string, port: string): DatabaseSettings {
	return {
		...{ DB_CLIENT: 'pg', DB_HOST: HOST, DB_PORT: port, DB_USER: 'postgres', DB_PASSWORD: 'trusted' },
		DB_DATABASE: database,
	};
}

/** A server that is recovering listens, and refuses. */
async function speaks(database: DatabaseSettings): Promise<boolean> {
	if (!(await answers(HOST, Number(database['DB_PORT'])))) return false;
	const connection = connectTo(database);
	try {
		await connection.raw('select 1');
		return true;
	} catch {
		return false;
	} finally {
		await connection.destroy();
	}
}
