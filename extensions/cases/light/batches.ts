/** Asks for one id; undefined where there is no such row, or none to see. */
export type Lookup<Row> = (id: string) => Promise<Row | undefined>;

/** What may be set otherwise in tests. */
interface Options {
	/** So long an answer is good for. */
	keepMs: number;
	/** More ids go in several requests: they stand in the address. */
	most: number;
	now: () => number;
}

const USUALLY: Options = { keepMs: 20_000, most: 100, now: () => Date.now() };

/**
 * One request for all ids that are asked for within a tick, and answers that are kept for a moment: Directus shows a cell at a time and
 * gives it nothing but its value. What failed is asked again next time.
 *
 * @example const caseOf = batched(askForCases, ({ id }) => id); await caseOf('…')
 */
export function batched<Row>(
	ask: (ids: string[]) => Promise<Row[]>,
	idOf: (row: Row) => string,
	options: Partial<Options> = {},
): Lookup<Row> {
	const { keepMs, most, now } = { ...USUALLY, ...options };
	const kept = new Map<string, { until: number; row: Promise<Row | undefined> }>();
	let next: Promise<Map<string, Row>> | undefined;
	let wanted = new Set<string>();

	const askInParts = async (): Promise<Map<string, Row>> => {
		await Promise.resolve();
		for (const [id, { until }] of kept) if (until <= now()) kept.delete(id);
		const ids = [...wanted];
		wanted = new Set();
		next = undefined;
		const parts = Array.from({ length: Math.ceil(ids.length / most) }, (_, n) =>
			ids.slice(n * most, (n + 1) * most),
		);
		const rows = await Promise.all(parts.map(ask));
		return new Map(rows.flat().map((row) => [idOf(row), row]));
	};

	return (id) => {
		const known = kept.get(id);
		if (known !== undefined && known.until > now()) return known.row;
		wanted.add(id);
		next ??= askInParts();
		const row = next.then((rows) => rows.get(id));
		kept.set(id, { until: now() + keepMs, row });
		row.catch(() => kept.delete(id));
		return row;
	};
}
