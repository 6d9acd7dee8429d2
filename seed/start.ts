/** The second half of `npm start`: everything is installed and built; now the instance is set up, filled and run. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepCredentials, type Credentials } from './credentials.js';
import { seedTownship, type LogIn } from './demo/seed.js';
import {
	bootstrapInstance,
	instanceEnv,
	lastLines,
	localUrl,
	logFileOf,
	stagePackage,
	startInstance,
	type Instance,
	type InstanceEnv,
} from './instance.js';
import { takeLock } from './lock.js';

/** Settings of Directus that the demo decides itself; all others pass. */
const OWN_SETTINGS = [
	'CONFIG_PATH',
	'EXTENSIONS_PATH',
	'EXTENSIONS_MUST_LOAD',
	'PACKAGE_FILE_LOCATION',
	'TEMP_PATH',
	'NODE_OPTIONS',
];
const HEALTH_SECONDS = 600;

/** Hats as their policies are named. */
const HAT_WORDS: Readonly<Record<LogIn['hat'], string>> = {
	administrator: '系统管理员 Administrator',
	cadre: '包户干部 Cadre',
	team_leader: '驻村工作队队长 Team leader',
	town_leader: '镇领导 Town leader',
	supervisor: '督导组成员 Supervisor',
	data_clerk: '信息员 Data clerk',
	village_clerk: '嘎查村信息员 Village data clerk',
	printer: '文印员 Printer',
	sensitive_information: '敏感信息 Sensitive information',
	sensitive_villages: '嘎查村敏感信息 Sensitive information of a village',
};

interface Settings {
	home: string;
	host: string;
	port: number;
	adminEmail: string;
	seed: 'demo' | 'small' | 'none';
	database: Record<string, string>;
	given: Partial<Credentials>;
	/** What else the person who starts it wants Directus to know. */
	extra: Record<string, string>;
}

await main();
// The channel to our parent, and a bootstrap that nobody waits for, would keep us.
process.exit();

async function main(): Promise<void> {
	const stop = stopOnSignal();
	try {
		const settings = readSettings(process.env);
		await mkdir(settings.home, { recursive: true });
		const lock = await takeLock(join(settings.home, 'running.pid'));
		if ('heldBy' in lock) {
			throw new Error(
				`${settings.home} 正由进程 ${lock.heldBy} 使用，同一目录不能运行两个实例。\n` +
					`${settings.home} is in use by process ${lock.heldBy}; one folder cannot run two instances.`,
			);
		}
		await run(settings, stop).finally(() => lock.release());
	} catch (error) {
		if (stop.aborted) return;
		console.error(
			`\n启动失败 / Doorstep ended:\n${error instanceof Error ? error.message : String(error)}\n`,
		);
		process.exitCode = 1;
	}
}

async function run(settings: Settings, stop: AbortSignal): Promise<void> {
	const credentials = await keepCredentials(settings.home, settings.given);
	const extensions = join(settings.home, 'extensions');
	const env = instanceEnv({
		...settings,
		extensions,
		secret: credentials.secret,
		admin: { email: settings.adminEmail, password: credentials.adminPassword },
	});

	await stagePackage(extensions);
	await unlessStopped(stop, bootstrapWhenNew(settings, env));
	const instance = await unlessStopped(
		stop,
		step('启动 Directus / Starting Directus', () => startInstance(env)),
	);
	try {
		const logIns = await unlessStopped(
			stop,
			Promise.race([fill(instance, settings, credentials), endOf(instance, settings)]),
		);
		console.log(welcome(settings, credentials, logIns));
		await unlessStopped(stop, endOf(instance, settings));
	} finally {
		await instance.stop();
	}
}

function readSettings(env: NodeJS.ProcessEnv): Settings {
	const home = resolve(env['DOORSTEP_HOME'] || '.directus');
	const seed = env['DOORSTEP_SEED'] || 'demo';
	if (seed !== 'demo' && seed !== 'small' && seed !== 'none') {
		throw new Error(`DOORSTEP_SEED=${seed}: demo | small | none`);
	}
	const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
	const given = Object.fromEntries(set.filter(([name]) => name.startsWith('DB_')));
	const others = set.filter(([name]) => /^[A-Z]/.test(name) && !name.startsWith('DB_'));
	return {
		home,
		host: env['HOST'] || '127.0.0.1',
		port: Number(env['PORT'] || 8055),
		adminEmail: env['ADMIN_EMAIL'] || 'admin@doorstep.example.com',
		seed,
		database: databaseOf(home, given),
		given: {
			...(env['SECRET'] ? { secret: env['SECRET'] } : {}),
			...(env['ADMIN_PASSWORD'] ? { adminPassword: env['ADMIN_PASSWORD'] } : {}),
			...(env['DOORSTEP_DEMO_PASSWORD'] ? { demoPassword: env['DOORSTEP_DEMO_PASSWORD'] } : {}),
		},
		extra: {
			...Object.fromEntries(others.filter(([name]) => !OWN_SETTINGS.includes(name))),
			DOORSTEP_SEED: seed,
		},
	};
}

/** SQLite in the home unless another database is named. Directus runs in the home, so a relative file name is ours to resolve. */
function databaseOf(home: string, given: Record<string, string>): Record<string, string> {
	const { DB_CLIENT = 'sqlite3', DB_FILENAME } = given;
	if (DB_CLIENT !== 'sqlite3') return given;
	return { ...given, DB_CLIENT, DB_FILENAME: resolve(DB_FILENAME ?? join(home, 'township.sqlite')) };
}

/** Harmless on a database that is set up, but it takes seconds: on SQLite, where nobody else can have emptied the file, it is left out. */
async function bootstrapWhenNew(settings: Settings, env: InstanceEnv): Promise<void> {
	const done = join(settings.home, 'bootstrapped');
	const { DB_CLIENT, DB_FILENAME = '' } = settings.database;
	const stamp = `${DB_FILENAME} ${await directusVersion()}`;
	if (DB_CLIENT === 'sqlite3' && existsSync(DB_FILENAME) && existsSync(done)) {
		if ((await readFile(done, 'utf8')) === stamp) return;
	}
	await step('准备数据库 / Setting up the database', () => bootstrapInstance(env));
	await writeFile(done, stamp);
}

/** Collections, rights, demo township. Every part may be there already. */
async function fill(instance: Instance, settings: Settings, credentials: Credentials): Promise<LogIn[]> {
	const token = await logIn(instance.url, settings.adminEmail, credentials.adminPassword);
	await step('安装农事户办 / Provisioning Doorstep', () => provision(instance.url, token));
	let logIns: LogIn[] = [];
	const { seed } = settings;
	if (seed !== 'none') {
		logIns = await step('写入示范乡镇 / Filling in the demo township', (report) =>
			seedTownship({ url: instance.url, token, size: seed, password: credentials.demoPassword, report }),
		);
	}
	await step('等待就绪 / Waiting until it is ready', () => healthy(instance.url));
	return logIns;
}

async function logIn(url: string, email: string, password: string): Promise<string> {
	const response = await post(`${url}/auth/login`, { email, password });
	if (response.status === 401) {
		throw new Error(
			`数据库中没有 ${email}，或密码不同。请提供建库时的 ADMIN_EMAIL 和 ADMIN_PASSWORD。\n` +
				`The database knows ${email} by another password, or not at all. Give ADMIN_EMAIL and ADMIN_PASSWORD as they were when it was set up.`,
		);
	}
	const { data } = (await expectOk(response, 'The log-in')) as { data: { access_token: string } };
	return data.access_token;
}

async function provision(url: string, token: string): Promise<void> {
	await expectOk(await post(`${url}/doorstep/provision`, {}, token), 'POST /doorstep/provision');
}

async function healthy(url: string): Promise<void> {
	const deadline = Date.now() + HEALTH_SECONDS * 1000;
	for (;;) {
		const response = await fetch(`${url}/doorstep/health`);
		if (response.ok) return;
		if (Date.now() > deadline) {
			throw new Error(`GET /doorstep/health still answers ${response.status}: ${await response.text()}`);
		}
		await sleep(1000);
	}
}

function post(url: string, body: unknown, token?: string): Promise<Response> {
	return fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
		},
		body: JSON.stringify(body),
	});
}

async function expectOk(response: Response, what: string): Promise<unknown> {
	const text = await response.text();
	if (!response.ok) throw new Error(`${what} was answered with ${response.status}: ${text}`);
	return text === '' ? null : (JSON.parse(text) as unknown);
}

/** Aborted when somebody wants us to end: Ctrl-C, a service manager, or the death of `start.mjs`. */
function stopOnSignal(): AbortSignal {
	const controller = new AbortController();
	const stop = () => {
		if (!controller.signal.aborted) console.log('\n正在停止 … / Stopping …');
		controller.abort();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
	process.once('disconnect', stop);
	return controller.signal;
}

/** Waits for the work, but no longer than until somebody wants us to end. */
function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
	const stopped = new Promise<never>((_resolve, reject) => {
		const end = () => reject(new Error('Stopped.'));
		if (stop.aborted) end();
		stop.addEventListener('abort', end, { once: true });
	});
	return Promise.race([work, stopped]);
}

/** Rejects when Directus ends by itself. */
async function endOf(instance: Instance, settings: Settings): Promise<never> {
	const { code, signal } = await instance.exited;
	const logFile = logFileOf(settings.home);
	throw new Error(
		`Directus 已退出 / Directus ended (${signal ?? `exit code ${code ?? 'unknown'}`}). ${logFile}:\n${await lastLines(logFile)}`,
	);
}

/** Does something that may take long, and says so every five seconds. */
async function step<T>(what: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
	const start = Date.now();
	const seconds = () => Math.round((Date.now() - start) / 1000);
	console.log(`${what} …`);
	const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 5_000);
	try {
		const result = await work((line) => console.log(`  ${line} (${seconds()} s)`));
		console.log(`  ✓ ${seconds()} s`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}

/** Where to go, and who one can be there. */
function welcome(settings: Settings, credentials: Credentials, logIns: LogIn[]): string {
	const rows = [
		['身份 Hat', '邮箱 E-mail', '密码 Password'],
		[HAT_WORDS.administrator, settings.adminEmail, credentials.adminPassword],
		...logIns.map(({ hat, email }) => [HAT_WORDS[hat], email, credentials.demoPassword]),
	];
	const columns = [0, 1, 2].map((column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
	const table = rows.map((row) =>
		row
			.map((cell, column) => pad(cell, columns[column] ?? 0))
			.join('   ')
			.trimEnd(),
	);
	return [
		'',
		`农事户办已就绪 / Doorstep is ready:  ${settings.extra['PUBLIC_URL'] ?? localUrl(settings.host, settings.port)}`,
		'',
		...table.map((line) => `  ${line}`),
		'',
		`日志 / Log:  ${logFileOf(settings.home)}`,
		'按 Ctrl-C 停止 / Press Ctrl-C to stop',
		'',
	].join('\n');
}

function pad(text: string, width: number): string {
	return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Columns in a terminal: a Chinese character takes two. */
function widthOf(text: string): number {
	return [...text].reduce((width, char) => width + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
}

async function directusVersion(): Promise<string> {
	const manifest = createRequire(import.meta.url).resolve('directus/package.json');
	return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
}
