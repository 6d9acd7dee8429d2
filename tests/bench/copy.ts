/** A provisioned township of a bench's own: its database, and Directus on it. */
import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import { startInstance, type Instance } from '../../seed/instance.js';
import { connectTo, dropDatabase } from '../harness/database.js';
import { logIn, type Client } from '../harness/request.js';
import { copyInstance, newHome, testEnv, type StoppedInstance, type Template } from '../harness/template.js';

/** As tables name the databases. */
export const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;

/** Gone when the work is done. */
export async function onCopy(
	template: Template,
	work: (stopped: StoppedInstance) => Promise<void>,
): Promise<void> {
	const from = template.stages.provisioned;
	if ('failure' in from) throw new Error(from.failure);
	const stopped = await copyInstance(from, await newHome());
	try {
		await work(stopped);
	} finally {
		await dropDatabase(stopped.database);
		await rm(stopped.home, { recursive: true, force: true });
	}
}

/** Connected beside Directus, or without one. */
export async function connected<T>(
	{ database }: StoppedInstance,
	work: (knex: Knex) => Promise<T>,
): Promise<T> {
	const knex = connectTo(database);
	try {
		return await work(knex);
	} finally {
		await knex.destroy();
	}
}

export interface Running {
	instance: Instance;
	admin: Client;
	/** Those of `writeLarge` have the administrator's password. */
	logInAs: (email: string) => Promise<Client>;
}

/** Nothing is raised by itself, so that nothing but what is measured happens. */
export async function running<T>(
	template: Template,
	stopped: StoppedInstance,
	work: (running: Running) => Promise<T>,
	extra: Record<string, string> = {},
): Promise<T> {
	const env = await testEnv(template, stopped, { DOORSTEP_SWEEP_SECONDS: '0', ...extra });
	const instance = await startInstance(env);
	try {
		const logInAs = (email: string) => logIn(instance.url, email, template.admin.password);
		return await work({ instance, admin: await logInAs(template.admin.email), logInAs });
	} finally {
		await instance.stop();
	}
}
