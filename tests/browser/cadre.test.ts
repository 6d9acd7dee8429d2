/** A cadre's day at the door, on a phone and at a desk. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Screen, type Seat, type Studio } from '../harness/browser.js';
import {
	begin,
	choose,
	fieldOf,
	fillIn,
	look,
	openCase,
	panelOf,
	save,
	saveAndStay,
	send,
} from '../harness/studio.js';
import { startTownship, type Township } from '../harness/township.js';
import { buildWorld, create, readCase, recordCase, type CaseRow, type World } from '../harness/world.js';

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

const DESK: Screen = {};
const PHONE: Screen = { width: 390, touch: true };

/** Each screen has households of its own: what was recorded before would be pointed out. */
describe.each([
	['at a desk', DESK, '老', 'l'],
	['on a phone', PHONE, '小', 'x'],
])('%s', (_where, screen, prefix, initial) => {
	const cadre = (): Promise<Seat> => studio.seat(world.cadre, screen);

	it('F1: a case is recorded with three things only, the household found by its initials', async () => {
		const seat = await cadre();
		await aHousehold(`${prefix}王建国`);
		await newCase(seat);
		await look(seat.page, '选择农牧户', `${initial}wjg`, `${prefix}王建国`);
		await fillIn(seat.page, '事项名称', '门前路灯不亮');
		await choose(seat.page, '台账', '代办事项');
		await saveAndStay(seat);

		const panel = panelOf(seat);
		await panel.getByText('正常').waitFor();
		await panel.getByText(/剩 23 小时 5\d 分/).waitFor();
		const saved = await newestCase('门前路灯不亮');
		await seat.page.getByRole('heading', { name: saved.number }).waitFor();
		expect(saved).toMatchObject({ ledger: 'proxy', status: 'open', holder: world.cadre.cadre });
	});

	it('F1: a service brings ledger, limit and papers, and points out that its case is open already', async () => {
		const seat = await cadre();
		const household = await aHousehold(`${prefix}赵铁柱`);
		const service = await create(township.admin, 'doorstep_services', {
			...{ code: `FW-${Date.now()}`, name: `${prefix}年残疾证换领`, category: '民政', ledger: 'proxy' },
			...{ limit_hours: 12, papers: '旧证、照片两张' },
		});
		const open = await recordCase(world.cadre, household, { service, title: '首次换证' });
		await newCase(seat);
		await look(seat.page, '选择农牧户', `${initial}ztz`, `${prefix}赵铁柱`);
		await look(seat.page, '选择服务事项', `${initial}ncjz`, `${prefix}年残疾证换领`);

		await seat.page.getByText('旧证、照片两张').first().waitFor();
		await seat.page.getByText('12 小时').waitFor();
		await seat.page.getByText('该户同一事项正在办理').waitFor();
		const link = seat.page.getByRole('link', { name: open.number });
		expect(await link.getAttribute('target')).toBe('_blank');
		expect(await fieldOf(seat.page, '事项名称').getByRole('textbox').inputValue()).toBe(
			`${prefix}年残疾证换领`,
		);
		await saveAndStay(seat);
		await panelOf(seat)
			.getByText(/剩 11 小时 5\d 分/)
			.waitFor();
		expect(await newestCase(`${prefix}年残疾证换领`)).toMatchObject({ ledger: 'proxy', service });
	});

	it('F2, F5: what was settled at the door is recorded, resolved, told and closed in one go', async () => {
		const seat = await cadre();
		await aHousehold(`${prefix}孙秀英`);
		await newCase(seat);
		await look(seat.page, '选择农牧户', `${initial}sxy`, `${prefix}孙秀英`);
		await fillIn(seat.page, '事项名称', '代交电费');
		await choose(seat.page, '台账', '即办事项');
		await seat.page.getByRole('checkbox', { name: '已现场办结' }).click();
		await fillIn(seat.page, '情况说明', '用她的手机交清');
		await choose(seat.page, '是否解决', '已解决');
		await choose(seat.page, '满意程度', '满意');
		await choose(seat.page, '反馈方式', '入户');
		await save(seat);

		await seat.page.waitForURL(/doorstep_cases(\?|$)/);
		const saved = await newestCase('代交电费');
		expect(saved).toMatchObject({ status: 'closed', ledger: 'immediate' });
		const panel = await openCase(seat, saved.id);
		await panel.getByText('用她的手机交清').waitFor();
		expect(
			await panel
				.getByRole('listitem')
				.filter({ hasText: /^(登记|填报结果|反馈群众|办结)/ })
				.count(),
		).toBe(4);
	});

	it('F3, F5: an errand is resolved, told and closed by its buttons', async () => {
		const seat = await cadre();
		const { id } = await recordCase(world.cadre, world.household, { title: '取药' });
		await openCase(seat, id);

		const result = await begin(seat, '填报结果');
		await fillIn(result, '情况说明', '药已送到');
		await send(seat, result, '药已送到');

		const told = await begin(seat, '反馈群众');
		await choose(told, '是否解决', '已解决');
		await choose(told, '满意程度', '基本满意');
		await choose(told, '反馈方式', '电话');
		await send(seat, told, '基本满意');

		await send(seat, await begin(seat, '办结'), '办结、销号');
		await panelOf(seat).getByText('已办结').first().waitFor();
		expect(await readCase(world.cadre, id)).toMatchObject({ status: 'closed' });
	});

	it('F5: a photo with a note is seen and opened by those who see the case, and by nobody else', async () => {
		const seat = await cadre();
		const { id } = await recordCase(world.cadre, world.household, { title: '修渠' });
		await openCase(seat, id);
		const note = await begin(seat, '过程记录');
		await fillIn(note, '情况说明', '渠已清淤');
		const chooser = seat.page.waitForEvent('filechooser');
		await note.getByRole('button', { name: '拍照或选择文件' }).click();
		await (await chooser).setFiles({ name: '清淤前.pdf', mimeType: 'application/pdf', buffer: PDF });
		await note.getByRole('link', { name: '清淤前.pdf' }).waitFor();
		await send(seat, note, '渠已清淤');

		const link = panelOf(seat).getByRole('link', { name: '清淤前' });
		const address = (await link.getAttribute('href')) ?? '';
		const answer = await seat.page.context().request.get(new URL(address, township.url).href);
		expect(answer.status()).toBe(200);
		expect(await answer.body()).toEqual(PDF);
		const foreign = await world.stranger.client.request('GET', address);
		expect(foreign.status).toBe(403);
	});

	it('F4: nobody is offered a step that is not theirs', async () => {
		const seat = await cadre();
		const { id } = await recordCase(world.cadre, world.household, { title: '修桥', ledger: 'reported' });
		const panel = await openCase(seat, id);
		await panel.getByRole('button', { name: '上报', exact: true }).waitFor();
		for (const leaders of ['交办', '同意延期', '同意销号', '回访核实']) {
			expect(await panel.getByRole('button', { name: leaders }).count(), leaders).toBe(0);
		}
	});
});

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

async function newCase(seat: Seat): Promise<void> {
	await seat.go('/content/doorstep_cases/+');
}

function aHousehold(name: string): Promise<string> {
	const code = `${name}-${Date.now()}`;
	return township.admin
		.ok<{ hamlet: string }>('GET', `/items/doorstep_households/${world.household}?fields=hamlet`)
		.then(({ hamlet }) =>
			create(township.admin, 'doorstep_households', {
				code,
				head_name: name,
				hamlet,
				cadre: world.cadre.cadre,
			}),
		);
}

async function newestCase(title: string): Promise<CaseRow> {
	const found = await world.cadre.client.ok<CaseRow[]>(
		'GET',
		`/items/doorstep_cases?filter[title][_eq]=${title}&sort=-received_at&limit=1`,
	);
	if (found[0] === undefined) throw new Error(`There is no case “${title}”.`);
	return found[0];
}
