/** Reads expected.md, the table of who may do what. Nothing here knows the permissions that are tested against it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ACTIONS = ['create', 'read', 'update', 'delete'] as const;
export type Action = (typeof ACTIONS)[number];

/** A cell stands for rows; expected.md says for which. */
const WORDS = [
	...['own', 'in place', 'held', 'village', 'leaderless', 'area', 'subject', 'kept', 'town', 'complaints'],
	...['told', 'uploaded', 'photos', 'readable', 'everybody’s', 'shipped', 'all'],
] as const;
export type Word = string;

/** One line of the table. */
export interface Line {
	title: string;
	/** Full names; empty stands for every other collection. */
	collections: string[];
	/** Empty stands for all fields that no other line names. */
	fields: string[];
	actions: Action[];
	/** By position, the heading of the column. */
	cells: Record<string, Word[]>;
}

export const TABLE_FILE = join(import.meta.dirname, 'expected.md');
const NOTHING = '–';
const LEADING = 3;

/** Headings of the columns: what somebody can be. */
export function positionsIn(lines: readonly Line[]): string[] {
	return Object.keys(lines[0]?.cells ?? {});
}

/** Every line of the table, in its order; a cell that cannot be read throws. */
export function readTable(text = readFileSync(TABLE_FILE, 'utf8')): Line[] {
	const lines: Line[] = [];
	let title = '';
	let positions: string[] = [];
	for (const row of text.split('\n')) {
		if (row.startsWith('## ')) title = row.slice(3);
		if (title === '' || !row.startsWith('| ') || row.startsWith('| --')) continue;
		const cells = row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
		if (cells[0] === 'collection') positions = cells.slice(LEADING);
		else lines.push(lineOf(title, cells, positions));
	}
	return lines;
}

function lineOf(
	title: string,
	[names = '', fields = '', actions = '', ...words]: string[],
	positions: string[],
): Line {
	if (words.length !== positions.length) throw new Error(`${names} ${actions}: a cell for each column`);
	return {
		title,
		collections: names === 'every other' ? [] : listed(names).map(fullName),
		fields: listed(fields),
		actions: listed(actions) as Action[],
		cells: Object.fromEntries(positions.map((position, index) => [position, wordsOf(words[index] ?? '')])),
	};
}

function wordsOf(cell: string): Word[] {
	if (cell === NOTHING) return [];
	const words = listed(cell);
	const unknown = words.find((word) => !(WORDS as readonly string[]).includes(word));
	if (unknown !== undefined || words.length === 0) throw new Error(`expected.md does not explain "${cell}"`);
	return words;
}

function listed(cell: string): string[] {
	return cell
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function fullName(name: string): string {
	return name.startsWith('directus_') ? name : `doorstep_${name === 'steps' ? 'case_steps' : name}`;
}

/** The line that decides about a field, or about the row as a whole where none is named. */
export function lineFor(lines: readonly Line[], collection: string, action: Action, field?: string): Line {
	const about = lines.filter(
		(line) => line.actions.includes(action) && line.collections.includes(collection),
	);
	const found =
		about.find((line) => field !== undefined && line.fields.includes(field)) ??
		about.find((line) => line.fields.length === 0) ??
		lines.find((line) => line.collections.length === 0 && line.actions.includes(action));
	if (found === undefined)
		throw new Error(`expected.md says nothing of ${action} ${collection}.${field ?? '*'}`);
	return found;
}

/** What somebody in these positions may do: the sum of the columns. */
export function wordsFor(
	lines: readonly Line[],
	positions: readonly string[],
	...[collection, action, field]: [collection: string, action: Action, field?: string]
): Set<Word> {
	const { cells } = lineFor(lines, collection, action, field);
	return new Set(positions.flatMap((position) => cells[position] ?? []));
}
