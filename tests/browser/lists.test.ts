/** What each hat finds in the studio: lists, the number that waits, and the supervision group's own work. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Seat, type Studio } from '../harness/browser.js';
import { begin, choose, openCase, panelOf, send } from '../harness/studio.js';
import { startTownship, type Township } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, step, type World } from '../harness/world.js';
import type { Policy } from '../../extensions/platform/hats.js';

let township: Township;
let world: World;
let studio: Studio;
beforeAll(async () => {
	township = await startTownship({ app: true });
	world = await buildWorld(township);
	studio = await openStudio(township);
});
afterEach(({ task }) => studio.check({ name: task.name, failed: task.result?.state === 'fail' }));
afterAll(async () => {
	await studio.close();
	await township.stop();
});

const FOR_ALL = [
	'等我办理',
	'我的今日到期',
	'4小时内到期',
	'已逾期',
	'待反馈',
	'未签收',
	'全部在办',
	'全部事项',
];
const FOR_LEADERS = ['待交办', '待审批延期', '待销号'];
const LISTS: readonly [Policy, readonly string[]][] = [
	['cadre', FOR_ALL],
	['team_leader', [...FOR_ALL, ...FOR_LEADERS]],
	['town_leader', [...FOR_ALL, ...FOR_LEADERS]],
	['supervisor', [...FOR_ALL, '对干部的反映']],
];

describe.each(LISTS)('as %s', (hat, lists) => {
	it('F6: every list of theirs, and no other, is on the first page and opens as it was counted there', async () => {
		const { page, go } = await studio.seat(emailOf(hat));
		await go('/doorstep');
		const tiles = page.getByRole('main').getByRole('listitem').getByRole('link');
		await tiles
			.filter({ hasText: /\d/ })
			.nth(lists.length - 1)
			.waitFor();
		const counted = new Map<string, number>();
		for (const text of await tiles.allInnerTexts()) {
			const [name = '', count] = text.split('\n').filter((line) => line.trim() !== '');
			counted.set(name, Number(count));
		}
		expect([...counted.keys()].sort()).toEqual([...lists].sort());

		await go('/content/doorstep_cases');
		for (const [name, count] of counted) {
			await page.getByRole('navigation').getByRole('link', { name }).click();
			await page.getByRole('heading', { name, level: 1 }).waitFor();
			const list = page.locator('.case-list');
			if (count === 0) await page.getByText('这份清单目前没有事项').waitFor();
			else await list.getByRole('table').waitFor();
			const rows = list.getByRole('row').filter({ has: page.getByRole('cell') });
			// The list of before stays until the answer to this one comes.
			await expect.poll(() => rows.count(), { message: name, timeout: 10_000 }).toBe(Math.min(count, 25));
		}
	});

	it('F6: the number at the door is what waits for them', async () => {
		const email = emailOf(hat);
		const { page, go } = await studio.seat(email);
		await go('/doorstep');
		const { count } = await (await township.as(email)).ok<{ count: number }>('GET', '/doorstep/waiting');
		expect(count).toBeGreaterThan(0);
		await page.getByRole('link', { name: `${count} 件待办` }).waitFor();
	});
});

describe.each<Policy>(['data_clerk', 'printer'])('as %s and nothing else', (hat) => {
	it('F6: there is no door to cases', async () => {
		const { page, go } = await studio.seat(await makePerson(township, '文员', [hat]));
		await go('/users');
		await page.getByRole('link', { name: 'account_circle', exact: true }).waitFor();
		expect(await page.locator('a[href="/admin/doorstep"]').count()).toBe(0);
	});
});

describe('the supervision group', () => {
	it('F6: calls a household and records whether it is so', async () => {
		const { id } = await recordCase(world.cadre, world.household, { title: '送种子' });
		await step(world.cadre, id, 'resolve', { note: '已送到' });
		await step(world.cadre, id, 'tell', { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' });
		const seat: Seat = await studio.seat(world.supervisor);
		await openCase(seat, id);
		const drawer = await begin(seat, '回访核实');
		await choose(drawer, '是否解决', '部分解决');
		await choose(drawer, '满意程度', '不满意');
		await choose(drawer, '反馈方式', '电话');
		await send(seat, drawer, '回访核实');
		const entry = panelOf(seat).getByRole('listitem').filter({ hasText: '回访核实' });
		await entry.getByText('部分解决').waitFor();
		await entry.getByText('督导员').waitFor();
	});

	it('F6: sees a complaint, and the cadre whom it is about does not', async () => {
		const title = '登记时态度生硬';
		const complaint = await recordCase(world.supervisor, world.household, {
			...{ title, about_cadre: world.cadre.cadre, source: 'hotline' },
		});
		const supervisor = await studio.seat(world.supervisor);
		await openCase(supervisor, complaint.id);
		const cadre = await studio.seat(world.cadre);
		await cadre.go('/content/doorstep_cases');
		await cadre.page.locator('.case-list').waitFor();
		expect(await cadre.page.getByText(title).count()).toBe(0);
		cadre.expectRefusal(403);
		await cadre.go(`/content/doorstep_cases/${complaint.id}`);
		await cadre.page.getByRole('heading', { name: '找不到页面', level: 1 }).waitFor();
		expect(await cadre.page.getByText(title).count()).toBe(0);
	});
});

function emailOf(hat: Policy): string {
	const found = township.logIns.find((logIn) => logIn.hat === hat);
	if (found === undefined) throw new Error(`Nobody in the township is ${hat}.`);
	return found.email;
}
