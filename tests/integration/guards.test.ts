import { afterAll, describe, expect, test } from 'vitest';
import { SERVER_FIELDS } from '../harness/odd-values.js';
import { inShort } from '../harness/refusals.js';
import { rowsWritten } from '../harness/rows.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, makePerson, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
const administrator = { ...world.cadre, client: admin };
const english = await makePerson(township, 'Wang', ['cadre', 'town_leader']);
await admin.ok('PATCH', `/users/${english.user}`, { language: 'en-US' });
afterAll(() => township.stop());

const CASES = '/items/doorstep_cases';
const STEPS = '/items/doorstep_case_steps';
const APPEND_ONLY = { status: 403, code: 'DOORSTEP_APPEND_ONLY' };
const HOUR = 3_600_000;
const standing = await recordCase(world.cadre, world.household, { ledger: 'reported' });

describe('Idea 1: nothing but a step moves a case', () => {
	test('no field of a case but title and detail is corrected, by nobody', async () => {
		const before = await readCase(administrator, standing.id);
		const fixed = { household: world.neighbour, service: world.service, nature: 'dispute', source: 'phone' };
		const more = { ledger: 'proxy', about_cadre: world.cadre.cadre, happened_at: new Date().toISOString() };
		for (const who of [world.cadre, administrator]) {
			for (const [field, value] of Object.entries({ ...SERVER_FIELDS.doorstep_cases, ...fixed, ...more })) {
				const answer = inShort(
					await who.client.request('PATCH', `${CASES}/${standing.id}`, { [field]: value }),
				);
				expect(answer).toMatchObject({
					code: expect.stringMatching(/^DOORSTEP_(SERVER_FIELD|IMMUTABLE)$/) as string,
					field,
				});
			}
		}
		expect(await readCase(administrator, standing.id)).toEqual(before);
		const corrected = await world.cadre.client.request('PATCH', `${CASES}/${standing.id}`, { title: '更正' });
		expect(corrected.data).toMatchObject({ title: '更正' });
	});

	test('nested steps can be added; existing ones can neither be changed, taken over nor left out', async () => {
		const [record] = await admin.ok<{ id: string }[]>(
			'GET',
			`${STEPS}?filter[case_id][_eq]=${standing.id}&sort=seq`,
		);
		const id = record?.id ?? '';
		const before = await rowsWritten(township);
		const payloads = [
			[id],
			[{ id, note: '改' }],
			{ update: [{ id, note: '改' }] },
			{ delete: [id] },
			'all',
			5,
		];
		for (const steps of [...payloads, { create: [{ id, kind: 'note', note: '改' }] }, { create: 'x' }]) {
			const refused = inShort(await admin.request('PATCH', `${CASES}/${standing.id}`, { steps }));
			expect(refused).toEqual({ status: 400, code: 'DOORSTEP_STEPS_ONLY_NEW', field: 'steps' });
			const sent = { household: world.household, ledger: 'proxy', title: '落户', steps };
			expect(inShort(await admin.request('POST', CASES, sent)).code).toBe('DOORSTEP_STEPS_ONLY_NEW');
		}
		expect(await rowsWritten(township)).toBe(before);
		const added = {
			steps: [
				{ kind: 'note', note: '一' },
				{ kind: 'note', note: '二' },
			],
		};
		expect((await world.cadre.client.request('PATCH', `${CASES}/${standing.id}`, added)).status).toBe(200);
		expect(await rowsWritten(township)).not.toBe(before);
	});

	test('a step is neither changed nor deleted; cases, rungs and assignments are not deleted, rungs not invented', async () => {
		const happened_at = new Date(Date.now() - 48 * HOUR).toISOString();
		const late = await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		const before = await rowsWritten(township);
		const first = async (path: string) =>
			(await admin.ok<{ id: string }[]>('GET', `${path}&limit=1`))[0]?.id ?? '';
		const rung = await first(`/items/doorstep_escalations?filter[case_id][_eq]=${late.id}&sort=rung`);
		const record = await first(`${STEPS}?filter[case_id][_eq]=${late.id}`);
		const assignment = await first(`/items/doorstep_assignments?filter[household][_eq]=${world.household}`);
		for (const path of [
			`${CASES}/${late.id}`,
			`${STEPS}/${record}`,
			`/items/doorstep_escalations/${rung}`,
			`/items/doorstep_assignments/${assignment}`,
		]) {
			expect(inShort(await admin.request('DELETE', path))).toEqual(APPEND_ONLY);
			expect(inShort(await world.cadre.client.request('DELETE', path)).status).toBe(403);
		}
		for (const sent of [
			{ note: '改' },
			{ note: null },
			{ kind: 'close' },
			{ case_id: standing.id },
			{ hash: 'x' },
		]) {
			expect(inShort(await admin.request('PATCH', `${STEPS}/${record}`, sent))).toEqual(APPEND_ONLY);
		}
		const invented = {
			case_id: late.id,
			cycle: 1,
			rung: 9,
			name: '督办',
			due_at: happened_at,
			raised_at: happened_at,
			recipients: [],
		};
		expect(inShort(await admin.request('POST', '/items/doorstep_escalations', invented))).toEqual(
			APPEND_ONLY,
		);
		const path = `/items/doorstep_escalations/${rung}`;
		for (const field of ['case_id', 'rung', 'recipients', 'raised_at', 'acknowledged_by'] as const) {
			const refused = inShort(await admin.request('PATCH', path, { [field]: null }));
			expect(refused).toEqual({ status: 400, code: 'DOORSTEP_SERVER_FIELD', field });
		}
		const acknowledge = () =>
			world.cadre.client.request('PATCH', path, { acknowledged_at: '2020-01-01T00:00:00Z' });
		const taken = await acknowledge();
		expect(taken.data).toMatchObject({ acknowledged_by: world.cadre.user });
		expect(taken.raw.toString()).not.toContain('2020');
		expect(inShort(await acknowledge()).code).toBe('DOORSTEP_ALREADY_ACKNOWLEDGED');
		expect(await rowsWritten(township)).toBe(before);
	});

	test('GraphQL corrects a title and nothing else of a case, and deletes nothing', async () => {
		const ask = (mutation: string) =>
			admin.request('POST', '/graphql', { query: `mutation { ${mutation} }` });
		const update = (sent: string) =>
			`update_doorstep_cases_item(id: "${standing.id}", data: ${sent}) { title }`;
		const refusals = {
			[update('{ status: "closed" }')]: 'DOORSTEP_SERVER_FIELD',
			[update('{ due_at: "2030-01-01T00:00:00Z" }')]: 'DOORSTEP_SERVER_FIELD',
			[update('{ source: "hotline" }')]: 'DOORSTEP_IMMUTABLE',
			[`update_doorstep_cases_items(ids: ["${standing.id}"], data: { source: "hotline" }) { id }`]:
				'DOORSTEP_IMMUTABLE',
			[`update_doorstep_cases_batch(data: [{ id: "${standing.id}", source: "hotline" }]) { id }`]:
				'DOORSTEP_IMMUTABLE',
			[`delete_doorstep_cases_item(id: "${standing.id}") { id }`]: 'DOORSTEP_APPEND_ONLY',
			[`delete_doorstep_cases_items(ids: ["${standing.id}"]) { ids }`]: 'DOORSTEP_APPEND_ONLY',
		};
		for (const [mutation, code] of Object.entries(refusals)) {
			const answer = await ask(mutation);
			expect([mutation, answer.errors[0]?.extensions.code]).toEqual([mutation, code]);
		}
		expect((await ask(update('{ title: "图" }'))).data).toEqual({
			update_doorstep_cases_item: { title: '图' },
		});
	});

	test('an older revision of a case cannot be brought back', async () => {
		const recorded = await recordCase(world.cadre, world.household, { title: '甲' });
		await admin.ok('PATCH', `${CASES}/${recorded.id}`, { title: '乙' });
		await step(world.cadre, recorded.id, 'resolve', { note: '好' });
		const before = await readCase(administrator, recorded.id);
		const revisions = await admin.ok<{ id: number }[]>(
			'GET',
			`/revisions?filter[item][_eq]=${recorded.id}&filter[collection][_eq]=doorstep_cases`,
		);
		expect(revisions.length).toBeGreaterThan(0);
		for (const { id } of revisions) {
			expect(inShort(await admin.request('POST', `/utils/revert/${id}`)).code).toMatch(/^DOORSTEP_/);
		}
		expect(await readCase(administrator, recorded.id)).toEqual(before);
	});

	test('a Flow without events cannot change the status of a case; one that names a village can do its work', async () => {
		const run = async (collection: string, key: string, payload: object) => {
			const flow = await admin.ok<{ id: string }>('POST', '/flows', {
				...{ name: '流程', trigger: 'webhook', status: 'active', accountability: 'all' },
				options: { method: 'POST', async: false, return: '$last' },
			});
			const options = { collection, key: [key], payload, permissions: '$full', emitEvents: false };
			const operation = await admin.ok<{ id: string }>('POST', '/operations', {
				...{
					flow: flow.id,
					key: 'change',
					name: '改',
					type: 'item-update',
					position_x: 20,
					position_y: 1,
					options,
				},
			});
			await admin.ok('PATCH', `/flows/${flow.id}`, { operation: operation.id });
			return admin.request('POST', `/flows/trigger/${flow.id}`, {});
		};
		const before = await readCase(administrator, standing.id);
		for (const payload of [
			{ status: 'closed' },
			{ due_at: '2030-01-01T00:00:00Z' },
			{ number: '2020-000001' },
		]) {
			await run('doorstep_cases', standing.id, payload);
			expect(await readCase(administrator, standing.id)).toEqual(before);
		}
		await run('doorstep_villages', world.otherVillage, { name: '改名的村' });
		expect(await admin.ok('GET', `/items/doorstep_villages/${world.otherVillage}`)).toMatchObject({
			name: '改名的村',
		});
	});
});

describe('A refusal speaks the language of who is refused', () => {
	test('Chinese for zh-CN, English for en-US, the code the same', async () => {
		const [assignment] = await admin.ok<{ id: string }[]>('GET', '/items/doorstep_assignments?limit=1');
		const han = /[\u4e00-\u9fff]/;
		const speakers = [
			{ ...english, han: false },
			{ ...world.townLeader, han: true },
		];
		for (const { client, user, han: isHan } of speakers) {
			const refused = await step({ client }, standing.id, 'decide');
			expect(refused.errors[0]?.extensions.code).toMatch(/^DOORSTEP_/);
			expect(han.test(refused.errors[0]?.message ?? '')).toBe(isHan);
			await admin.ok('PATCH', `/users/${user}`, {
				policies: { create: [{ policy: { name: '管理', admin_access: true } }] },
			});
			const path = `/items/doorstep_assignments/${assignment?.id ?? ''}`;
			const ofHistory = await client.request('PATCH', path, { starts_at: '2020-01-01T00:00:00Z' });
			expect(inShort(ofHistory)).toEqual({ ...APPEND_ONLY, field: 'starts_at' });
			expect([isHan, ofHistory.errors[0]?.message]).toEqual([
				isHan,
				expect.stringMatching(isHan ? han : /^[\x20-\x7e]+$/) as string,
			]);
		}
	});
});
