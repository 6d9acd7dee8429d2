/** Reads and writes expected.md: way × hat → how it ends. Nothing here knows the code that is tested against it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HATS, type Hat } from './hats.js';

/** A row of the table: what is aimed at, by which way, and what everybody hears. */
export interface Line {
	on: string;
	way: string;
	/** Codes by hat; several where the fields or forms of a way end differently. */
	ends: Record<Hat, string>;
}

const FILE = join(import.meta.dirname, 'expected.md');

export function readTable(text = readFileSync(FILE, 'utf8')): Line[] {
	return text
		.split('\n')
		.filter((row) => row.startsWith('| ') && !row.startsWith('| --') && !row.startsWith('| on '))
		.map((row) => {
			const [on = '', way = '', ...ends] = row
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim());
			if (ends.length !== HATS.length) throw new Error(`${on}, ${way}: a cell for each hat`);
			return { on, way, ends: byHat((hat) => ends[HATS.indexOf(hat)] ?? '') };
		});
}

/** The rows as they would stand in expected.md. */
export function writtenTable(lines: readonly Line[]): string {
	const rows = lines.map(({ on, way, ends }) => [on, way, ...HATS.map((hat) => ends[hat])]);
	return [['on', 'way', ...HATS], ['--', '--', ...HATS.map(() => '--')], ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

export function byHat<T>(make: (hat: Hat) => T): Record<Hat, T> {
	return Object.fromEntries(HATS.map((hat) => [hat, make(hat)])) as Record<Hat, T>;
}

/**
 * A code as the table writes it: ours without our prefix, Directus's own in small letters.
 *
 * @example inTable('DOORSTEP_SERVER_FIELD') // 'SERVER_FIELD'
 * @example inTable('FORBIDDEN') // 'forbidden'
 */
export function inTable(code: string): string {
	return code.startsWith('DOORSTEP_') ? code.slice('DOORSTEP_'.length) : code.toLowerCase();
}
