import type { Knex } from 'knex';
import type { CadreId } from '../cases/terms.js';
import { actingAs } from '../cases/variables.js';
import type { Accountability } from '../platform/context.js';
import { rowsOf } from '../platform/dialect.js';
import { wearsSql, type Policy } from '../platform/hats.js';
import type { Viewer } from './scope.js';

/** Hats by which somebody may count anything. */
const COUNTING = [
	'supervisor',
	'town_leader',
	'data_clerk',
	'team_leader',
	'village_clerk',
	'cadre',
] as const satisfies readonly Policy[];

interface ViewerRow extends Record<`wears_${(typeof COUNTING)[number]}`, unknown> {
	cadre: CadreId | null;
	village: string | null;
}

/** Who asks, as far as figures go. */
export async function viewerOf(
	knex: Knex,
	user: string,
	{ admin }: Accountability,
	now: Date,
): Promise<Viewer> {
	const hats = COUNTING.map((hat) => `${wearsSql(hat, 'u')} as wears_${hat}`).join(', ');
	const [row] = await rowsOf<ViewerRow>(
		knex,
		`select k.id as cadre, k.village, ${hats} from directus_users u left join doorstep_cadres k on k."user" = u.id where u.id = ?`,
		[user],
	);
	const worn = new Set(COUNTING.filter((hat) => Boolean(row?.[`wears_${hat}`])));
	const viewer = { administrator: admin, hats: worn, cadre: row?.cadre ?? null };
	if (viewer.cadre === null) return { ...viewer, actsAs: [], led: [], kept: [], works: [] };
	const actsAs = await actingAs(user, now, knex);
	const works = [...(row?.village ? [row.village] : []), ...(await villagesHeldBy(knex, actsAs))];
	return { ...viewer, actsAs, works, ...(await villagesOf(knex, viewer.cadre)) };
}

async function villagesHeldBy(knex: Knex, cadres: readonly CadreId[]): Promise<string[]> {
	return knex('doorstep_households as h')
		.join('doorstep_hamlets as x', 'x.id', 'h.hamlet')
		.whereIn('h.cadre', cadres)
		.distinct()
		.pluck<string[]>('x.village');
}

async function villagesOf(knex: Knex, cadre: CadreId): Promise<Pick<Viewer, 'led' | 'kept'>> {
	const villages = await knex('doorstep_villages')
		.where({ leader: cadre })
		.orWhere({ deputy: cadre })
		.orWhere({ data_clerk: cadre })
		.select<{ id: string; leader: CadreId | null; deputy: CadreId | null; data_clerk: CadreId | null }[]>(
			...['id', 'leader', 'deputy', 'data_clerk'],
		);
	const ids = (rows: typeof villages): string[] => rows.map(({ id }) => id);
	return {
		led: ids(villages.filter(({ leader, deputy }) => leader === cadre || deputy === cadre)),
		kept: ids(villages.filter(({ data_clerk }) => data_clerk === cadre)),
	};
}
