/** How a Directus instance is run: by `npm start`, and by the tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PACKAGE = 'directus-extension-doorstep';
const PACKAGE_ROOT = join(import.meta.dirname, '..');
const BOOT_SECONDS = 120;

/** All that a Directus process reads: nothing else of ours reaches it. */
export type InstanceEnv = Record<string, string>;

export interface InstanceOptions {
	/** The instance's own folder and working directory: log, uploads, temporary files. */
	home: string;
	/** Folder that holds the staged package. */
	extensions: string;
	host: string;
	port: number;
	/** `DB_CLIENT` and what belongs to it, named as Directus names them. */
	database: Record<string, string>;
	secret: string;
	/** The log-in that `bootstrap` makes. */
	admin: { email: string; password: string };
	/** Whatever else Directus should know; wins over everything here. */
	extra?: Record<string, string>;
}

export interface Exit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

export interface Instance {
	/** Where this machine reaches it, without a slash at the end. */
	url: string;
	pid: number;
	/** Resolves when the process has ended, for whatever reason. */
	exited: Promise<Exit>;
	/** Ends it politely, by force after ten seconds. */
	stop(): Promise<Exit>;
	/** Ends it as a power cut would. */
	kill(): Promise<Exit>;
	/** Everything it has said, earlier runs in the same home included. */
	log(): Promise<string>;
}

/** Lays the built package where Directus looks for extensions. Copied, so that a later build does not change a running instance. */
export async function stagePackage(extensions: string): Promise<void> {
	const target = join(extensions, PACKAGE);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	const manifest = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
		files: string[];
	};
	for (const file of ['package.json', ...manifest.files]) {
		const source = join(PACKAGE_ROOT, file);
		if (existsSync(source)) await cp(source, join(target, file), { recursive: true });
	}
}

/** The whole environment of an instance. `PATH` and the like are inherited, settings of Directus are not. */
export function instanceEnv(options: InstanceOptions): InstanceEnv {
	return {
		...inherited(['PATH', 'HOME', 'TZ', 'LANG', 'LC_ALL', 'TMPDIR', 'SystemRoot', 'TEMP']),
		HOST: options.host,
		PORT: String(options.port),
		PUBLIC_URL: localUrl(options.host, options.port),
		SECRET: options.secret,
		ADMIN_EMAIL: options.admin.email,
		ADMIN_PASSWORD: options.admin.password,
		...options.database,

		EXTENSIONS_PATH: options.extensions,
		// Without it a broken extension only warns, and Directus runs on without us.
		EXTENSIONS_MUST_LOAD: 'true',
		PACKAGE_FILE_LOCATION: options.home,
		CONFIG_PATH: join(options.home, '.env'),
		TEMP_PATH: join(options.home, 'temp'),
		STORAGE_LOCATIONS: 'local',
		STORAGE_LOCAL_DRIVER: 'local',
		STORAGE_LOCAL_ROOT: join(options.home, 'uploads'),

		LOG_LEVEL: 'info',
		NO_COLOR: '1',
		TELEMETRY: 'false',
		CACHE_ENABLED: 'false',
		WEBSOCKETS_ENABLED: 'false',
		RATE_LIMITER_ENABLED: 'false',
		RATE_LIMITER_GLOBAL_ENABLED: 'false',
		// It answers 503 whenever the processor is busy, which on a small machine is often.
		PRESSURE_LIMITER_ENABLED: 'false',
		IP_TRUST_PROXY: 'false',
		EMAIL_VERIFY_SETUP: 'false',
		// The people of the demo are invented, and a machine may have a mailer all the same.
		DOORSTEP_MAIL_SECONDS: '0',
		...options.extra,
	};
}

/** The address under which this machine reaches a server that listens on `host`. */
export function localUrl(host: string, port: number): string {
	const reached = { '0.0.0.0': '127.0.0.1', '::': '[::1]', '::1': '[::1]' }[host] ?? host;
	return `http://${reached}:${port}`;
}

/** A port that was free a moment ago. */
export async function freePort(host: string): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, host, resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** Creates or upgrades Directus's own tables and, in an empty database, the administrator. */
export async function bootstrapInstance(env: InstanceEnv): Promise<void> {
	const run = await spawnDirectus(env, 'bootstrap');
	const exit = await run.exited;
	if (exit.code !== 0) throw new Error(await obituary('Directus could not be set up', exit, run.logFile));
}

/** Starts Directus and waits until it answers. It ends with the process that called this, even if that is killed. */
export async function startInstance(env: InstanceEnv): Promise<Instance> {
	const run = await spawnDirectus(env, 'start');
	const url = localUrl(env['HOST'] ?? '', Number(env['PORT']));
	const killed = () => end(run, 'SIGKILL');

	const answered = await Promise.race([
		listening(run.child),
		run.exited,
		sleep(BOOT_SECONDS * 1000, 'slow' as const, { ref: false }),
	]);
	if (answered === 'slow') await killed();
	if (answered !== 'listening') {
		const why =
			answered === 'slow' ? `Directus did not answer within ${BOOT_SECONDS} s` : 'Directus did not start';
		throw new Error(await obituary(why, await run.exited, run.logFile));
	}
	await expectPong(url);

	return {
		url,
		pid: run.pid,
		exited: run.exited,
		stop: () => Promise.race([end(run, 'SIGTERM'), sleep(10_000, undefined, { ref: false }).then(killed)]),
		kill: killed,
		log: () => readFile(run.logFile, 'utf8'),
	};
}

/** The last lines of a log, for messages about an instance that ended. */
export async function lastLines(logFile: string, count = 25): Promise<string> {
	const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
	// A crash quotes the line of source it happened in, and a built file is one long line.
	return lines
		.slice(-count)
		.map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line))
		.join('\n');
}

/** Where an instance writes what it has to say. */
export function logFileOf(home: string): string {
	return join(home, 'directus.log');
}

interface Run {
	child: ChildProcess;
	pid: number;
	exited: Promise<Exit>;
	logFile: string;
}

/** The working directory is the home, because Directus prefers a stray `.env` there to the environment that it is given. */
async function spawnDirectus(env: InstanceEnv, command: 'bootstrap' | 'start'): Promise<Run> {
	const home = env['PACKAGE_FILE_LOCATION'];
	if (home === undefined) throw new Error('This environment does not come from instanceEnv().');
	await mkdir(join(home, 'temp'), { recursive: true });
	await mkdir(join(home, 'uploads'), { recursive: true });
	// Directus reads the working directory's package.json for further extensions.
	await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: {} }));

	const logFile = logFileOf(home);
	const log = await open(logFile, 'a');
	const child = spawn(process.execPath, ['--import', ENDS_WITH_ITS_PARENT, directusCli(), command], {
		cwd: home,
		env,
		stdio: ['ignore', log.fd, log.fd, 'ipc'],
	});
	const exited = new Promise<Exit>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve({ code, signal }));
	});
	await log.close();
	if (child.pid === undefined) await exited;
	return { child, pid: child.pid ?? 0, exited, logFile };
}

/** Preloaded into Directus: a parent that dies without a word closes the channel, and Directus follows it. */
const ENDS_WITH_ITS_PARENT = `data:text/javascript,${encodeURIComponent(
	`process.channel?.unref(); process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));`,
)}`;

/** Not `directus/cli.js`: that one asks npm's registry for news first, which takes eight seconds where no network is. */
function directusCli(): string {
	const directus = createRequire(import.meta.url).resolve('directus/package.json');
	return createRequire(directus).resolve('@directus/api/cli/run.js');
}

/** Directus tells its parent when it listens. */
function listening(child: ChildProcess): Promise<'listening'> {
	return new Promise((resolve) => {
		child.on('message', (message) => {
			if (message === 'ready') resolve('listening');
		});
	});
}

async function expectPong(url: string): Promise<void> {
	const response = await fetch(`${url}/server/ping`, { signal: AbortSignal.timeout(10_000) });
	if (!response.ok)
		throw new Error(`Directus listens at ${url}, but answers a ping with ${response.status}.`);
}

function end(run: Run, signal: NodeJS.Signals): Promise<Exit> {
	run.child.kill(signal);
	return run.exited;
}

async function obituary(what: string, exit: Exit, logFile: string): Promise<string> {
	const how = exit.signal === null ? `exit code ${exit.code ?? 'unknown'}` : exit.signal;
	return `${what} (${how}). The end of ${logFile}:\n${await lastLines(logFile)}`;
}

function inherited(names: string[]): InstanceEnv {
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value]];
		}),
	);
}
