/** What every bench does alike: requests side by side, and a table of what came out. */
import { performance } from 'node:perf_hooks';

/** One of the requests that are compared. */
export type Act = () => Promise<unknown>;

/** The same with what has to happen before it and after it, each time, and does not count. */
interface PreparedAct {
	before: Act;
	act: Act;
	after?: Act;
}

/** Milliseconds; `p95` is what all but one in twenty stay below. */
export interface Times {
	median: number;
	p95: number;
}

export interface Rounds {
	warmUp: number;
	measured: number;
}

const ROUNDS: Rounds = { warmUp: 3, measured: 20 };

/** Times several acts in turn, round by round and each round in another order, so that what else the machine does meets all of them alike. */
export async function sideBySide<Name extends string>(
	acts: Record<Name, Act | PreparedAct>,
	{ warmUp, measured }: Rounds = ROUNDS,
): Promise<Record<Name, Times>> {
	const names = Object.keys(acts) as Name[];
	const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
	for (let round = 0; round < warmUp + measured; round += 1) {
		for (let place = 0; place < names.length; place += 1) {
			const name = names[(place + round) % names.length]!;
			const ms = await timed(acts[name]);
			if (round >= warmUp) taken.get(name)?.push(ms);
		}
	}
	return Object.fromEntries(names.map((name) => [name, timesOf(taken.get(name) ?? [])])) as Record<
		Name,
		Times
	>;
}

async function timed(act: Act | PreparedAct): Promise<number> {
	if (typeof act === 'object') await act.before();
	const began = performance.now();
	await (typeof act === 'object' ? act.act() : act());
	const ms = performance.now() - began;
	if (typeof act === 'object') await act.after?.();
	return ms;
}

/** How long requests took and how many went through, over so many connections at once. */
export interface Load {
	p50: number;
	p99: number;
	perSecond: number;
	/** Milliseconds of processor time a request, where somebody meters it. */
	processorMs: number;
}

/** So many requests a turn, and turns taken in turn. */
interface Turns {
	connections: number;
	requests: number;
	warmUp: number;
	turns: number;
}

/** Sends several kinds of request in turn, each turn over all connections, each of which sends the next request when the last is answered. */
export async function underLoad<Name extends string>(
	acts: Record<Name, Act>,
	{ connections, requests, warmUp, turns }: Turns,
	meter: () => number = () => NaN,
): Promise<Record<Name, Load>> {
	const names = Object.keys(acts) as Name[];
	const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
	const lasted = new Map<Name, number>();
	const used = new Map<Name, number>();
	for (let turn = -1; turn < turns; turn += 1) {
		for (let place = 0; place < names.length; place += 1) {
			const name = names[(place + turn + names.length) % names.length]!;
			const [began, metered] = [performance.now(), meter()];
			const times = await sendAll(acts[name], turn < 0 ? warmUp : requests, connections);
			if (turn < 0) continue;
			lasted.set(name, (lasted.get(name) ?? 0) + performance.now() - began);
			used.set(name, (used.get(name) ?? 0) + meter() - metered);
			taken.get(name)?.push(...times);
		}
	}
	const loads = names.map((name): [Name, Load] => {
		const times = (taken.get(name) ?? []).toSorted((a, b) => a - b);
		const perSecond = (times.length * 1000) / (lasted.get(name) ?? NaN);
		const processorMs = (used.get(name) ?? NaN) / times.length;
		return [name, { p50: shareOf(times, 0.5), p99: shareOf(times, 0.99), perSecond, processorMs }];
	});
	return Object.fromEntries(loads) as Record<Name, Load>;
}

async function sendAll(act: Act, requests: number, connections: number): Promise<number[]> {
	const times: number[] = [];
	let sent = 0;
	const connection = async (): Promise<void> => {
		while (sent < requests) {
			sent += 1;
			times.push(await timed(act));
		}
	};
	await Promise.all(Array.from({ length: connections }, connection));
	return times;
}

function timesOf(taken: readonly number[]): Times {
	const sorted = taken.toSorted((a, b) => a - b);
	return { median: shareOf(sorted, 0.5), p95: shareOf(sorted, 0.95) };
}

/** @param sorted rising */
function shareOf(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** @example shown({ median: 12.34, p95: 20 }) // '12.3 (20.0)' */
export function shown({ median, p95 }: Times): string {
	return `${median.toFixed(1)} (${p95.toFixed(1)})`;
}

/** Prints the head of a table, as Markdown writes it. @returns prints a row, so that a long run shows how far it is */
export function tableIn(print: Print, columns: readonly string[]): (...cells: string[]) => void {
	const line = (cells: readonly string[]) => print(`| ${cells.join(' | ')} |`);
	line(columns);
	line(columns.map(() => '---'));
	return (...cells) => line(cells);
}

export type Print = (line: string) => void;
