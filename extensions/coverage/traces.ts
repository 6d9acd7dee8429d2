import type { RegisterFunctions } from '@directus/types';
import type { Knex } from 'knex';
import { databaseNow } from '../platform/clock.js';
import type { Accountability, EventContext, Platform } from '../platform/context.js';
import { dialectOf, toRow } from '../platform/dialect.js';
import { disclosedBy, withIds, type ReadQuery, type TracedFields } from '../platform/disclosed.js';
import { installationOf } from '../platform/installation.js';
import { READ_SCOPES, rootOf } from '../platform/scopes.js';
import { SENSITIVE_FIELDS } from './sensitive.js';

const TRACED: TracedFields = { collection: 'doorstep_households', fields: SENSITIVE_FIELDS };
/** Rows in one statement: SQLite takes no more values than this makes. */
const AT_ONCE = 100;

/**
 * L1: whoever reads a household's sensitive fields, an administrator included, leaves a row in Directus's activity: who, when, from
 * where, which household. It is written before the answer goes out, so that there is no answer without a trace. Directus itself, which
 * reads rows to write its revisions, leaves none; nor does a field that is empty or withheld. What Directus answers out of its cache
 * (`CACHE_ENABLED`) was traced when it came there.
 */
export function traceReads(filter: RegisterFunctions['filter'], platform: Platform): void {
	const schemaOf = ({ schema }: EventContext) => schema ?? platform.getSchema();
	const isTraced = ({ accountability }: EventContext): boolean =>
		accountability !== null && installationOf(platform.database).state !== 'not_installed';

	for (const scope of READ_SCOPES) {
		filter<ReadQuery>(`${scope}.query`, async (query, meta, event) => {
			if (!isTraced(event)) return query;
			return withIds(rootOf(scope, meta), query, await schemaOf(event), TRACED);
		});
	}
	// What a household was like before a change is read in its revisions.
	for (const scope of READ_SCOPES) {
		filter<unknown[]>(`${scope}.read`, async (rows, meta, event) => {
			if (!isTraced(event) || event.accountability === null) return rows;
			const query = (meta['query'] ?? {}) as ReadQuery;
			const items = disclosedBy(rootOf(scope, meta), query, rows, await schemaOf(event), TRACED);
			await leaveTraces(event.database, items, event.accountability);
			return rows;
		});
	}
}

async function leaveTraces(
	knex: Knex,
	items: readonly string[],
	{ user, ip, userAgent, origin }: Accountability,
): Promise<void> {
	if (items.length === 0) return;
	const timestamp = await databaseNow(knex);
	const who = { action: 'read', user, timestamp, ip, user_agent: userAgent, origin };
	const rows = items.map((item) => toRow(dialectOf(knex), { ...who, collection: TRACED.collection, item }));
	for (let from = 0; from < rows.length; from += AT_ONCE)
		await knex('directus_activity').insert(rows.slice(from, from + AT_ONCE));
}
