/** The dashboards of those who steer (F6), with the demo's cases: what is late, whose it is, whether it gets better. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { dashboardId, STEERING, type Steering } from '../../seed/provision/dashboards.js';
import { contrastFaults, foreignWords, overflows, untranslated } from '../harness/appearance.js';
import { openStudio, screenshot, type Seat, type Studio } from '../harness/browser.js';
import { startTownship, type Township } from '../harness/township.js';

let township: Township;
let studio: Studio;
beforeAll(async () => {
	township = await startTownship({ app: true });
	await township.admin.ok('POST', '/doorstep/sweep', {});
	studio = await openStudio(township);
});
afterEach(({ task }) => studio.check({ name: task.name, failed: task.result?.state === 'fail' }));
afterAll(async () => {
	await studio.close();
	await township.stop();
});

/** So tall that all of a dashboard is on the picture. */
const TALL = 3200;
const WIDTHS = [390, 1280];
const APPEARANCES = ['light', 'dark'] as const;
const LANGUAGES = ['zh-CN', 'en-US'] as const;

describe.each(STEERING)('the dashboard of %s', (hat) => {
	describe.each(LANGUAGES)('in %s', (language) => {
		it.each(APPEARANCES)('F6: %s, fits, can be read and speaks one language', async (appearance) => {
			await township.admin.ok('PATCH', '/users/me', { language, appearance });
			const seat = await studio.seat(inject('template').admin.email);
			await openDashboard(seat, hat);
			const faults: string[] = [];
			for (const width of WIDTHS) {
				await seat.page.setViewportSize({ width, height: TALL });
				await settled(seat.page);
				await screenshot(seat.page, `dashboard-${hat}-${width}-${appearance}-${language.slice(0, 2)}`);
				const found = [...(await overflows(seat.page)), ...(await contrastFaults(seat.page))];
				faults.push(...found.map((fault) => `${width} px: ${fault}`));
			}
			faults.push(...(await untranslated(seat.page)), ...(await foreignWords(seat.page, language)));
			expect([...new Set(faults)]).toEqual([]);
		});
	});

	it('F6: is the only one that this hat finds', async () => {
		const seat = await studio.seat(emailOf(hat));
		await seat.go('/insights');
		const links = seat.page.getByRole('navigation').locator('a[href*="/insights/"]');
		await links.first().waitFor();
		const found = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
		expect(found.map((path) => path.split('/').pop())).toEqual([dashboardId(hat)]);
	});

	it('F6: answers in all of its panels, and says nothing that went wrong', async () => {
		const seat = await studio.seat(emailOf(hat));
		await openDashboard(seat, hat);
		expect(await seat.page.locator('.doorstep-panel [role=alert]').allInnerTexts()).toEqual([]);
	});
});

describe('a leader', () => {
	it('F6: sees first what is late and whose it is, and is at the case with one click', async () => {
		const seat = await studio.seat(emailOf('town_leader'));
		await openDashboard(seat, 'town_leader');
		const board = panel(seat, '时限看板');
		const { late } = await (
			await township.as(emailOf('town_leader'))
		).ok<{ late: number }>('GET', '/doorstep/deadlines');
		expect(late).toBeGreaterThan(0);
		await board.getByText(String(late), { exact: true }).first().waitFor();
		const first = board.locator('.rows a').first();
		expect(await first.innerText()).toMatch(/逾期[^]*超/);
		await first.click();
		await seat.page.waitForURL(/doorstep_cases\/[0-9a-f-]{36}/);
		await seat.page.locator('.case-progress').waitFor();
	});

	it('F6: is told how a figure is counted, where it stands', async () => {
		const seat = await studio.seat(emailOf('town_leader'), { width: 390, touch: true });
		await openDashboard(seat, 'town_leader');
		const rate = panel(seat, '按期办结率');
		await rate.getByRole('button', { name: '统计口径' }).tap();
		await rate.getByText(/从未逾期的比例/).waitFor();
		await rate.getByText('参考数据，不直接计分').waitFor();
	});

	it('F6: reads the same figures in a table, and takes them along', async () => {
		const seat = await studio.seat(emailOf('town_leader'));
		await openDashboard(seat, 'town_leader');
		const spread = panel(seat, '上报事项在办多久，按办理层级');
		await spread.getByRole('button', { name: '显示表格' }).click();
		const table = spread.getByRole('table');
		const shown = (await table.getByRole('row').allInnerTexts()).map((row) => row.split('\t'));
		expect(shown[0]?.[0]).toBe('在办多久');

		const csv = await readFile(await exported(seat, spread, /CSV/), 'utf8');
		expect(csv.startsWith('\uFEFF')).toBe(true);
		expect(
			csv
				.slice(1)
				.trim()
				.split('\r\n')
				.map((line) => line.split(',')),
		).toEqual(shown);
		const png = await readFile(await exported(seat, spread, /PNG/));
		expect(png.subarray(1, 4).toString()).toBe('PNG');
		expect(png.length).toBeGreaterThan(3000);
	});

	it('F6: is told what to do where the server is not reached, and keeps what came before', async () => {
		const seat = await studio.seat(emailOf('town_leader'));
		await openDashboard(seat, 'town_leader');
		const { page } = seat;
		seat.expectRefusal(503);
		await page.route('**/doorstep/deadlines*', (route) => route.fulfill({ status: 503 }));
		const board = panel(seat, '时限看板');
		await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
		await board
			.getByRole('alert')
			.getByText(/未能更新，显示的是 \d\d:\d\d 的数据/)
			.waitFor();
		expect(await board.locator('.rows a').count()).toBeGreaterThan(0);
		await page.unroute('**/doorstep/deadlines*');
		await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
		await board.getByRole('alert').waitFor({ state: 'detached' });
	});
});

describe('who counts and does not read', () => {
	const rung = (name: string) => ({ rung: 2, name, cases: 6 });
	const COUNTED = {
		...{ as_of: new Date().toISOString(), late: 12, due_soon: 0, unacknowledged: 3 },
		...{ by_rung: [rung('提醒'), rung('督办')], rows: [] },
	};

	/** The board of somebody who is given these numbers. */
	async function boardOf(answer: object): Promise<Locator> {
		const seat = await studio.seat(emailOf('team_leader'));
		await seat.page.route('**/doorstep/deadlines*', (route) => route.fulfill({ json: { data: answer } }));
		await openDashboard(seat, 'team_leader');
		return panel(seat, '时限看板');
	}

	it('F6, S2: is told how many cases are late, and why none is listed', async () => {
		const board = await boardOf(COUNTED);
		expect(await board.locator('.counts li').allInnerTexts()).toEqual(
			['12 逾期', '0 4小时内到期', '3 未签收'].map(
				(words) => expect.stringMatching(words.replace(' ', String.raw`\s+`)) as string,
			),
		);
		expect(await board.locator('.rungs span').allInnerTexts()).toEqual(['提醒 6 件', '督办 6 件']);
		await board.getByText('明细仅承办人和所辖领导可见').waitFor();
		expect(await board.getByText(/没有逾期/).count()).toBe(0);
		expect(await board.getByRole('button', { name: '导出' }).count()).toBe(0);
	});

	it('F6: is told that nothing is late where nothing is', async () => {
		const board = await boardOf({ ...COUNTED, late: 0, unacknowledged: 0, by_rung: [] });
		await board.getByText(/没有逾期、4小时内到期或未签收的事项/).waitFor();
	});
});

it('F6: in English a table of what is as of now has English signs', async () => {
	await township.admin.ok('PATCH', '/users/me', { language: 'en-US', appearance: 'light' });
	const seat = await studio.seat(inject('template').admin.email);
	await openDashboard(seat, 'town_leader');
	const late = panel(seat, 'Late');
	await late.getByRole('button', { name: 'Show as a table' }).click();
	await late.getByRole('rowheader', { name: 'Now: Late' }).waitFor();
});

describe('without a mouse', () => {
	it('F6: switch, export and what scrolls say what they are', async () => {
		const seat = await studio.seat(emailOf('town_leader'));
		await openDashboard(seat, 'town_leader');
		const map = panel(seat, '各嘎查村新增逾期（按周）');
		expect(await map.getByRole('group').first().getAttribute('aria-label')).toBe('各嘎查村新增逾期（按周）');
		const unnamed = seat.page.locator('.doorstep-panel div[tabindex="0"]:not([role][aria-label])');
		expect(await unnamed.count()).toBe(0);
		expect(await map.locator('[aria-pressed]').count()).toBe(0);

		const more = map.getByRole('button', { name: '导出' });
		expect(await more.getAttribute('aria-expanded')).toBe('false');
		await more.click();
		await expect.poll(() => more.getAttribute('aria-expanded')).toBe('true');
	});
});

it('F6: on a phone panels stand one under the other, what is late first', async () => {
	const seat = await studio.seat(emailOf('team_leader'), { width: 390, touch: true });
	await openDashboard(seat, 'team_leader');
	const boxes = await seat.page.locator('.v-workspace-tile').evaluateAll((tiles) =>
		tiles
			.map((tile) => {
				const { x, y, width } = tile.getBoundingClientRect();
				return { name: tile.querySelector('h3')?.innerText, x, y, width };
			})
			.sort((one, other) => one.y - other.y),
	);
	const [first, ...others] = boxes;
	expect(first?.name).toBe('时限看板');
	for (const { x, width } of others) expect([x, width]).toEqual([first?.x, first?.width]);
});

function emailOf(hat: Steering): string {
	return township.logIns.find((one) => one.hat === hat)?.email ?? '';
}

/** Opens a dashboard and waits until every panel has had its answer. */
async function openDashboard(seat: Seat, hat: Steering): Promise<void> {
	await seat.go(`/insights/${dashboardId(hat)}`);
	await seat.page.locator('.doorstep-panel').first().waitFor();
	await settled(seat.page);
}

async function settled(page: Page): Promise<void> {
	await expect.poll(() => page.locator('.doorstep-panel[aria-busy=true]').count()).toBe(0);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

function panel({ page }: Seat, heading: string): Locator {
	return page.getByRole('region', { name: heading, exact: true });
}

/** Takes an export of a panel. @returns where the file lies */
async function exported({ page }: Seat, place: Locator, name: RegExp): Promise<string> {
	await place.getByRole('button', { name: '导出' }).click();
	const download = page.waitForEvent('download');
	await page.getByText(name).last().click();
	return (await download).path();
}
