/** Leaders at work, alone, in batches, and two people on one case. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Seat, type Studio } from '../harness/browser.js';
import {
	begin,
	chooseDay,
	drawerOf,
	fieldOf,
	fillIn,
	look,
	openCase,
	panelOf,
	send,
} from '../harness/studio.js';
import { startTownship, type Township } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step, type CaseRow, type World } from '../harness/world.js';

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

const HOUR = 3_600_000;

describe('two people on one case', () => {
	it('F2: who comes second is refused in words, sees what happened, and loses nothing of what they typed', async () => {
		const { id } = await recordCase(world.cadre, world.household, { title: '换水泵' });
		const seat = await studio.seat(world.cadre);
		await openCase(seat, id);
		const drawer = await begin(seat, '填报结果');
		await fillIn(drawer, '情况说明', '水泵已换好');
		expect((await step(world.leader, id, 'resolve', { note: '队长已联系厂家换好' })).status).toBe(200);

		seat.expectRefusal(409);
		await drawer.getByRole('button', { name: '提交' }).click();
		await drawer.getByRole('alert').getByText('事项当前为“待反馈”，不能执行“填报结果”').waitFor();
		await drawer.getByText('在您填写期间，该事项有了新的办理过程').waitFor();
		await drawer.getByText('队长已联系厂家换好').waitFor();
		expect(await fieldOf(drawer, '情况说明').getByRole('textbox').inputValue()).toBe('水泵已换好');
		expect(await drawer.getByRole('button', { name: '提交' }).isEnabled()).toBe(true);
	});
});

describe('the team leader', () => {
	it('F3: grants what was asked for; the hours stand there already', async () => {
		const asked = await aCaseThatAsksForTime('等配件', 6);
		const seat = await studio.seat(world.leader);
		const panel = await openCase(seat, asked.id);
		await panel.getByText('已申请延期 6 小时，待领导答复').waitFor();
		const drawer = await begin(seat, '同意延期');
		expect(await fieldOf(drawer, '延期小时数').getByRole('spinbutton').inputValue()).toBe('6');
		await send(seat, drawer, '同意延期');
		const after = await readCase(world.leader, asked.id);
		expect(Date.parse(after.due_at) - Date.parse(asked.due_at)).toBe(6 * HOUR);
		await panelOf(seat).getByText(/原定/).waitFor();
	});

	it('F3: acknowledges a reminder on the case, once', async () => {
		const late = await aLateCase('取救济粮');
		const seat = await studio.seat(world.leader);
		const panel = await openCase(seat, late.id);
		await panel.getByText('逾期', { exact: true }).waitFor();
		const rung = panel
			.getByRole('listitem')
			.filter({ hasText: '催办' })
			.filter({ has: button(seat, '签收') });
		await rung.first().getByRole('button', { name: '签收' }).click();
		await panel
			.getByText(/队长 于 .* 签收/)
			.first()
			.waitFor();
	});

	it('F3, F4: answers several cases in one go, each with a result of its own', async () => {
		const asked = await aCaseThatAsksForTime('批量甲', 3);
		const settled = await aCaseThatAsksForTime('批量乙', 4);
		const seat = await studio.seat(world.leader);
		await select(seat, asked, settled);
		await seat.page.getByRole('button', { name: '同意延期 2 件', exact: true }).click();
		const drawer = await drawerOf(seat, '同意延期');
		await drawer.getByText('共 2 件').waitFor();
		expect((await step(world.cadre, settled.id, 'resolve', { note: '配件提前到了' })).status).toBe(200);

		seat.expectRefusal(409);
		await drawer.getByRole('button', { name: '提交 2 件' }).click();
		await drawer.getByText('1 件已办理，1 件未成功').waitFor();
		const results = drawer.getByRole('listitem');
		await results.filter({ hasText: asked.number }).getByText('已办理').waitFor();
		await results.filter({ hasText: settled.number }).getByText('事项当前为“待反馈”').waitFor();
		const after = await readCase(world.leader, asked.id);
		expect(Date.parse(after.due_at) - Date.parse(asked.due_at)).toBe(3 * HOUR);
		await drawer.getByRole('button', { name: '取消' }).click();
		await drawer.waitFor({ state: 'detached' });
	});

	it('F4: decides several reported cases at once', async () => {
		const cases = [await aReportedCase('批量丙'), await aReportedCase('批量丁')] as const;
		const seat = await studio.seat(world.leader);
		await select(seat, ...cases);
		await seat.page.getByRole('button', { name: '交办 2 件' }).click();
		const drawer = await drawerOf(seat, '交办');
		await look(drawer, '选择干部', '乙', '乙');
		await chooseDay(drawer, '办结时限', inDays(4));
		await drawer.getByRole('button', { name: '提交 2 件' }).click();
		await drawer.getByText('2 件已办理，0 件未成功').waitFor();
		await drawer.getByRole('button', { name: '完成' }).click();
		for (const { id } of cases) {
			expect(await readCase(world.leader, id)).toMatchObject({ holder: world.colleague.cadre });
		}
	});

	it('F3: acknowledges the reminders of several cases at once', async () => {
		const cases = [await aLateCase('批量戊'), await aLateCase('批量己')] as const;
		const seat = await studio.seat(world.leader);
		await select(seat, ...cases);
		await seat.page.getByRole('button', { name: '签收 2 件' }).click();
		await seat.page.getByText(/^\d+ 条已签收，0 条未成功$/).waitFor();
		await seat.page.getByRole('button', { name: '完成' }).click();
		const acknowledged = await township.sql(
			'select id from doorstep_escalations where case_id in (?, ?) and acknowledged_at is not null',
			cases.map(({ id }) => id),
		);
		expect(acknowledged).toHaveLength(2);
	});
});

describe('the town leader', () => {
	it('F4: gives a reported case an owner and a deadline', async () => {
		const reported = await aReportedCase('修村道');
		await step(world.cadre, reported.id, 'report', { level: 'township' });
		const seat = await studio.seat(world.townLeader);
		await openCase(seat, reported.id);
		const drawer = await begin(seat, '交办');
		await look(drawer, '选择干部', '乙', '乙');
		await chooseDay(drawer, '办结时限', inDays(4));
		await send(seat, drawer, '交办');

		await panelOf(seat)
			.getByText(/剩 [34] 天/)
			.waitFor();
		const after = await readCase(world.townLeader, reported.id);
		expect(after).toMatchObject({ holder: world.colleague.cadre, level: 'township' });
		expect(Math.abs(Date.parse(after.due_at) - inDays(4).getTime())).toBeLessThan(24 * HOUR);
	});

	it('F4: strikes off a reported case once the household was told', async () => {
		const reported = await aReportedCase('通自来水');
		await step(world.cadre, reported.id, 'report', { level: 'township' });
		await step(world.cadre, reported.id, 'resolve', { note: '已通水' });
		const told = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
		await step(world.cadre, reported.id, 'tell', told);
		const seat = await studio.seat(world.townLeader);
		await openCase(seat, reported.id);
		await send(seat, await begin(seat, '同意销号'), '办结、销号');
		await panelOf(seat).getByText('已销号').first().waitFor();
		expect(await readCase(world.townLeader, reported.id)).toMatchObject({ status: 'closed' });
	});
});

function inDays(days: number): Date {
	return new Date(Date.now() + days * 24 * HOUR);
}

function button({ page }: Seat, name: string) {
	return page.getByRole('button', { name });
}

async function aCaseThatAsksForTime(title: string, hours: number): Promise<CaseRow> {
	const asked = await recordCase(world.cadre, world.household, { title });
	const answer = await step(world.cadre, asked.id, 'ask_time', { hours, note: '配件在路上' });
	expect(answer.status).toBe(200);
	return asked;
}

function aReportedCase(title: string): Promise<CaseRow> {
	return recordCase(world.cadre, world.household, { title, ledger: 'reported' });
}

/** Asked for the day before yesterday, so that its deadline has passed, and a sweep has told of it. */
async function aLateCase(title: string): Promise<CaseRow> {
	const happened_at = new Date(Date.now() - 30 * HOUR).toISOString();
	const late = await recordCase(world.cadre, world.household, { title, happened_at });
	await township.admin.ok('POST', '/doorstep/sweep', {});
	return late;
}

/** Ticks cases in the list that holds all of them. */
async function select(seat: Seat, ...cases: readonly CaseRow[]): Promise<void> {
	await seat.go('/content/doorstep_cases');
	for (const { number, title } of cases) {
		await seat.page.getByRole('checkbox', { name: `选择 ${number} ${title}` }).click();
	}
	await seat.page.getByRole('region', { name: `已选 ${cases.length} 件` }).waitFor();
}
