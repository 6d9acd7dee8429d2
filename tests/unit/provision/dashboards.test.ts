import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OVER_TIME } from '../../../extensions/oversight/figure/trend.js';
import type { FigureName } from '../../../extensions/oversight/figures.js';
import { dashboardId, dashboards, STEERING } from '../../../seed/provision/dashboards.js';

interface PanelValues {
	dashboard: string;
	type: string;
	name: string;
	options: Record<string, unknown>;
	position_x: number;
	position_y: number;
	width: number;
	height: number;
}

const rows = dashboards();
const panelsOf = (dashboard: string): PanelValues[] =>
	rows
		.filter(({ collection }) => collection === 'directus_panels')
		.map(({ values }) => values as unknown as PanelValues)
		.filter((panel) => panel.dashboard === dashboard);
const ACROSS = 60;

describe.each(STEERING)('F6: the dashboard of %s', (hat) => {
	const panels = panelsOf(dashboardId(hat));

	test('begins with the deadlines, and beside them whether it gets better', () => {
		expect(panels[0]).toMatchObject({ type: 'doorstep-deadlines', position_x: 1, position_y: 1 });
		const beside = panels
			.filter(({ position_y }) => position_y === 1)
			.map(({ options }) => options['figure']);
		expect(beside).toContain('late_cases');
	});

	test('has no two panels in one place, and none out of the grid', () => {
		const squares = panels.flatMap(({ position_x, position_y, width, height }) =>
			Array.from({ length: width * height }, (_, at) =>
				[position_x + (at % width), position_y + Math.floor(at / width)].join(),
			),
		);
		expect(new Set(squares).size).toBe(squares.length);
		for (const { position_x, width } of panels) expect(position_x + width - 1).toBeLessThanOrEqual(ACROSS);
	});

	test('leaves no hole between panels of a row, so that it looks made and not left over', () => {
		const area = panels.reduce((sum, { width, height }) => sum + width * height, 0);
		const bottom = Math.max(...panels.map(({ position_y, height }) => position_y + height - 1));
		expect(area).toBe(ACROSS * bottom);
	});

	test('is made of panels of ours, of at least three kinds, each named in both languages', () => {
		const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
		for (const { type, name } of panels) {
			expect(manifest).toContain(`"name": "${type}"`);
			expect(name).toMatch(/^\p{Script=Han}|^\d+\p{Script=Han}/u);
			expect(name).toMatch(/[A-Za-z]/);
		}
		expect(new Set(panels.map(({ type }) => type)).size).toBeGreaterThanOrEqual(3);
	});

	test('tells windows apart only of figures that have a past', () => {
		const maps = panels.filter(({ type }) => type === 'doorstep-heat');
		for (const { options } of maps) expect(OVER_TIME).toContain(options['figure'] as FigureName);
	});
});

test('F6: every kind of panel stands on a dashboard', () => {
	const kinds = new Set(STEERING.flatMap((hat) => panelsOf(dashboardId(hat))).map(({ type }) => type));
	expect(kinds.size).toBe(6);
});

test('no id stands twice', () => {
	const ids = rows.map(({ key }) => key['id']);
	expect(new Set(ids).size).toBe(ids.length);
});
