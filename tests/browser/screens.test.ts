/** Every screen of ours, narrow and wide, light and dark, in Chinese and English, and with the keyboard alone. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import {
	contrastFaults,
	foreignWords,
	overflows,
	reachedByTab,
	untranslated,
} from '../harness/appearance.js';
import { openStudio, screenshot, type Seat, type Studio } from '../harness/browser.js';
import { begin, drawerOf, fieldOf, fillIn, openCase, panelOf } from '../harness/studio.js';
import { startTownship, type Township } from '../harness/township.js';
import { buildWorld, recordCase, step, type CaseRow, type World } from '../harness/world.js';

let township: Township;
let world: World;
let studio: Studio;
let shown: CaseRow;
beforeAll(async () => {
	township = await startTownship({ app: true });
	world = await buildWorld(township);
	shown = await aFullCase();
	studio = await openStudio(township);
});
afterEach(({ task }) => studio.check({ name: task.name, failed: task.result?.state === 'fail' }));
afterAll(async () => {
	await studio.close();
	await township.stop();
});

const WIDTHS = [390, 768, 1280];
const APPEARANCES = ['light', 'dark'] as const;
const LANGUAGES = ['zh-CN', 'en-US'] as const;
type Language = (typeof LANGUAGES)[number];

/** How each screen is opened, and what stands there when it is whole. */
const SCREENS: readonly [name: string, open: (seat: Seat) => Promise<void>][] = [
	[
		'new-case',
		async ({ page, go }) => {
			await go('/content/doorstep_cases/+');
			await page.getByRole('combobox').nth(1).waitFor();
		},
	],
	[
		'case',
		async (seat) => {
			await seat.go(`/content/doorstep_cases/${shown.id}`);
			await panelOf(seat).locator('.timeline li').first().waitFor();
		},
	],
	[
		'step-drawer',
		async ({ page, go }) => {
			await go(`/content/doorstep_cases/${shown.id}`);
			await page.locator('.case-progress .offers button').first().click();
			await page.locator('.step-drawer .field').first().waitFor();
		},
	],
	[
		'list',
		async ({ page, go }) => {
			await go('/content/doorstep_cases');
			await page.getByRole('checkbox', { name: shown.number }).click();
			await page.locator('.bar[role=region] .buttons button').first().waitFor();
		},
	],
	[
		'module',
		async ({ page, go }) => {
			await go('/doorstep');
			await page.locator('.tile').filter({ hasText: /\d/ }).nth(11).waitFor();
			await page.locator('.home dl').waitFor();
		},
	],
	[
		'ladder',
		async ({ page, go }) => {
			const [rung] = await township.admin.ok<{ id: string }[]>(
				'GET',
				'/items/doorstep_escalation_rules?filter[ledger][_eq]=proxy&sort=-delay&limit=1',
			);
			await go(`/content/doorstep_escalation_rules/${rung?.id ?? ''}`);
			await page.locator('.ladder .rung').nth(3).waitFor();
		},
	],
	[
		'calendar',
		async ({ page, go }) => {
			await go('/content/doorstep_settings');
			await page.locator('.month').nth(11).waitFor();
		},
	],
];

describe.each(LANGUAGES)('in %s', (language) => {
	describe.each(APPEARANCES)('%s', (appearance) => {
		it.each(SCREENS)('F1-F6: %s fits, can be read and speaks one language', async (name, open) => {
			const seat = await administrator(language, appearance);
			await seat.page.setViewportSize({ width: 1280, height: 900 });
			await open(seat);
			const faults: string[] = [];
			for (const width of WIDTHS) {
				await seat.page.setViewportSize({ width, height: 900 });
				await seat.page.evaluate(
					() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
				);
				await screenshot(seat.page, `${name}-${width}-${appearance}-${language.slice(0, 2)}`);
				const found = [...(await overflows(seat.page)), ...(await contrastFaults(seat.page))];
				faults.push(...found.map((fault) => `${width} px: ${fault}`));
			}
			faults.push(...(await untranslated(seat.page)), ...(await foreignWords(seat.page, language)));
			expect([...new Set(faults)]).toEqual([]);
		});
	});
});

describe('with the keyboard alone', () => {
	it('F2: the next step of a case is reached, its form is written in at once, and Escape leaves it', async () => {
		const seat = await studio.seat(world.cadre);
		const { page } = seat;
		const { id } = await recordCase(world.cadre, world.household, { title: '键盘' });
		const panel = await openCase(seat, id);
		await panel.getByRole('button', { name: '填报结果' }).waitFor();
		expect(await reachedByTab(page, '填报结果')).toBe('reached and seen');
		await page.keyboard.press('Enter');
		const drawer = await drawerOf(seat, '填报结果');
		await expect
			.poll(() => drawer.evaluate((form) => form.contains(document.activeElement)), {
				message: 'focus in the form',
			})
			.toBe(true);
		await page.keyboard.press('Escape');
		await drawer.waitFor({ state: 'detached' });
	});

	it('F2: a form that is filled in is sent without a mouse', async () => {
		const seat = await studio.seat(world.cadre);
		const { id } = await recordCase(world.cadre, world.household, { title: '键盘提交' });
		await openCase(seat, id);
		const drawer = await begin(seat, '填报结果');
		await fillIn(drawer, '情况说明', '已办好');
		await fieldOf(drawer, '情况说明').getByRole('textbox').focus();
		expect(await reachedByTab(seat.page, '提交')).toBe('reached and seen');
		await seat.page.keyboard.press('Enter');
		await panelOf(seat).getByRole('listitem').filter({ hasText: '已办好' }).waitFor();
	});
});

/** Sees every screen; who they are at the moment stands in their own row. */
async function administrator(language: Language, appearance: 'light' | 'dark'): Promise<Seat> {
	await township.admin.ok('PATCH', '/users/me', { language, appearance });
	return studio.seat(inject('template').admin.email);
}

/** With every kind of thing that the panel can show: a note, an extension asked for, reminders, a second cycle. */
async function aFullCase(): Promise<CaseRow> {
	const happened_at = new Date(Date.now() - 30 * 3_600_000).toISOString();
	const late = await recordCase(world.cadre, world.household, {
		...{ title: '房屋漏雨需要维修，并申请临时安置补助', service: world.service, happened_at },
		detail: '雨季前要修好。',
	});
	await township.admin.ok('POST', '/doorstep/sweep', {});
	await step(world.cadre, late.id, 'note', { note: '已联系施工队，明天上午来看。' });
	await step(world.cadre, late.id, 'resolve', { note: '屋顶已修好。' });
	await step(world.cadre, late.id, 'tell', { solved: 'partly', satisfaction: 'mostly', channel: 'visit' });
	await step(world.leader, late.id, 'reopen', { note: '东屋仍漏。' });
	return late;
}
