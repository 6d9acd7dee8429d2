/** What every bench does alike: requests side by side, and a table of what came out. */
import { performance } from 'node:perf_hooks';

/** One of the requests that are compared. */
export type Act = () => Promise<unknown>;

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
	acts: Record<Name, Act>,
	{ warmUp, measured }: Rounds = ROUNDS,
): Promise<Record<Name, Times>> {
	const names = Object.keys(acts) as Name[];
	const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
	for (let round = 0; round < warmUp + measured; round += 1) {
		for (let place = 0; place < names.length; place += 1) {
			const name = names[(place + round) % names.length]!;
			const before = performance.now();
			await acts[name]();
			if (round >= warmUp) taken.get(name)?.push(performance.now() - before);
		}
	}
	return Object.fromEntries(names.map((name) => [name, timesOf(taken.get(name) ?? [])])) as Record<
		Name,
		Times
	>;
}

function timesOf(taken: readonly number[]): Times {
	const sorted = taken.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
	return { median: at(0.5), p95: at(0.95) };
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
