import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	addMarkedNote,
	changesBy,
	NO_CHANGE,
	EVERY_WAY,
	recordMarked,
	sightsOf,
	TO_THE_CASE,
	type MarkedCase,
} from '../harness/sight.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, recordCase, step, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
const printer = await makePerson(township, '文印员', ['printer']);
afterAll(() => township.stop());

const OPEN = expect.arrayContaining(TO_THE_CASE) as string[];
const GUESS = '/items/doorstep_households?filter[relief_reason][_eq]=因病';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

const own = await recordMarked(world.cadre, world.household);
await addMarkedNote(world.cadre, own);
const passed = await recordMarked(world.cadre, world.household);
await addMarkedNote(world.cadre, passed);
await admin.ok('POST', '/doorstep/sweep');

async function rungOf({ id }: MarkedCase): Promise<string> {
	const rungs = await admin.ok<{ id: string }[]>(
		'GET',
		`/items/doorstep_escalations?filter[case_id][_eq]=${id}&sort=rung`,
	);
	return rungs[0]?.id ?? '';
}

function setSubstitute(of: Person, substitute: Person | null, until: string | null) {
	const sent = { substitute: substitute?.cadre ?? null, substitute_until: until };
	return admin.ok('PATCH', `/items/doorstep_cadres/${of.cadre}`, sent);
}

describe('Access: who sees a case', () => {
	test('an administrator sees it in every way that is tried here', async () => {
		expect(await sightsOf({ client: admin }, own)).toEqual(EVERY_WAY);
	});

	test('a cadre sees the cases of own households in every way', async () => {
		expect(await sightsOf(world.cadre, own)).toEqual(OPEN);
	});

	for (const who of ['stranger', 'colleague'] as const) {
		test(`a ${who === 'stranger' ? 'cadre of another village' : 'cadre of the same village'} sees them in none`, async () => {
			expect(await sightsOf(world[who], own)).toEqual([]);
		});
	}

	test('a substitute sees them until the substitution ends', async () => {
		await setSubstitute(world.cadre, world.stranger, TOMORROW);
		expect(await sightsOf(world.stranger, own)).toEqual(OPEN);
		await setSubstitute(world.cadre, world.stranger, YESTERDAY);
		expect(await sightsOf(world.stranger, own)).toEqual([]);
		await setSubstitute(world.cadre, null, null);
	});

	test('the holder of another village, and a substitute of that holder, see the case that was passed and no other', async () => {
		const standIn = await makePerson(township, '代办', ['cadre']);
		expect((await step(world.cadre, passed.id, 'pass', { holder: world.stranger.cadre })).status).toBe(200);
		await setSubstitute(world.stranger, standIn, TOMORROW);
		for (const person of [world.stranger, standIn]) {
			expect(await sightsOf(person, passed)).toEqual(OPEN);
			expect(await sightsOf(person, own)).toEqual([]);
		}
		await setSubstitute(world.stranger, null, null);
		expect(await sightsOf(standIn, passed)).toEqual([]);
		expect(await sightsOf(world.cadre, passed)).toEqual(OPEN);
	});

	for (const [who, name] of [
		['leader', 'the leader of the work team'],
		['deputy', 'its deputy'],
		['townLeader', 'the town leader'],
		['inCharge', 'the leader in charge of a subject'],
	] as const) {
		test(`${name} sees the cases of the village in every way`, async () => {
			expect(await sightsOf(world[who], own)).toEqual(OPEN);
		});
	}

	test('the leader of one village sees nothing of another', async () => {
		const foreign = await recordMarked(world.stranger, world.foreign);
		for (const leader of [world.leader, world.deputy]) expect(await sightsOf(leader, foreign)).toEqual([]);
		expect(await sightsOf(world.townLeader, foreign)).toContain('by id');
	});

	test('the supervision group sees every case (F6), without personal circumstances', async () => {
		const supervisor = await makePerson(township, '专职督导员', ['supervisor']);
		expect(await sightsOf(supervisor, own)).toEqual(OPEN);
		const path = `/items/doorstep_households/${world.household}`;
		await admin.ok('PATCH', path, { relief_reason: '因病', special_groups: ['disabled'] });
		expect(await world.leader.client.ok('GET', path)).toMatchObject({ relief_reason: '因病' });
		expect(await supervisor.client.ok('GET', path)).not.toHaveProperty('relief_reason');
		expect(await world.leader.client.ok('GET', GUESS)).toHaveLength(1);
		expect((await supervisor.client.request('GET', GUESS)).status).toBe(403);
	});

	test('a supervisor who is a cadre too is shown no personal circumstances of foreign households', async () => {
		expect(await world.cadre.client.ok('GET', GUESS)).toHaveLength(1);
		const path = `/items/doorstep_households/${world.household}`;
		expect(await world.supervisor.client.ok('GET', path)).not.toMatchObject({ relief_reason: '因病' });
	});

	test('the holder of a passed case sees the case, not the file of a household that is not theirs', async () => {
		const path = `/items/doorstep_cases/${passed.id}?fields=title,household.head_name,household.phone`;
		expect(await world.stranger.client.ok('GET', path)).toEqual({ title: passed.title, household: null });
		expect(await world.cadre.client.ok('GET', path)).toMatchObject({ household: { head_name: '户主' } });
	});

	test('a data clerk sees households and no case; a printer, a visitor neither', async () => {
		const household = `/items/doorstep_households/${world.household}`;
		for (const person of [world.clerk, printer, { client: township.visitor }]) {
			expect(await sightsOf(person, own)).toEqual([]);
		}
		expect((await world.clerk.client.request('GET', household)).status).toBe(200);
		expect((await printer.client.request('GET', household)).status).toBe(403);
		expect((await township.visitor.request('GET', household)).status).toBe(403);
		expect((await printer.client.ok<object[]>('GET', '/items/doorstep_services')).length).toBeGreaterThan(0);
	});

	test('F1: whoever may record a case can choose its household in the studio’s own form', async () => {
		const recorders = [world.cadre, world.leader, world.townLeader, world.supervisor];
		for (const [collection, field] of [
			['doorstep_cases', 'household'],
			['doorstep_cases', 'service'],
			['doorstep_case_steps', 'holder'],
			['doorstep_households', 'cadre'],
		] as const) {
			for (const { client } of recorders) {
				const relation = await client.request('GET', `/relations/${collection}/${field}`);
				expect([collection, field, relation.status]).toEqual([collection, field, 200]);
			}
		}
	});

	test('C4: nobody but an administrator reads the token of a card, not even by guessing letters', async () => {
		for (const person of [world.cadre, world.townLeader, world.supervisor, world.clerk, printer]) {
			for (const query of ['fields=card_token', 'filter[card_token][_starts_with]=a', 'sort=card_token']) {
				expect((await person.client.request('GET', `/items/doorstep_cadres?${query}`)).status).toBe(403);
			}
			const whole = await person.client.ok<object[]>('GET', '/items/doorstep_cadres?fields=*');
			expect(Object.keys(whole[0] ?? {})).not.toContain('card_token');
		}
		const [seen] = await admin.ok<{ card_token: string }[]>(
			'GET',
			'/items/doorstep_cadres?fields=card_token',
		);
		expect(seen?.card_token.length).toBeGreaterThanOrEqual(22);
	});
});

describe('Access: who changes a case', () => {
	test('nobody outside can change a case by any way, while its cadre can', async () => {
		const rung = await rungOf(own);
		for (const person of [
			world.stranger,
			world.colleague,
			world.clerk,
			printer,
			{ client: township.visitor },
		]) {
			expect(await changesBy(person, own, rung, world.cadre)).toEqual(NO_CHANGE);
		}
		expect(Object.values(await changesBy(world.cadre, own, rung, world.cadre))).not.toContain('refused');
	});

	test('C2: a cadre records cases for own households only; a foreign one and a missing one are refused alike', async () => {
		for (const household of [world.foreign, world.neighbour, '00000000-0000-4000-8000-000000000000']) {
			const sent = { household, ledger: 'proxy', title: '越权' };
			const refused = await world.cadre.client.request('POST', '/items/doorstep_cases', sent);
			expect([refused.status, refused.errors[0]?.extensions]).toEqual([
				403,
				{ code: 'DOORSTEP_FORBIDDEN', field: 'household' },
			]);
		}
		expect((await recordCase(world.cadre, world.household)).status).toBe('open');
	});

	test('a cadre points neither a case nor a household at somebody else', async () => {
		const moves: [string, object][] = [
			[`/items/doorstep_cases/${own.id}`, { household: world.foreign }],
			[`/items/doorstep_cases/${own.id}`, { holder: world.stranger.cadre }],
			[`/items/doorstep_households/${world.household}`, { cadre: world.stranger.cadre }],
			[`/items/doorstep_households/${world.household}`, { cases: [own.id] }],
			[`/items/doorstep_households/${world.foreign}`, { phone: '1' }],
			[`/items/doorstep_cadres/${world.cadre.cadre}`, { substitute: world.stranger.cadre }],
			[`/items/doorstep_cadres/${world.stranger.cadre}`, { work_state: 'meeting' }],
			[`/items/doorstep_villages/${world.village}`, { leader: world.cadre.cadre }],
		];
		for (const [path, sent] of moves) {
			const { status } = await world.cadre.client.request('PATCH', path, sent);
			expect([path, sent, status >= 400 && status < 500]).toEqual([path, sent, true]);
		}
		const household = await admin.ok<{ cadre: string }>(
			'GET',
			`/items/doorstep_households/${world.household}`,
		);
		expect(household.cadre).toBe(world.cadre.cadre);
		const allowed = await world.cadre.client.request(
			'PATCH',
			`/items/doorstep_households/${world.household}`,
			{ phone: '138' },
		);
		expect(allowed.status).toBe(200);
		const state = { work_state: 'in_village' };
		expect(
			(await world.cadre.client.request('PATCH', `/items/doorstep_cadres/${world.cadre.cadre}`, state))
				.status,
		).toBe(200);
	});

	test('a step nested in an own case stays there, whatever case it names', async () => {
		const foreign = await recordMarked(world.stranger, world.foreign);
		const sent = { steps: [{ case_id: foreign.id, kind: 'note', note: '借道' }] };
		await world.cadre.client.request('PATCH', `/items/doorstep_cases/${own.id}`, sent);
		const path = `/items/doorstep_case_steps?filter[case_id][_eq]=${foreign.id}&fields=kind`;
		expect(await admin.ok('GET', path)).toEqual([{ kind: 'record' }]);
	});
});

describe('Access: a complaint goes to the supervision group alone', () => {
	let complaint: MarkedCase;
	let accused: Person;
	beforeAll(async () => {
		accused = await makePerson(township, '被反映的督导员', [
			'cadre',
			'team_leader',
			'town_leader',
			'supervisor',
		]);
		complaint = await recordMarked(world.supervisor, world.household, { about_cadre: world.cadre.cadre });
		await addMarkedNote(world.supervisor, complaint);
		await admin.ok('POST', '/doorstep/sweep');
	});

	test('neither the official it is about nor any leader sees it in any way; supervisors do', async () => {
		const { cadre, leader, deputy, townLeader, inCharge, clerk, stranger } = world;
		for (const person of [cadre, leader, deputy, townLeader, inCharge, clerk, stranger, printer]) {
			expect(await sightsOf(person, complaint)).toEqual([]);
		}
		expect(await sightsOf(world.supervisor, complaint)).toEqual(OPEN);
		expect(await sightsOf(accused, complaint)).toEqual(OPEN);
	});

	test('a supervisor does not see a complaint about themselves, and other supervisors do', async () => {
		const about = await recordMarked(world.supervisor, world.household, { about_cadre: accused.cadre });
		await addMarkedNote(world.supervisor, about);
		await admin.ok('POST', '/doorstep/sweep');
		expect(await sightsOf(accused, about)).toEqual([]);
		expect(await changesBy(accused, about, await rungOf(about), world.supervisor)).toEqual(NO_CHANGE);
		expect(await sightsOf(world.supervisor, about)).toEqual(OPEN);
		const notices = `/notifications?filter[recipient][_eq]=${accused.user}&filter[message][_contains]=${about.mark}`;
		expect(await admin.ok('GET', notices)).toEqual([]);
		const told = `/notifications?filter[recipient][_eq]=${world.supervisor.user}`;
		expect((await admin.ok<object[]>('GET', told)).length).toBeGreaterThan(0);
	});

	test('nobody outside the group can change it', async () => {
		const rung = await rungOf(complaint);
		const { cadre, leader, townLeader } = world;
		for (const person of [cadre, leader, townLeader]) {
			expect(await changesBy(person, complaint, rung, world.supervisor)).toEqual(NO_CHANGE);
		}
	});

	test('it cannot be passed to the official it is about', async () => {
		const refused = await step(world.supervisor, complaint.id, 'pass', { holder: world.cadre.cadre });
		expect(refused.errors[0]?.extensions).toEqual({ code: 'DOORSTEP_HOLDER_CANNOT_ACT', field: 'holder' });
	});

	test('a supervisor resolves it, tells the household and closes it', async () => {
		const answers = { solved: 'yes', satisfaction: 'satisfied', channel: 'phone' };
		expect((await step(world.supervisor, complaint.id, 'resolve', { note: '已查' })).status).toBe(200);
		expect((await step(world.supervisor, complaint.id, 'tell', answers)).status).toBe(200);
		expect((await step(world.supervisor, complaint.id, 'close')).status).toBe(200);
	});
});
