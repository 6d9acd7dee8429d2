/** What somebody says of a case that is settled while it is recorded. */
export interface SettledAtOnce {
	note?: unknown;
	files?: unknown;
	solved?: unknown;
	satisfaction?: unknown;
	channel?: unknown;
}

/** Told so, there is nothing left to do. */
const FINISHED: readonly unknown[] = ['yes', 'explained'];

/**
 * The steps that go with a new case: its result, what the household was told, and its closing where nothing is left to do (F2, F5).
 *
 * @returns null where nothing is settled yet: the case stays open
 */
export function stepsOf(said: SettledAtOnce | null): { create: object[]; update: []; delete: [] } | null {
	if (said === null) return null;
	const { note, files, solved, satisfaction, channel } = said;
	const resolve = { kind: 'resolve', note, ...(files != null && { files }) };
	const tell = { kind: 'tell', solved, satisfaction, channel };
	const close = FINISHED.includes(solved) ? [{ kind: 'close' }] : [];
	return { create: [resolve, tell, ...close], update: [], delete: [] };
}
