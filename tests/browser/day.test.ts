/** A day of each person in the studio: whatever they open stands, is theirs, and refuses nothing that it offers. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { policyId } from '../../extensions/platform/hats.js';
import { openStudio, screenshot, type Seat, type Studio } from '../harness/browser.js';
import { DESK, PEOPLE, PHONE, walkFor, wordsOn } from '../harness/day-people.js';
import { buildDay, marksOf, type Day } from '../harness/day.js';
import {
	begin,
	choose,
	fieldOf,
	fillIn,
	look,
	openCase,
	panelOf,
	pickRow,
	save,
	saveAndStay,
	send,
} from '../harness/studio.js';
import { startProvisioned, type Township } from '../harness/township.js';
import { walkOf, type Walk } from '../harness/walk.js';
import { recordCase, step, type Person } from '../harness/world.js';

/** A walk opens some twenty pages. */
vi.setConfig({ testTimeout: 180_000 });

let township: Township;
let day: Day;
let studio: Studio;
beforeAll(async () => {
	township = await startProvisioned({ app: true });
	day = await buildDay(township);
	studio = await openStudio(township);
});
afterEach(({ task }) => studio.check({ name: task.name, failed: task.result?.state === 'fail' }));
afterAll(async () => {
	await studio.close();
	await township.stop();
});

describe.each(PEOPLE)('%s', (name, who, screen, offered, reads) => {
	let seat: Seat;
	let walk: Walk;
	beforeAll(async () => {
		seat = await studio.seat(who(day), screen);
		walk = walkFor(day, seat, name, reads(day));
	});

	it('Access: is offered the collections of the hat and no other, and each opens with its rows and one of them', async () => {
		const { page } = seat;
		await walk.open('/content');
		if (offered.length === 0) await page.getByText('没有任何模型').waitFor();
		const link = (collection: string) =>
			page.getByRole('navigation').locator(`a[href="/admin/content/${collection}"]`).first();
		if (screen.touch !== true && offered.length > 0) {
			await link(offered[0] ?? '').waitFor();
			const links = page
				.getByRole('navigation')
				.locator('a[href^="/admin/content/doorstep_"]:not([href*="?"]):not([href*="#"])');
			const paths = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
			expect([...new Set(paths)].sort()).toEqual(offered.map((each) => `/admin/content/${each}`).sort());
		}
		for (const collection of offered) {
			const words = wordsOn(day, collection, reads(day));
			if (screen.touch === true) await walk.open(`/content/${collection}`, words);
			else await walk.press(link(collection), collection, words);
			if (collection === 'doorstep_settings') continue;
			await page.locator('tbody tr, .case-list li a').first().click();
			await page.waitForURL(new RegExp(`${collection}/[0-9a-f-]{36}`));
			await walk.look(`a row of ${collection}`);
		}
		if (offered.length > 0) await screenshot(page, `day-${name}`);
		expect(walk.faults).toEqual([]);
	});

	it('Access: finds the own account, its language and the form of its password, and looks into the inbox', async () => {
		const { page } = seat;
		await walk.open(`/users/${who(day).user}`, ['密码', '语言']);
		const locked = await fieldOf(page, '语言').locator('.disabled').count();
		expect(locked > 0, 'the language is locked').toBe(offered.length === 0);
		expect(walk.faults).toEqual([]);
	});
});

describe('at work', () => {
	/** Somebody at a desk whose walk has to end without a fault. */
	const at = async (name: string, who: Person, reads: readonly string[], screen = DESK) => {
		const seat = await studio.seat(who, screen);
		return { seat, page: seat.page, walk: walkFor(day, seat, name, reads) };
	};
	const reading = (name: string): string[] => PEOPLE.find((person) => person[0] === name)?.[4](day) ?? [];

	it.each([
		['at a desk', DESK, '培训', 'training'],
		['on a phone', PHONE, '下乡', 'in_village'],
	])(
		'C4: a cadre %s changes the own work state, and nothing of a colleague',
		async (_where, screen, word, state) => {
			const { seat, page, walk } = await at('a cadre', day.cadre, marksOf(day.near), screen);
			await walk.open(`/content/doorstep_cadres/${day.cadre.cadre}`);
			await fieldOf(page, '工作状态').locator('.v-input').click();
			await page.locator('.v-menu-content').getByText(word, { exact: true }).click();
			await saveAndStay(seat);
			await walk.look('the own work state');
			expect(await rowOf('doorstep_cadres', day.cadre.cadre)).toMatchObject({ work_state: state });
			await walk.open(`/content/doorstep_cadres/${day.colleague.cadre}`);
			expect(await page.locator('.v-form input:enabled, .v-form textarea:enabled').count()).toBe(0);
			expect(walk.faults).toEqual([]);
		},
	);

	it.each([
		['at a desk', DESK, '13912345678', '独居老人', 'elderly_alone'],
		['on a phone', PHONE, '13987654321', '低保对象', 'minimum_living'],
	])(
		'L1: a cadre %s keeps phone and special groups of a household',
		async (_where, screen, phone, word, group) => {
			const { seat, page, walk } = await at('a cadre', day.cadre, marksOf(day.near), screen);
			await walk.open(`/content/doorstep_households/${day.near.id}`, ['敏感信息']);
			await fillIn(page, '联系电话', phone);
			await fieldOf(page, '重点关爱群体').getByText(word, { exact: true }).click();
			await saveAndStay(seat);
			await walk.look('a household kept');
			const { special_groups, ...kept } = await rowOf('doorstep_households', day.near.id);
			expect(kept).toMatchObject({ phone });
			expect(special_groups).toContain(group);
			expect(walk.faults).toEqual([]);
		},
	);

	it.each([
		['a substitute', () => day.substitute, () => day.near.case.id],
		['a holder of another village', () => day.stranger, () => day.held.id],
		['a town leader', () => day.townLeader, () => day.beside.case.id],
		['a supervisor', () => day.supervisor, () => day.far.case.id],
	])(
		'F1: %s writes down what was done about a case that is not of an own household',
		async (name, who, id) => {
			const { seat, walk } = await at(name, who(), reading(name));
			await openCase(seat, id());
			const note = await begin(seat, '过程记录');
			await fillIn(note, '情况说明', '已与群众通电话');
			await send(seat, note, '已与群众通电话');
			await walk.look('a note');
			expect(walk.faults).toEqual([]);
		},
	);

	it('F3: a deputy grants time while the leader is away, and is not offered to while the leader is here', async () => {
		const asked = await recordCase(day.colleague, day.beside.id, { title: '等配件' });
		await step(day.colleague, asked.id, 'ask_time', { hours: 3, note: '配件在路上' });
		const { seat, page, walk } = await at('a deputy', day.deputy, reading('a deputy'));
		await openCase(seat, asked.id);
		expect(await page.getByRole('button', { name: '同意延期' }).count()).toBe(0);
		await township.admin.ok('PATCH', `/items/doorstep_cadres/${day.leader.cadre}`, {
			work_state: 'training',
		});
		await openCase(seat, asked.id);
		await send(seat, await begin(seat, '同意延期'), '同意延期');
		await walk.look('time granted');
		await township.admin.ok('PATCH', `/items/doorstep_cadres/${day.leader.cadre}`, { work_state: 'on_duty' });
		expect(walk.faults).toEqual([]);
	});

	it('F6: a supervisor records a complaint that came by phone', async () => {
		const { seat, page, walk } = await at('a supervisor', day.supervisor, reading('a supervisor'));
		await walk.open('/content/doorstep_cases/+');
		await look(page, '选择农牧户', day.near.mark, day.near.mark);
		await fillIn(page, '事项名称', '登记时态度生硬');
		await choose(page, '台账', '上报事项');
		await page.getByText('更多信息', { exact: true }).click();
		await pickRow(page, '被反映干部', '甲');
		await saveAndStay(seat);
		await panelOf(seat).getByRole('heading', { name: '办理过程' }).waitFor();
		await walk.look('a complaint recorded');
		expect(walk.faults).toEqual([]);
	});

	it.each([
		['the data clerk of the town', () => day.clerk, '四社'],
		['the data clerk of a village', () => day.villageClerk, '五社'],
	])('S2: %s enters a hamlet and a household with its cadre, and corrects it', async (name, who, hamlet) => {
		const { seat, page, walk } = await at(name, who(), reading(name));
		await walk.open('/content/doorstep_hamlets/+');
		await pickRow(page, '所属嘎查村', '白音嘎查');
		await fillIn(page, '社名称', hamlet);
		await save(seat);
		await page.waitForURL(/doorstep_hamlets$/);
		await walk.look('a hamlet entered', [hamlet]);

		await walk.open('/content/doorstep_households/+');
		await fillIn(page, '户号', `BY-${hamlet}-01`);
		await pickRow(page, '所在社', hamlet);
		await fillIn(page, '户主', `新户${hamlet}`);
		await pickRow(page, '包户干部', '乙');
		await save(seat);
		await page.waitForURL(/doorstep_households$/);
		await walk.look('a household entered', [`新户${hamlet}`]);

		await page
			.getByRole('row')
			.filter({ hasText: `新户${hamlet}` })
			.click();
		await page.waitForURL(/doorstep_households\/[0-9a-f-]{36}/);
		await walk.rest();
		await fillIn(page, '户主', `更正${hamlet}`);
		expect(await fieldOf(page, '包户干部').locator('.non-editable').count(), 'the cadre is locked').toBe(1);
		await save(seat);
		await page.waitForURL(/doorstep_households$/);
		await walk.look('a household corrected', [`更正${hamlet}`]);
		expect(walk.faults).toEqual([]);
	});

	it('F3: a notice in the inbox leads to the case', async () => {
		const reads = [...marksOf(day.beside), day.held.mark, day.near.mark];
		const { page, walk } = await at('a colleague', day.colleague, reads);
		const { id } = await recordCase(day.cadre, day.near.id, { title: '转来的事项' });
		await step(day.cadre, id, 'pass', { holder: day.colleague.cadre });
		await walk.open('/content');
		await page.getByRole('button', { name: 'notifications' }).click();
		const inbox = page.locator('.v-drawer').last();
		await inbox.getByText('转来的事项').first().waitFor();
		await inbox.locator('main').locator('[data-icon=open_in_new], [data-icon=launch]').first().click();
		await page.waitForURL(/doorstep_cases\/[0-9a-f-]{36}/);
		await walk.look('the case of a notice', ['转来的事项']);
		expect(walk.faults).toEqual([]);
	});
});

describe('an administrator', () => {
	const admin = async (): Promise<{ seat: Seat; walk: Walk }> => {
		await township.admin.ok('PATCH', '/users/me', { language: 'zh-CN' });
		const seat = await studio.seat(inject('template').admin.email);
		return { seat, walk: walkOf(seat, 'an administrator', []) };
	};

	it('Access: gives somebody a hat in the studio, and takes it again', async () => {
		const { seat, walk } = await admin();
		const { page } = seat;
		await walk.open(`/users/${day.nobody.user}`);
		await page.getByRole('button', { name: '添加现有' }).last().click();
		const drawer = page.locator('.v-drawer').last();
		const hat = drawer.getByRole('row').filter({ hasText: '农事户办 · 文印员' });
		await hat.getByText('查看干部和服务事项').waitFor();
		await screenshot(page, 'day-administrator-hats');
		await hat.click();
		await drawer.getByRole('button', { name: 'check', exact: true }).click();
		await saveAndStay(seat);
		await walk.look('a hat given');
		await screenshot(page, 'day-administrator-hat-given');
		const printer = await studio.seat(day.nobody);
		await printer.go('/content/doorstep_services');
		await printer.page.getByText('低保申请').waitFor();

		const given = page.locator('.v-list-item').filter({ hasText: '农事户办 · 文印员' });
		await given
			.getByRole('button', { name: /delete|close|取消选择|移除/ })
			.last()
			.click();
		await saveAndStay(seat);
		await walk.look('a hat taken');
		await printer.go('/content');
		await printer.page.getByText('没有任何模型').waitFor();
		expect(walk.faults).toEqual([]);
	});

	it('Access: reads a hat as a policy with its permissions', async () => {
		const { seat, walk } = await admin();
		await walk.open('/settings/policies', ['农事户办 · 包户干部']);
		await walk.open(`/settings/policies/${policyId('cadre')}`, ['农事户办 · 包户干部', '更新']);
		await screenshot(seat.page, 'day-administrator-policy');
		// Directus names collections by their keys there.
		expect(walk.faults.filter((fault) => !fault.includes(': doorstep_'))).toEqual([]);
	});

	it('S2: names the data clerk of a village, who then reads its households', async () => {
		const { seat, walk } = await admin();
		const clerk = await studio.seat(day.villageClerk);
		await clerk.go('/content/doorstep_households');
		await clerk.page.getByText(day.near.mark).first().waitFor();
		expect(await clerk.page.getByText(day.far.mark).count()).toBe(0);
		await walk.open(`/content/doorstep_villages/${day.otherVillage}`);
		await pickRow(seat.page, '信息员', '嘎查村信息员');
		await saveAndStay(seat);
		await walk.look('a data clerk named');
		await clerk.go('/content/doorstep_households');
		await clerk.page.getByText(day.far.mark).first().waitFor();
		expect(walk.faults).toEqual([]);
	});
});

function rowOf(collection: string, id: string): Promise<Record<string, unknown>> {
	return township.admin.ok('GET', `/items/${collection}/${id}`);
}
