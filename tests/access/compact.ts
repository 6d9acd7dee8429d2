/** The table as the README shows it: columns that are equal stand together, and what nobody may do is said in one line. */
import { readFileSync } from 'node:fs';
import { positionsIn, readTable, TABLE_FILE, type Line } from './table.js';

export function compactTable(): string {
	const text = readFileSync(TABLE_FILE, 'utf8');
	const lines = readTable(text);
	const titles = [...new Set(lines.map(({ title }) => title))];
	const words = [...text.split('\n## ')[0]!.matchAll(/^\| (?!word|-)(\S.*?) +\| (.*?) +\|$/gm)].map(
		([, word = '', meaning = '']) => `**${word}** ${meaning}`,
	);
	return [
		'',
		...titles.flatMap((title) => [
			...block(
				title,
				lines.filter((line) => line.title === title),
			),
			'',
		]),
		`${words.join(' · ')}.`,
		'',
	].join('\n');
}

function block(title: string, lines: Line[]): string[] {
	const given = lines.filter((line) => Object.values(line.cells).some((words) => words.length > 0));
	const nobodys = lines.filter((line) => !given.includes(line));
	const columns = new Map<string, string[]>();
	for (const position of positionsIn(lines)) {
		const cells = given.map((line) => cellOf(line, position)).join('|');
		if (/[^–|]/.test(cells)) columns.set(cells, [...(columns.get(cells) ?? []), position]);
	}
	const groups = [...columns.values()];
	return [
		`| ${[title, ...groups.map((positions) => positions.join(' / '))].join(' | ')} |`,
		`|${' --- |'.repeat(groups.length + 1)}`,
		...given.map(
			(line) =>
				`| ${[whatOf(line), ...groups.map(([position = '']) => cellOf(line, position))].join(' | ')} |`,
		),
		'',
		`Nobody: ${nobodys.map((line) => `${whatOf(line)}${isRest(line, lines) ? ' (all else)' : ''}`).join('; ')}.`,
	];
}

function cellOf(line: Line, position: string): string {
	return line.cells[position]?.join(', ') || '–';
}

function whatOf({ collections, fields, actions }: Line): string {
	const names =
		collections.map((name) => name.replace(/^doorstep_(case_)?/, '')).join(', ') || 'everything else';
	return `${actions.join(', ')} ${names}${fields.length === 0 ? '' : ` (${fields.length > MOST ? 'basic fields' : fields.join(', ')})`}`;
}

/** More fields than these are not named one by one. */
const MOST = 8;

/** Whether some fields are another line's. */
function isRest(line: Line, lines: readonly Line[]): boolean {
	return (
		line.fields.length === 0 &&
		lines.some(
			(other) =>
				other.fields.length > 0 &&
				other.actions.some((action) => line.actions.includes(action)) &&
				other.collections.some((name) => line.collections.includes(name)),
		)
	);
}
