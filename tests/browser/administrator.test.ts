/** What an administrator sets and watches in the studio. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { openStudio, type Seat, type Studio } from '../harness/browser.js';
import { fieldOf } from '../harness/studio.js';
import { startBare, startTownship, type Township } from '../harness/township.js';

let township: Township;
let studio: Studio;
const admin = (): Promise<Seat> => studio.seat(inject('template').admin.email);
afterEach(({ task }) => studio.check({ name: task.name, failed: task.result?.state === 'fail' }));
afterAll(async () => {
	await studio.close();
	await township.stop();
});

describe('on a township', () => {
	beforeAll(async () => {
		township = await startTownship({ app: true });
		studio = await openStudio(township);
	});

	it('F3: the whole ladder stands by each of its rungs, and tells what a change would do before it is saved', async () => {
		const [rung] = await township.admin.ok<{ id: string; delay: number }[]>(
			'GET',
			'/items/doorstep_escalation_rules?filter[ledger][_eq]=proxy&filter[service][_null]=true&sort=delay',
		);
		const { page, go } = await admin();
		await go(`/content/doorstep_escalation_rules/${rung!.id}`);
		const strip = page.getByRole('list', { name: /代办事项/ });
		for (const name of ['到期提醒', '催办', '督办', '专项督查']) {
			await strip.getByText(name, { exact: true }).waitFor();
		}
		await strip.getByText('到期前 4 小时').waitFor();
		await page.getByText('与现行规则一致，不影响在办事项。').waitFor();

		await fieldOf(page, '时限后多久').getByRole('spinbutton').fill('-120');
		await strip.getByText('到期前 2 小时').waitFor();
		await page.getByText(/保存后(将调整 \d+ 件|不改变任何)/).waitFor();
		const saved = await township.admin.ok('GET', `/items/doorstep_escalation_rules/${rung!.id}`);
		expect(saved).toMatchObject({ delay: rung!.delay });
		await page.getByRole('banner').getByRole('button', { name: 'more_vert' }).click();
		await page.getByText('放弃所有更改').click();
		await strip.getByText('到期前 4 小时').waitFor();
	});

	it('F4: a day of the calendar is turned with a click, and back', async () => {
		const day = '2026-12-25';
		const { page, go } = await admin();
		await go('/content/doorstep_settings');
		const cell = page.locator(`[data-day="${day}"]`);
		await cell.scrollIntoViewIfNeeded();
		await cell.click();
		await page.getByText(/12月25日.*已改为休息日/).waitFor();
		expect(await isWorking(day)).toBe(false);
		await page.getByRole('button', { name: '撤销' }).click();
		await page.getByText(/已撤销，.*12月25日.*恢复原状/).waitFor();
		expect(await isWorking(day)).toBe(true);
	});

	it('F6: the first page says whether everything runs', async () => {
		const { page, go } = await admin();
		await go('/doorstep');
		await page.getByText('运行正常').waitFor();
		await page.getByText('最近一次催办检查').waitFor();
		await page.getByText('sqlite').waitFor();
	});

	it('F3: a list as a table shows the light of a case with its word', async () => {
		await township.admin.ok('POST', '/presets', {
			...{ bookmark: '灯号表', collection: 'doorstep_cases', layout: 'tabular' },
			layout_query: { tabular: { fields: ['id', 'number', 'title'], sort: ['-received_at'], limit: 25 } },
		});
		const { page, go } = await admin();
		await go('/content/doorstep_cases');
		await page.getByRole('navigation').getByRole('link', { name: '灯号表' }).click();
		const lights = page.getByRole('table').locator('.case-light');
		await lights.first().waitFor();
		for (const text of await lights.allInnerTexts()) {
			expect(text).toMatch(/正常|临期|逾期|已办结|已销号|群众撤回/);
		}
	});

	async function isWorking(day: string): Promise<boolean> {
		const [row] = await township.admin.ok<{ working: boolean }[]>(
			'GET',
			`/items/doorstep_calendar?filter[day][_eq]=${day}`,
		);
		return Boolean(row?.working);
	}
});

describe('before anything is installed', () => {
	beforeAll(async () => {
		await studio.close();
		await township.stop();
		township = await startBare({ app: true });
		studio = await openStudio(township);
	});

	it('F6: the first page says so, installs at a press, and is ready then', async () => {
		const { page, go, expectRefusal } = await admin();
		// What is not ready is answered so, for those who watch the server from outside.
		expectRefusal(503);
		await go('/doorstep');
		await page.getByText('Not installed', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Install' }).click();
		await page.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
		await page
			.getByRole('link', { name: /Waiting for me/ })
			.first()
			.waitFor();
	});
});
