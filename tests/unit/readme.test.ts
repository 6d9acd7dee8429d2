import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReadme, withGeneratedParts } from '../../seed/readme.js';

test('the diagram and the tables in the README are those of the code, and of what people agreed on', () => {
	expect(withGeneratedParts(readReadme())).toBe(readReadme());
});

test('every file that the table of rules points to is there', () => {
	const table = readReadme().split('### Rules and where they live')[1]?.split('### ')[0] ?? '';
	const files = [...table.matchAll(/`((?:extensions|seed)\/[\w/-]+\.ts)`/g)].map(([, file = '']) => file);
	expect(files.length).toBeGreaterThan(8);
	expect(files.filter((file) => !existsSync(join(import.meta.dirname, '../..', file)))).toEqual([]);
});
