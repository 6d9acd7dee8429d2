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
 * Stands for files that are still on their way. It is no id of a file, so that the server refuses the case (DOORSTEP_INVALID, files):
 * the form's own button cannot be held back, and would save the case without them.
 */
const ON_THE_WAY = 'uploading';

/**
 * The steps that go with a new case: its result, what the household was told, and its closing where nothing is left to do (F2, F5).
 *
 * @param uploading whether files of it are still on their way
 * @returns null where nothing is settled yet: the case stays open
 */
export function stepsOf(
	said: SettledAtOnce | null,
	uploading = false,
): { create: object[]; update: []; delete: [] } | null {
	if (said === null) return null;
	const { note, solved, satisfaction, channel } = said;
	const there = Array.isArray(said.files) ? (said.files as unknown[]) : [];
	const files = uploading ? [...there, ON_THE_WAY] : there;
	const resolve = { kind: 'resolve', note, ...(files.length > 0 && { files }) };
	const tell = { kind: 'tell', solved, satisfaction, channel };
	const close = FINISHED.includes(solved) ? [{ kind: 'close' }] : [];
	return { create: [resolve, tell, ...close], update: [], delete: [] };
}

/**
 * Whether a new case needs the id by which the server knows it again when it is sent twice: as soon as somebody has said something, for
 * an untouched form is left without a question.
 *
 * @param values of the form; right after saving they are the saved case's
 */
export function lacksClientId(
	primaryKey: string | number | null,
	values: Readonly<Record<string, unknown>>,
): boolean {
	const isNew = primaryKey === '+' && values['id'] == null;
	return isNew && values['client_id'] == null && Object.values(values).some((value) => value != null);
}
