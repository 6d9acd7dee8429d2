import { defineHook } from '@directus/extensions-sdk';
import type { Application } from 'express';
import { mayAsCaller, seenByCaller } from './access.js';
import { platformOf, type EventContext } from './context.js';
import { refusalBehind, translateErrors } from './database-errors.js';
import type { DatabaseObject } from './database-objects.js';
import { dialectOf } from './dialect.js';
import { localeOf, refusal, refusalInBoth } from './errors.js';
import { decoded, handledBefore, refusalTo } from './http.js';
import { installationOf, mend, verifyInstallation } from './installation.js';
import { keepModel } from './kept-model.js';
import { startMailing } from './mail.js';
import { isReferenced, referencesTo } from './references.js';
import { PLATFORM_REFUSALS, type PlatformRefusal } from './refusals.js';
import { coalesced, repeat } from './repeat.js';
import { isRecord } from './sent.js';
import { packagedSnapshot } from './shipped.js';
import { readable } from './unavailable.js';

/** How often it is looked whether all of our objects still stand. */
const VERIFY_SECONDS = 60;

/** Events after which a table may have lost its triggers, or a key its deferral: SQLite rebuilds a table to alter it. */
const SCHEMA_EVENTS = ['collections', 'fields', 'relations'].flatMap((what) =>
	['create', 'update', 'delete'].map((event) => `${what}.${event}`),
);

/** Watches over the installation: verifies it at every start and after every schema change, and refuses writes while it is broken. */
export default defineHook(({ filter, action, init }, context) => {
	const platform = platformOf(context);
	const { database, logger } = platform;
	const snapshot = packagedSnapshot();

	const verify = async (): Promise<void> => {
		const before = installationOf(database).state;
		const { state, faults } = await verifyInstallation(database, snapshot);
		if (state === 'broken') logger.error(`Doorstep is broken, writes are refused: ${faults.join('; ')}`);
		else if (state !== before) logger.info(`Doorstep is ${state}`);
	};
	const failed = (error: unknown): void => {
		logger.error(error, 'Doorstep could not look at its installation');
	};
	const verifyAfterwards = coalesced(verify, failed);

	/** What is never deleted has a refusal of its own; who may not see or delete a row is told just that, by Directus. */
	const isInUse = async (collection: string, keys: string[], event: EventContext): Promise<boolean> => {
		const { state, objects } = installationOf(database);
		const pointing = referencesTo(snapshot, collection);
		if (state !== 'ready' || pointing.length === 0) return false;
		if (objects.some((object) => refusesDeletion(object, collection))) return false;
		return (
			(await mayAsCaller('delete', collection, keys, event, platform)) &&
			(await seenByCaller(collection, keys, event, platform)) &&
			isReferenced(event.database, pointing, keys)
		);
	};

	// Directus awaits what an init handler gives back, though its type says void.
	const start = async (): Promise<unknown> => {
		if (dialectOf(database) === 'sqlite') await keepTriggersThroughAlters(database);
		return verify();
	};
	init('app.before', start as () => unknown);
	init('app.after', () => {
		repeat(VERIFY_SECONDS, verify, failed);
		startMailing(platform);
	});
	for (const event of SCHEMA_EVENTS) {
		action(event, () => {
			installationOf(database).verified = false;
			verifyAfterwards();
		});
	}

	/** Right after a change of the schema a write does not wait for the look that follows, but looks itself. */
	const isWhole = async (event: EventContext): Promise<boolean> => {
		const installation = installationOf(database);
		if (installation.state === 'broken') return false;
		return installation.verified || (await mend(event.database, snapshot, installation)).length === 0;
	};
	keepModel({ filter, init }, platform, snapshot);
	const ours = new Set(snapshot.collections.map(({ collection }) => collection));
	for (const event of ['items.create', 'items.update', 'items.delete']) {
		filter(event, async (payload, meta, event) => {
			if (!ours.has(String(meta['collection']))) return payload;
			if (!(await isWhole(event))) throw await refusalFor('DOORSTEP_BROKEN', event);
			return payload;
		});
	}
	// A list may hold what is no row; nothing after this has to think of it, and Directus itself stumbles over null.
	init('routes.before', ({ app }) => {
		const inLists = handledBefore(platform, async (request) => {
			const [route = '', collection = ''] = request.path.split('/').filter(Boolean).map(decoded);
			const sent: unknown = request.body;
			if (request.method !== 'POST' && request.method !== 'PATCH') return;
			if (route.toLowerCase() !== 'items' || !ours.has(collection) || !Array.isArray(sent)) return;
			if (!sent.every(isRecord)) throw await refusalTo(platform, request, 'DOORSTEP_MALFORMED');
		});
		(app as Application).use(inLists);
	});
	for (const event of ['items.create', 'items.update']) {
		filter(event, async (sent, meta, event) => {
			if (!ours.has(String(meta['collection'])) || isRecord(sent)) return sent;
			throw await refusalFor('DOORSTEP_MALFORMED', event);
		});
	}
	for (const event of ['items.delete', 'users.delete']) {
		filter<string[]>(event, async (keys, meta, event) => {
			const collection = String(meta['collection'] ?? 'directus_users');
			if (await isInUse(collection, keys, event)) throw await refusalFor('DOORSTEP_IN_USE', event);
			return keys;
		});
	}

	init('routes.custom.after', ({ app }) => {
		(app as Application).use(translateErrors(platform));
	});
	// Here Directus hands over its root connection while a transaction may hold the only one: no query, so both languages.
	filter('database.error', (error: unknown) => {
		const found = refusalBehind(error);
		return found === undefined
			? readable(error)
			: refusalInBoth(PLATFORM_REFUSALS, found.code, { field: found.field });
	});
});

function refusesDeletion(object: DatabaseObject, table: string): boolean {
	return (
		object.kind === 'trigger' &&
		object.timing === 'before' &&
		object.event === 'delete' &&
		object.table === table
	);
}

async function refusalFor(code: PlatformRefusal, event: EventContext): Promise<Error> {
	return refusal(PLATFORM_REFUSALS, code, await localeOf(event.database, event.accountability?.user));
}

/**
 * Directus alters a SQLite table by building it anew and renaming it; with modern renaming SQLite then looks into our triggers and
 * fails on tables that are just being rebuilt. The old way of renaming leaves triggers alone; lost ones are written again afterwards.
 */
async function keepTriggersThroughAlters(database: EventContext['database']): Promise<void> {
	const pragma = 'pragma legacy_alter_table = on';
	const client = database.client as {
		pool: {
			on: (
				event: 'createSuccess',
				listener: (id: number, connection: { run: (sql: string) => void }) => void,
			) => void;
		};
	};
	client.pool.on('createSuccess', (_id, connection) => {
		connection.run(pragma);
	});
	await database.raw(pragma);
}
