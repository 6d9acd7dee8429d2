/** Cases whose deadlines are near or past, as many as a fault needs, in a fraction of a second. */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { linkStep } from '../../extensions/cases/chain.js';
import { openCase } from '../../extensions/cases/rules.js';
import type { Ledger } from '../../extensions/cases/terms.js';
import { dialectOf, rowsOf } from '../../extensions/platform/dialect.js';
import { insertMany } from '../../extensions/platform/insert.js';
import type { Random } from '../../seed/demo/random.js';
import type { World } from '../harness/world.js';
import { endOfDay, HOUR, workingDayAfter } from './calendar.js';

/** How many hours ago a household has said it, so that one rung is due or several, and others lie ahead. */
const HOURS_AGO: Record<Ledger, readonly [number, number]> = {
	proxy: [21, 90],
	immediate: [25, 90],
	reported: [240, 480],
};

/**
 * Writes so many cases of which a rung is due, and a tenth as many of which none is. As if by the API: each with its first step, a
 * number and a deadline; triggers are on and check it.
 */
export async function writeDueCases(knex: Knex, world: World, count: number, random: Random): Promise<void> {
	const due = Array.from({ length: count }, () => {
		const ledger = random.weighted<Ledger>([
			['proxy', 8],
			['immediate', 1],
			['reported', 1],
		]);
		const [least, most] = HOURS_AGO[ledger];
		return { ledger, hoursAgo: least + random.next() * (most - least) };
	});
	const early = Array.from({ length: count / 10 }, () => ({
		ledger: 'proxy' as const,
		hoursAgo: random.next() * 19,
	}));
	const cases = random.shuffled([...due, ...early]);
	const now = new Date();
	const first = await numbersFor(knex, cases.length, now);
	const rows = cases.map(({ ledger, hoursAgo }, index) => {
		const home = random.chance(0.7)
			? { household: world.household, cadre: world.cadre.cadre }
			: { household: world.neighbour, cadre: world.colleague.cadre };
		return rowsOfCase(home, ledger, new Date(now.getTime() - hoursAgo * HOUR), now, first + index);
	});
	await knex.transaction(async (trx) => {
		// A case and its first step name each other; on PostgreSQL the key is deferred by its own definition.
		if (dialectOf(trx) === 'sqlite') await trx.raw('pragma defer_foreign_keys = on');
		await insertMany(
			trx,
			'doorstep_case_steps',
			rows.map(({ step }) => step),
		);
		await insertMany(
			trx,
			'doorstep_cases',
			rows.map((row) => row.case),
		);
	});
}

function rowsOfCase(
	{ household, cadre }: { household: string; cadre: string },
	ledger: Ledger,
	start: Date,
	now: Date,
	number: number,
) {
	const id = randomUUID();
	const verdict = openCase(ledger, start, { answerer: cadre, limit: () => deadlineOf(ledger, start) });
	if (!verdict.ok) throw new Error(`A case was refused: ${verdict.code}`);
	const step = linkStep(
		{
			...{ id: randomUUID(), case_id: id, seq: 1, at: now, actor: cadre, actor_name: '甲', kind: 'record' },
			...{ note: null, hours: null, solved: null, satisfaction: null, channel: null },
			...{ happened_at: null, client_id: null, files: null },
			...verdict.after,
		},
		null,
	);
	return {
		step,
		case: {
			...{ id, number: `${yearOf(now)}-${String(number).padStart(6, '0')}`, household, cadre },
			...{ nature: 'request', source: 'visit', title: '新生儿落户', happened_at: start, received_at: now },
			...{ ...verdict.after, seq: 1, head_hash: step.hash, rung: 0, rung_base: 0, next_rung_at: null },
		},
	};
}

/** F2: the end of the day; F3: 24 hours; F4: two working days for a first decision. */
function deadlineOf(ledger: Ledger, start: Date): Date {
	if (ledger === 'proxy') return new Date(start.getTime() + 24 * HOUR);
	return endOfDay(ledger === 'immediate' ? start : workingDayAfter(start, 2));
}

/** @returns the first of so many numbers of this year */
async function numbersFor(knex: Knex, count: number, now: Date): Promise<number> {
	const [row] = await rowsOf<{ n: number }>(
		knex,
		`insert into doorstep_counters (year, n) values (?, ?)
			on conflict (year) do update set n = doorstep_counters.n + excluded.n returning n`,
		[yearOf(now), count],
	);
	return (row?.n ?? 0) - count + 1;
}

function yearOf(now: Date): number {
	return new Date(now.getTime() + 8 * HOUR).getUTCFullYear();
}
