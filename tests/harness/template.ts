/** The instances that every test copies: made once for a state of the sources, kept under `.cache/`. */
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LogIn } from '../../seed/demo/seed.js';
import {
	bootstrapInstance,
	freePort,
	instanceEnv,
	lastLines,
	logFileOf,
	stagePackage,
	startInstance,
	type InstanceEnv,
} from '../../seed/instance.js';
import { isAlive, waitForLock } from '../../seed/lock.js';
import { buildWhenNeeded, ROOT } from '../../seed/prepare.mjs';
import {
	copyDatabase,
	createDatabase,
	databaseExists,
	renameDatabase,
	sweepServer,
	templateName,
	type DatabaseKind,
	type DatabaseSettings,
} from './database.js';
import { clientOf, logIn, type Client } from './request.js';

/** `bare`: deployed, not provisioned. `provisioned`: ready, and empty. `township`: with the small demo township. */
export type Stage = 'bare' | 'provisioned' | 'township';

export interface StoppedInstance {
	home: string;
	database: DatabaseSettings;
}

export interface Template {
	kind: DatabaseKind;
	extensions: string;
	secret: string;
	admin: { email: string; password: string };
	/** Everybody in the township has this one. */
	demoPassword: string;
	logIns: LogIn[];
	/** A stage that could not be reached says why; tests that need it fail with that. */
	stages: Record<Stage, StoppedInstance | { failure: string }>;
}

const HOST = '127.0.0.1';
const CACHE = join(ROOT, '.cache');
const TEMPLATES = join(CACHE, 'templates');
const COPIES = join(CACHE, 'copies');
const TEMPLATES_KEPT = 3;
/** The township is written with functions of the extension itself, hence its sources beside what was built from them. */
const SOURCES = [
	'dist',
	'package.json',
	'schema-snapshot.yaml',
	'templates',
	'extensions',
	'seed',
	'tests/harness',
];
const HEALTH_SECONDS = 300;

/** The template of today's sources: from the cache, or made now, which takes most of a minute. */
export async function prepareTemplate(kind: DatabaseKind): Promise<Template> {
	await mkdir(CACHE, { recursive: true });
	await locked('build', buildWhenNeeded);
	const key = await keyOfSources();
	return locked(kind, async () => {
		await sweep(kind);
		const file = join(TEMPLATES, key, kind, 'template.json');
		const kept = await readKept(file);
		if (kept !== null) return kept;
		console.log(`Preparing the ${kind} template (kept until a source changes) …`);
		const template = await makeTemplate(kind, key);
		const failure = Object.values(template.stages).find((stage) => 'failure' in stage)?.failure;
		if (failure === undefined) await writeFile(file, JSON.stringify(template));
		else console.error(`  !!  ${failure}`);
		return template;
	});
}

/** A folder for one copy; its name tells whose it is. */
export async function newHome(): Promise<string> {
	const home = join(COPIES, `${process.pid}-${randomBytes(4).toString('hex')}`);
	await mkdir(home, { recursive: true });
	return home;
}

/** Uploads and database of an instance that is not running. */
export async function copyInstance(from: StoppedInstance, home: string): Promise<StoppedInstance> {
	await mkdir(home, { recursive: true });
	await cp(join(from.home, 'uploads'), join(home, 'uploads'), { recursive: true });
	return { home, database: await copyDatabase(from.database, home) };
}

/**
 * What an instance under test reads. Without the studio it starts in half the time. It sends no mail: where a developer’s machine
 * has sendmail, tests would post to people who are invented.
 */
export async function testEnv(
	template: Omit<Template, 'stages'>,
	{ home, database }: StoppedInstance,
	extra: Record<string, string> = {},
): Promise<InstanceEnv> {
	return instanceEnv({
		...template,
		home,
		database,
		host: HOST,
		port: await freePort(HOST),
		extra: {
			...{ SERVE_APP: 'false', LOGIN_STALL_TIME: '0', ACCESS_TOKEN_TTL: '1d' },
			...{ DOORSTEP_MAIL_SECONDS: '0', DOORSTEP_WATCH_SECONDS: '0', DOORSTEP_AUDIT_HOURS: '0', ...extra },
		},
	});
}

async function makeTemplate(kind: DatabaseKind, key: string): Promise<Template> {
	const folder = join(TEMPLATES, key, kind);
	await rm(folder, { recursive: true, force: true });
	const template = {
		kind,
		extensions: join(folder, 'extensions'),
		secret: randomBytes(32).toString('hex'),
		admin: { email: 'admin@doorstep.example.com', password: 'template-admin' },
		demoPassword: 'template-demo',
		logIns: [] as LogIn[],
	};
	await stagePackage(template.extensions);

	const bare = await makeBare(template, join(folder, 'bare'));
	const provisioned = await attempt(bare, 'provisioned', async (from) => {
		const copy = await copyInstance(from, join(folder, 'provisioned'));
		await whileRunning(template, copy, {}, async (admin) => {
			await admin.ok('POST', '/doorstep/provision', {});
			await healthy(admin);
		});
		return copy;
	});
	const township = await attempt(provisioned, 'filled with the small township', async (from) => {
		const copy = await copyInstance(from, join(folder, 'township'));
		await whileRunning(template, copy, { DOORSTEP_SEED: 'small' }, async (admin) => {
			const { seedTownship } = await import('../../seed/demo/seed.js');
			template.logIns = await seedTownship({
				url: admin.url,
				token: admin.token ?? '',
				size: 'small',
				password: template.demoPassword,
				report: () => undefined,
			});
			await healthy(admin);
		});
		return copy;
	});

	return {
		...template,
		stages: {
			bare: await finished(bare, key, 'bare'),
			provisioned: await finished(provisioned, key, 'provisioned'),
			township: await finished(township, key, 'township'),
		},
	};
}

async function makeBare(template: Omit<Template, 'stages'>, home: string): Promise<StoppedInstance> {
	await mkdir(home, { recursive: true });
	const bare = { home, database: await createDatabase(template.kind, home) };
	await bootstrapInstance(await testEnv(template, bare));
	return bare;
}

type Outcome = StoppedInstance | { failure: string };

/** A stage that fails leaves the earlier ones usable. */
async function attempt(
	from: Outcome,
	what: string,
	make: (from: StoppedInstance) => Promise<StoppedInstance>,
): Promise<Outcome> {
	if ('failure' in from) return from;
	try {
		return await make(from);
	} catch (error) {
		return {
			failure: `The instance could not be ${what}: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
}

/** On PostgreSQL a database gets its lasting name only when it is whole. */
async function finished(outcome: Outcome, key: string, stage: Stage): Promise<Outcome> {
	if ('failure' in outcome) return outcome;
	return { ...outcome, database: await renameDatabase(outcome.database, templateName(key, stage)) };
}

async function whileRunning(
	template: Omit<Template, 'stages'>,
	stopped: StoppedInstance,
	extra: Record<string, string>,
	work: (admin: Client) => Promise<void>,
): Promise<void> {
	const instance = await startInstance(await testEnv(template, stopped, extra));
	try {
		await work(await logIn(instance.url, template.admin.email, template.admin.password));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new Error(`${message}\nThe end of its log:\n${await lastLines(logFileOf(stopped.home))}`, {
			cause: error,
		});
	} finally {
		await instance.stop();
	}
}

async function healthy({ url }: Client): Promise<void> {
	const deadline = Date.now() + HEALTH_SECONDS * 1000;
	for (;;) {
		const answer = await clientOf(url).request('GET', '/doorstep/health');
		if (answer.status === 200) return;
		if (Date.now() > deadline) {
			throw new Error(`GET /doorstep/health still answers ${answer.status}: ${answer.raw.toString()}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

/** Changes with everything that a template is made from; also with the day, because the demo township lives today. */
async function keyOfSources(): Promise<string> {
	const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10));
	for (const source of SOURCES) {
		for (const file of await filesIn(join(ROOT, source))) {
			hash.update(relative(ROOT, file)).update(await readFile(file));
		}
	}
	return hash.digest('hex').slice(0, 12);
}

async function filesIn(path: string): Promise<string[]> {
	if (!existsSync(path)) return [];
	if (!(await stat(path)).isDirectory()) return [path];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

async function readKept(file: string): Promise<Template | null> {
	if (!existsSync(file)) return null;
	const template = JSON.parse(await readFile(file, 'utf8')) as Template;
	for (const stage of Object.values(template.stages)) {
		if ('failure' in stage || !(await databaseExists(stage.database))) return null;
	}
	return template;
}

/** Removes what killed runs left behind, and old templates. */
async function sweep(kind: DatabaseKind): Promise<void> {
	await mkdir(COPIES, { recursive: true });
	await mkdir(TEMPLATES, { recursive: true });
	for (const copy of await readdir(COPIES)) {
		if (!isAlive(Number.parseInt(copy))) await rm(join(COPIES, copy), { recursive: true, force: true });
	}
	const templates = await Promise.all(
		(await readdir(TEMPLATES)).map(async (key) => ({
			key,
			made: (await stat(join(TEMPLATES, key))).mtimeMs,
		})),
	);
	const old = templates.sort((a, b) => b.made - a.made).slice(TEMPLATES_KEPT);
	for (const { key } of old) await rm(join(TEMPLATES, key, kind), { recursive: true, force: true });
	if (kind === 'postgres') await sweepServer(old.map(({ key }) => key));
}

async function locked<T>(what: string, work: () => Promise<T>): Promise<T> {
	const lock = await waitForLock(join(CACHE, `${what}.lock`));
	try {
		return await work();
	} finally {
		await lock.release();
	}
}
