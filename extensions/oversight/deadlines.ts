import type { Knex } from 'knex';
import { SOON_MS } from '../cases/lights.js';
import { readAsCaller } from '../platform/access.js';
import type { EventContext, Platform } from '../platform/context.js';
import { dialectOf, rowsOf, toDate, toRow } from '../platform/dialect.js';
import { localDateOf } from '../platform/local-time.js';
import type { Reader } from './answers.js';
import type { AskedDeadlines } from './asked.js';
import type { DeadlineBoard, DeadlineRow, FigureName } from './figures.js';
import { namedScope, type Viewer } from './scope.js';
import { scopeSql, type ScopeSql } from './scope-sql.js';
import { count, type Question } from './store.js';

/** The newest rung of the deadline that a case has now; those of an earlier one are history. */
const NEWEST_RUNG = `doorstep_escalations e on e.case_id = c.id and e.cycle = c.cycle and e.rung = c.rung and c.rung > c.rung_base`;
const UNACKNOWLEDGED =
	'exists (select 1 from doorstep_escalations w where w.case_id = c.id and w.acknowledged_at is null)';

/** A case that somebody has to look at, as far as no name and no title go. */
interface Pressing {
	id: string;
	village: string;
	rung: number;
	name: string | null;
	unacknowledged: unknown;
}

/**
 * What is late or falls due within four hours, and how far up the ladder it is. The numbers are those of the figures, over all that the reader may
 * count; cases come one by one, and as Directus gives them to the reader.
 */
export async function deadlineBoard(
	{ ledger, limit }: AskedDeadlines,
	{ scope, now }: Reader,
	viewer: Viewer,
	event: EventContext,
	platform: Platform,
): Promise<DeadlineBoard> {
	const { database } = event;
	const [figures, byRung, pressing] = await Promise.all([
		standing(database, { ledger, scope, now }),
		casesByRung(database, scopeSql(scope, ledger)),
		pressingCases(database, scopeSql(namedScope(viewer, scope), ledger), { now, limit }),
	]);
	return {
		as_of: now.toISOString(),
		...figures,
		by_rung: byRung,
		rows: await rowsSeen(pressing, now, event, platform),
	};
}

async function standing(
	knex: Knex,
	asked: Pick<Question, 'ledger' | 'scope' | 'now'>,
): Promise<Pick<DeadlineBoard, 'late' | 'due_soon' | 'unacknowledged'>> {
	const today = localDateOf(asked.now);
	const rows = await count(knex, {
		...{ ...asked, by: [], windows: null, period: { start: today, end: today } },
		figures: ['late_cases', 'due_soon_cases', 'unacknowledged_rungs'],
	});
	const valueOf = (name: FigureName): number =>
		rows.find(({ figures }) => name in figures)?.figures[name]?.value ?? 0;
	return {
		late: valueOf('late_cases'),
		due_soon: valueOf('due_soon_cases'),
		unacknowledged: valueOf('unacknowledged_rungs'),
	};
}

/** One name may be another rung in each ledger (到期提醒 is none of the immediate one): names are told apart, and come in the order of their highest rung. */
async function casesByRung(knex: Knex, { where, bindings }: ScopeSql): Promise<DeadlineBoard['by_rung']> {
	const rows = await rowsOf<{ rung: number; name: string; cases: number | string }>(
		knex,
		`select max(c.rung - c.rung_base) as rung, e.name, count(*) as cases
			from doorstep_cases c join ${NEWEST_RUNG} where c.status = 'open' and ${where} group by e.name order by 1, 2`,
		bindings,
	);
	return rows.map((row) => ({ ...row, cases: Number(row.cases) }));
}

async function pressingCases(
	knex: Knex,
	{ where, bindings }: ScopeSql,
	{ now, limit }: { now: Date; limit: number },
): Promise<Pressing[]> {
	return rowsOf<Pressing>(
		knex,
		`select c.id, v.name as village, c.rung - c.rung_base as rung, e.name, ${UNACKNOWLEDGED} as unacknowledged
			from doorstep_cases c join doorstep_households h on h.id = c.household
			join doorstep_hamlets x on x.id = h.hamlet join doorstep_villages v on v.id = x.village
			left join ${NEWEST_RUNG}
			where c.status = 'open' and (c.due_at <= :soon or ${UNACKNOWLEDGED}) and ${where}
			order by c.due_at, c.number limit ${limit}`,
		{ ...toRow(dialectOf(knex), { soon: new Date(now.getTime() + SOON_MS.proxy) }), ...bindings },
	);
}

/** With the reader's rights: whoever only counts sees none. */
async function rowsSeen(
	pressing: readonly Pressing[],
	now: Date,
	event: EventContext,
	platform: Platform,
): Promise<DeadlineRow[]> {
	if (pressing.length === 0) return [];
	const query = {
		fields: ['id', 'number', 'title', 'ledger', 'due_at', 'holder.name'],
		filter: { id: { _in: pressing.map(({ id }) => id) } },
		limit: -1,
	};
	const seen = await readAsCaller('doorstep_cases', query, event, platform);
	const byId = new Map(
		seen === 'forbidden' ? [] : (seen as unknown as SeenCase[]).map((row) => [row.id, row]),
	);
	return pressing.flatMap(({ id, village, rung, name, unacknowledged }): DeadlineRow[] => {
		const row = byId.get(id);
		if (row === undefined) return [];
		const due = toDate(row.due_at);
		return [
			{
				...{ id, village, number: row.number, title: row.title, ledger: row.ledger },
				holder: row.holder?.name ?? null,
				due_at: due.toISOString(),
				state: stateOf(due, now),
				rung: name === null ? null : { rung, name },
				unacknowledged: Boolean(unacknowledged),
			},
		];
	});
}

interface SeenCase {
	id: string;
	number: string;
	title: string;
	ledger: string;
	due_at: string;
	holder: { name: string } | null;
}

function stateOf(due: Date, now: Date): DeadlineRow['state'] {
	if (due < now) return 'late';
	return due.getTime() - now.getTime() <= SOON_MS.proxy ? 'soon' : 'in_time';
}
