import type { Knex } from 'knex';
import type { Ledger } from '../cases/terms.js';
import { dialectOf, rowsOf, toRow } from '../platform/dialect.js';
import { wearsSql } from '../platform/hats.js';
import type { Window } from '../platform/windows.js';
import type { Drawable } from './draw.js';
import { SETTLED, type Settled } from './outcomes.js';
import { scopeSql } from './scope-sql.js';
import { timesOf } from './sql.js';

/** The round of handling that a case is in moves on where it is taken up again. */
export interface DrawableCase extends Drawable {
	cycle: number;
}

/** Cases that can be verified: told in the period, and not taken up again since; no complaints, and nobody whose data were erased. */
export async function drawableCases(
	knex: Knex,
	{ period, village, ledger }: { period: Window; village: string | null; ledger: Ledger | null },
): Promise<DrawableCase[]> {
	const villages = village === null ? null : [village];
	const { where, bindings } = scopeSql({ villages, answerers: null, complaints: false }, ledger);
	return rowsOf<DrawableCase>(
		knex,
		`select c.id, c.number, c.cycle from doorstep_cases c join doorstep_households h on h.id = c.household
			where c.status in ('resolved', 'closed') and c.told_at >= :from and c.told_at < :to and h.erased_at is null and ${where}`,
		{ ...toRow(dialectOf(knex), timesOf(new Date(), period)), ...bindings },
	);
}

export async function supervises(knex: Knex, user: string | null): Promise<boolean> {
	const rows = await rowsOf(
		knex,
		`select u.id from directus_users u where u.id = ? and ${wearsSql('supervisor', 'u')}`,
		[user],
	);
	return rows.length > 0;
}

/** As it stands on steps: the official's name, else that of the account. */
export async function nameOf(knex: Knex, user: string | null): Promise<string | null> {
	const [row] = await rowsOf<{ name: string | null; first_name: string | null; last_name: string | null }>(
		knex,
		`select k.name, u.first_name, u.last_name from directus_users u
			left join doorstep_cadres k on k."user" = u.id where u.id = ?`,
		[user],
	);
	return row === undefined
		? null
		: (row.name ?? ([row.first_name, row.last_name].filter(Boolean).join(' ') || null));
}

/** The outcome of one of these rows that no call changes any more. */
export async function settledAmong(knex: Knex, ids: readonly string[]): Promise<Settled | undefined> {
	const row = await knex('doorstep_check_cases')
		.whereIn('id', ids)
		.whereIn('outcome', SETTLED)
		.first<{ outcome: Settled } | undefined>('outcome');
	return row?.outcome;
}
