/** What an administrator sets and watches in the studio. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { openStudio, screenshot, type Seat, type Studio } from '../harness/browser.js';
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

	it('PIPL art. 47: a household’s personal data are erased with its code and a reason, and stay away', async () => {
		const cases = await township.admin.ok<{ household: { id: string } }[]>(
			'GET',
			'/items/doorstep_cases?filter[status][_in]=open,resolved&fields=household.id&limit=-1',
		);
		const running = [...new Set(cases.map(({ household }) => household.id))];
		const closed = await township.admin.ok<{ household: { id: string; code: string; head_name: string } }[]>(
			'GET',
			'/items/doorstep_cases?filter[status][_eq]=closed&fields=household.id,household.code,household.head_name&limit=-1',
		);
		const { household } = closed.find((each) => !running.includes(each.household.id))!;
		const { page, go, expectRefusal } = await admin();
		await go(`/content/doorstep_households/${running[0]}`);
		await page.getByRole('button', { name: '删除个人信息…' }).click();
		const dialog = page.getByRole('dialog');
		const press = dialog.getByRole('button', { name: '删除，不可恢复' });
		await dialog.getByText('将保留').waitFor();
		expect(await press.isDisabled()).toBe(true);
		await dialog.getByText('本人撤回同意').click();
		await dialog.getByRole('textbox').fill('不是户号');
		expectRefusal(400);
		await press.click();
		await dialog.getByText('未删除：户号与该户不符').waitFor();
		await dialog.getByRole('button', { name: '取消' }).click();

		await go(`/content/doorstep_households/${household.id}`);
		await page.getByRole('button', { name: '删除个人信息…' }).click();
		await dialog.getByText('本人撤回同意').click();
		await dialog.getByRole('textbox').fill(household.code);
		await screenshot(page, 'erase-asked');
		await press.click();
		await dialog.getByText('个人信息已删除').waitFor();
		await dialog.getByText('农牧户信息 1 条').waitFor();
		await screenshot(page, 'erase-done');
		await dialog.getByRole('button', { name: '完成' }).click();
		await page.getByRole('button', { name: '再次删除…' }).waitFor();
		await fieldOf(page, '个人信息删除原因').waitFor();
		expect(await fieldOf(page, '户主').getByRole('textbox').inputValue()).toBe('已删除');
		await page.getByRole('button', { name: '再次删除…' }).scrollIntoViewIfNeeded();
		await screenshot(page, 'erase-after');
		const shown = await township.admin.ok('GET', `/items/doorstep_households/${household.id}`);
		expect(shown).toMatchObject({ head_name: '已删除', erased_reason: 'consent_withdrawn' });
		expect(JSON.stringify(shown)).not.toContain(household.head_name);

		const phone = await studio.seat(inject('template').admin.email, { width: 390, touch: true });
		await phone.go(`/content/doorstep_households/${running[0]}`);
		await phone.page.getByRole('button', { name: '删除个人信息…' }).click();
		await phone.page.getByRole('dialog').getByText('将保留').waitFor();
		await screenshot(phone.page, 'erase-phone');
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
