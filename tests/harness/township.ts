/** What integration tests start from: a Directus of their own, as it is after deploying, provisioning or seeding. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Knex } from 'knex';
import { inject } from 'vitest';
import type { LogIn } from '../../seed/demo/seed.js';
import { startInstance, type Instance, type InstanceEnv } from '../../seed/instance.js';
import { connectTo, dropDatabase, type DatabaseKind } from './database.js';
import { clientOf, logIn, type Client } from './request.js';
import {
	copyInstance,
	newHome,
	testEnv,
	type Stage,
	type StoppedInstance,
	type Template,
} from './template.js';

const PORTS_TRIED = 3;

export interface StartOptions {
	/** Further settings of Directus, stronger than the harness's own. */
	env?: Record<string, string>;
	/** Serve the studio too, for browsers; starts more slowly. */
	app?: boolean;
}

/** One running Directus. */
export interface RunningInstance {
	/** The same after a restart. */
	url: string;
	admin: Client;
	/** Somebody without a log-in. */
	visitor: Client;
	/** Logged in with the password that the whole demo township shares; a client is made once for each e-mail. */
	as(email: string): Promise<Client>;
	/** What Directus has said so far. */
	log(): Promise<string>;
	/** As a power cut would end it. */
	kill(): Promise<void>;
	/** Stops and continues it: SIGSTOP, SIGCONT. */
	signal(signal: NodeJS.Signals): void;
	/** Ends it if it still runs and starts it on the same database; clients stay valid. */
	restart(): Promise<void>;
	/** Ends it for good; a township's database and files go too. */
	stop(): Promise<void>;
}

/** A running Directus with a database that no other test sees. */
export interface Township extends RunningInstance {
	database: DatabaseKind;
	/** One log-in for each hat; empty before the stage `township`. */
	logIns: LogIn[];
	/** Asks the database past Directus, `?` for each binding, and gives the rows. */
	sql<Row = Record<string, unknown>>(
		query: string,
		bindings?: readonly (string | number | boolean | null)[],
	): Promise<Row[]>;
	/** For a second instance. */
	stopped: StoppedInstance;
}

/**
 * Provisioned, with the small demo township.
 *
 * @example
 * const township = await startTownship();
 * afterAll(() => township.stop());
 */
export function startTownship(options?: StartOptions): Promise<Township> {
	return start('township', options);
}

/** Provisioned and healthy, but without a single row of the domain. */
export function startProvisioned(options?: StartOptions): Promise<Township> {
	return start('provisioned', options);
}

/** The extension is deployed, and nobody has provisioned it. */
export function startBare(options?: StartOptions): Promise<Township> {
	return start('bare', options);
}

/** Another Directus on the same database, with a log and temporary files of its own. Stop it before the township. */
export async function startSecondInstance(
	township: Township,
	options?: StartOptions,
): Promise<RunningInstance> {
	if (township.database === 'sqlite') {
		throw new Error('Two processes on one SQLite file are not supported: name the test file *.pg.test.ts.');
	}
	const home = await newHome();
	const env = { STORAGE_LOCAL_ROOT: join(township.stopped.home, 'uploads'), ...options?.env };
	const second = await run(inject('template'), { ...township.stopped, home }, { ...options, env });
	return {
		...second,
		async stop() {
			await second.stop();
			await rm(home, { recursive: true, force: true });
		},
	};
}

async function start(stage: Stage, options: StartOptions = {}): Promise<Township> {
	const template = inject('template');
	const from = template.stages[stage];
	if ('failure' in from) throw new Error(from.failure);

	const stopped = await copyInstance(from, await newHome());
	const township = await startOn(stopped, options);
	return {
		...township,
		logIns: stage === 'township' ? template.logIns : [],
		async stop() {
			await township.stop();
			await dropDatabase(stopped.database);
			await rm(stopped.home, { recursive: true, force: true });
		},
	};
}

/** The database of a stage, without a Directus on it. */
export async function openCopy(stage: Stage): Promise<{ knex: Knex; drop: () => Promise<void> }> {
	const from = inject('template').stages[stage];
	if ('failure' in from) throw new Error(from.failure);
	const { home, database } = await copyInstance(from, await newHome());
	const knex = connectTo(database);
	return {
		knex,
		async drop() {
			await knex.destroy();
			await dropDatabase(database);
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** A Directus on a database that somebody else has prepared, and removes. */
export async function startOn(stopped: StoppedInstance, options: StartOptions = {}): Promise<Township> {
	const template = inject('template');
	const running = await run(template, stopped, options);
	const connection = connectTo(stopped.database);
	return {
		...running,
		stopped,
		database: template.kind,
		logIns: [],
		async sql<Row>(query: string, bindings: readonly (string | number | boolean | null)[] = []) {
			// SQLite answers with the rows, PostgreSQL with an object that holds them.
			const answer: unknown = await connection.raw(query, [...bindings]);
			return (Array.isArray(answer) ? answer : (answer as { rows: unknown }).rows) as Row[];
		},
		async stop() {
			await running.stop();
			await connection.destroy();
		},
	};
}

/** A port that was free a moment ago may be another test's by now. */
async function onFreePort(
	newEnv: () => Promise<InstanceEnv>,
): Promise<{ env: InstanceEnv; instance: Instance }> {
	for (let tries = 1; ; tries += 1) {
		const env = await newEnv();
		try {
			return { env, instance: await startInstance(env) };
		} catch (error) {
			if (tries === PORTS_TRIED || !/already in use/.test(String(error))) throw error;
		}
	}
}

async function run(
	template: Template,
	stopped: StoppedInstance,
	options: StartOptions,
): Promise<RunningInstance> {
	const started = await onFreePort(() =>
		testEnv(template, stopped, { SERVE_APP: String(options.app ?? false), ...options.env }),
	);
	const { env } = started;
	let { instance } = started;
	const { url } = instance;
	const { email, password } = template.admin;
	const clients = new Map<string, Promise<Client>>();

	return {
		url,
		admin: await logIn(url, email, password),
		visitor: clientOf(url),
		as(email) {
			const client = clients.get(email) ?? logIn(url, email, template.demoPassword);
			clients.set(email, client);
			return client;
		},
		log: () => instance.log(),
		async kill() {
			await instance.kill();
		},
		signal(signal) {
			process.kill(instance.pid, signal);
		},
		async restart() {
			await instance.stop();
			instance = await startInstance(env);
		},
		async stop() {
			await instance.stop();
		},
	};
}
