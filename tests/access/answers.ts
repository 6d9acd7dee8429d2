import type { Answer, Client } from '../harness/request.js';
import type { Ask } from './asks.js';

/** So many requests of one person are under way at once. */
const AT_ONCE = 10;

/** Does something with each, so many at a time, and gives the results in their order. */
export async function each<T, R>(
	items: readonly T[],
	work: (item: T) => Promise<R>,
	atOnce = AT_ONCE,
): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const mine = next;
			next += 1;
			results[mine] = await work(items[mine]!);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}

export interface Asked {
	ask: Ask;
	answer: Answer<unknown>;
}

export async function askAll(client: Client, asks: readonly Ask[]): Promise<Asked[]> {
	return each(asks, async (ask) => ({ ask, answer: await client.request(ask.method, ask.path, ask.body) }));
}

const INSIDES =
	/\b(insert into|delete from)\b|update [`"]\w+|select [`"*]|SQLITE_|constraint failed|violates|node_modules|\.js:\d|\n\s+at /i;

/** What no answer may be: the server's own fault, or a look at its inside. */
export function faultOf({ status, raw, errors }: Answer<unknown>): string | undefined {
	const text = raw.toString();
	if (status >= 500 || errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR'))
		return `${status} ${text.slice(0, 200)}`;
	return (status >= 400 || errors.length > 0) && INSIDES.test(text) ? text.slice(0, 300) : undefined;
}
