import type { RegisterFunctions } from '@directus/types';
import type { Knex } from 'knex';
import { readAsCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { rowsOf } from '../platform/dialect.js';
import { wearersSql } from '../platform/hats.js';
import { installationOf } from '../platform/installation.js';
import { bookmarkOf, CASE_LISTS, foreignBookmarks, LIST_HATS, LISTED, type Filter } from './lists.js';
import { fillIn } from './variables.js';

/** A query as Directus hands it to a filter. */
interface Query {
	filter?: Filter | null;
}

/** Lists are global bookmarks; here everybody gets those of their own hats, and their filters what they name. */
export function registerLists(filter: RegisterFunctions['filter'], platform: Platform): void {
	filter<Query>('presets.query', (query, _meta, event) => withoutForeignLists(query, event, platform));
	filter<Query>(`${LISTED}.items.query`, async (query, _meta, { accountability, database }) => {
		if (query.filter) await fillIn(query.filter, accountability?.user ?? null, database);
		return query;
	});
}

/** Bookmarks of the lists that only some hats have. */
const HATTED_BOOKMARKS = CASE_LISTS.filter(({ hats }) => !LIST_HATS.every((hat) => hats.includes(hat))).map(
	({ key }) => bookmarkOf(key),
);

/**
 * Hats are policies, and a bookmark can be given to a user, a role or everybody: so those of the lists that are another hat's are left
 * out when somebody reads. What people made themselves is untouched, and administrators see everything. Whoever wears no hat of ours and
 * reads cases all the same, by a policy that the township made, is everybody: they get the lists that every hat has.
 */
async function withoutForeignLists(query: Query, event: EventContext, platform: Platform): Promise<Query> {
	const { accountability, database } = event;
	if (accountability === null || accountability.admin || accountability.user === null) return query;
	if (installationOf(platform.database).state === 'not_installed') return query;
	const hats = await listHatsOf(database, accountability.user);
	const readsUnhatted = hats.size === 0 && (await readsCases(event, platform));
	const foreign = readsUnhatted ? HATTED_BOOKMARKS : foreignBookmarks(hats);
	if (foreign.length === 0) return query;
	const allowed = {
		_or: [
			{ bookmark: { _null: true } },
			{ bookmark: { _nin: foreign } },
			{ collection: { _neq: LISTED } },
			{ user: { _nnull: true } },
			{ role: { _nnull: true } },
		],
	};
	return { ...query, filter: query.filter ? { _and: [query.filter, allowed] } : allowed };
}

async function listHatsOf(database: Knex, user: string): Promise<Set<string>> {
	const each = LIST_HATS.map((hat) => `select '${hat}' as hat where :user in (${wearersSql(hat)})`);
	const rows = await rowsOf<{ hat: string }>(database, each.join(' union all '), { user });
	return new Set(rows.map(({ hat }) => hat));
}

async function readsCases(event: EventContext, platform: Platform): Promise<boolean> {
	return (await readAsCaller(LISTED, { fields: ['id'], limit: 1 }, event, platform)) !== 'forbidden';
}
