/** What stands in a panel as rows and columns: what a screen reader reads, what the switch to the table shows, and what is exported. */
export interface Table {
	head: readonly string[];
	/** The first cell names the row. */
	rows: readonly (readonly Cell[])[];
}

/** Null where there is nothing to say. */
export type Cell = string | number | null;

/** Tells a spreadsheet that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The table as a file for spreadsheets. Text that one would take for a formula is written as text: titles come from whoever records a case.
 *
 * @example csvOf({ head: ['村'], rows: [['=1+1']] }) // "\uFEFF村\r\n'=1+1\r\n"
 */
export function csvOf({ head, rows }: Table): string {
	const lines = [head, ...rows].map((row) => row.map(csvCell).join(','));
	return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell);
	const text = /^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The name of an exported file: what stands over the panel, and the day.
 *
 * @example fileNameOf('逾期 / 临期', '2026-11-25', 'csv') // '逾期-临期-2026-11-25.csv'
 */
export function fileNameOf(heading: string, day: string, kind: 'csv' | 'png'): string {
	return `${heading.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}-${day}.${kind}`;
}
