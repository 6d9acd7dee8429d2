/** A township in which every row says whose it is: what somebody reads on a screen shows which rows it came from. */
import { randomBytes, randomInt } from 'node:crypto';
import { localDateOf } from '../../extensions/platform/local-time.js';
import { PHOTOS_FOLDER } from '../../seed/provision/permissions.js';
import { logIn } from './request.js';
import type { Township } from './township.js';
import {
	buildWorld,
	create,
	makePerson,
	PASSWORD,
	recordCase,
	step,
	type CaseRow,
	type Person,
	type World,
} from './world.js';

/** One household with a late case; each text of both holds a word that stands nowhere else. */
export interface MarkedHousehold {
	id: string;
	/** In code and name. */
	mark: string;
	/** In reason and measures of relief. */
	hardship: string;
	case: MarkedCase;
}

export interface MarkedCase extends CaseRow {
	/** In title, detail, note and the name of a file. */
	mark: string;
}

export interface Day extends World {
	printer: Person;
	/** Stands in for `cadre`, and has no household of their own. */
	substitute: Person;
	/** Has a log-in of the platform, and no hat of ours. */
	nobody: Person;
	/** Of `cadre`, of `colleague` in the same village, of `stranger` in the other one. */
	near: MarkedHousehold;
	beside: MarkedHousehold;
	far: MarkedHousehold;
	/** Of the household `beside`, passed to `stranger`. */
	held: MarkedCase;
	/** About `cadre`, by the household `near`. */
	complaint: MarkedCase;
}

const A_DAY_MS = 86_400_000;
/** One pixel. */
const FACE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
	'base64',
);

export async function buildDay(township: Township): Promise<Day> {
	const world = await buildWorld(township);
	const { admin } = township;
	await giveNames(township, world);
	const substitute = await makePerson(township, '替岗干部', ['cadre']);
	await admin.ok('PATCH', `/items/doorstep_cadres/${world.cadre.cadre}`, {
		substitute: substitute.cadre,
		substitute_until: new Date(Date.now() + 7 * A_DAY_MS).toISOString(),
	});
	const near = await markHousehold(township, world.household, world.cadre);
	const beside = await markHousehold(township, world.neighbour, world.colleague);
	const far = await markHousehold(township, world.foreign, world.stranger);
	const held = await recordMarked(world.colleague, beside.id);
	await step(world.colleague, held.id, 'pass', { holder: world.stranger.cadre, note: held.mark });
	const complaint = await recordMarked(world.supervisor, near.id, { about_cadre: world.cadre.cadre });
	await drawOne(world, far.id);
	await admin.ok('POST', '/doorstep/sweep', {});
	return {
		...world,
		...{ substitute, near, beside, far, held, complaint },
		printer: await makePerson(township, '文印员', ['printer']),
		nobody: await makeNobody(township),
	};
}

/** A case that was told today, and a check that draws it. */
async function drawOne({ stranger, supervisor }: World, household: string): Promise<void> {
	const told = { kind: 'tell', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };
	await recordCase(stranger, household, {
		title: '更换水表',
		steps: [{ kind: 'resolve', note: '已更换' }, told],
	});
	const today = localDateOf(new Date());
	await create(supervisor.client, 'doorstep_checks', { period_from: today, period_to: today });
}

/** Names that can be read on a screen, where ids are a fault; and a face. */
async function giveNames({ admin }: Township, world: World): Promise<void> {
	await admin.ok('PATCH', `/items/doorstep_villages/${world.village}`, { name: '白音嘎查' });
	await admin.ok('PATCH', `/items/doorstep_villages/${world.otherVillage}`, { name: '查干嘎查' });
	await admin.ok('PATCH', `/items/doorstep_departments/${world.department}`, { name: '旗交通局' });
	await admin.ok('PATCH', `/items/doorstep_services/${world.service}`, { code: 'MZ-01', limit_hours: 24 });
	await admin.ok('PATCH', '/items/doorstep_settings', { township: '白音镇', hotline: '0477-0000000' });
	const form = new FormData();
	form.append('folder', PHOTOS_FOLDER);
	form.append('file', new Blob([FACE], { type: 'image/png' }), '丙.png');
	const { id: photo } = await admin.ok<{ id: string }>('POST', '/files', form);
	await admin.ok('PATCH', `/items/doorstep_cadres/${world.stranger.cadre}`, { photo });
}

/** A word that is in no dictionary, and in no other row. */
function aMark(): string {
	return `记${randomBytes(4).toString('hex')}号`;
}

async function markHousehold({ admin }: Township, id: string, cadre: Person): Promise<MarkedHousehold> {
	const [mark, hardship] = [aMark(), aMark()];
	await admin.ok('PATCH', `/items/doorstep_households/${id}`, {
		...{ code: `户-${mark}`, head_name: `户主${mark}`, phone: `139${randomInt(1e8)}`, people: 3 },
		...{ special_groups: ['disabled'], relief_reason: hardship, relief_measures: hardship },
	});
	return { id, mark, hardship, case: await recordMarked(cadre, id) };
}

/** Of the day before yesterday, so that a sweep raises all of its rungs. */
async function recordMarked(by: Person, household: string, more: object = {}): Promise<MarkedCase> {
	const mark = aMark();
	const happened_at = new Date(Date.now() - 2 * A_DAY_MS).toISOString();
	const sent = { title: `事项${mark}`, detail: `内容${mark}`, happened_at, ...more };
	const recorded = await recordCase(by, household, sent);
	await step(by, recorded.id, 'note', { note: `过程${mark}` });
	return { ...recorded, mark };
}

/** Somebody of the platform to whom no hat was given. */
async function makeNobody({ admin, url }: Township): Promise<Person> {
	const policy = await admin.ok<{ id: string }>('POST', '/policies', {
		name: '平台用户',
		app_access: true,
		admin_access: false,
	});
	const email = `${randomBytes(6).toString('hex')}@doorstep.example.com`;
	const user = await admin.ok<{ id: string }>('POST', '/users', {
		...{ email, password: PASSWORD, first_name: '来访', language: 'zh-CN' },
		policies: [{ policy: policy.id }],
	});
	return { cadre: '', user: user.id, email, client: await logIn(url, email, PASSWORD) };
}

/** Every word that leads back to a household or its own case. */
export function marksOf({ mark, hardship, case: { mark: caseMark } }: MarkedHousehold): string[] {
	return [mark, hardship, caseMark];
}
