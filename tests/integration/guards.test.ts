import { afterAll, describe, expect, test } from 'vitest';
import { oddCases, oddSteps, SERVER_FIELDS } from '../harness/odd-values.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, makePerson, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin, database, sql } = township;
const administrator = { ...world.cadre, client: admin };
const english = await makePerson(township, 'Wang', ['cadre', 'town_leader']);
await admin.ok('PATCH', `/users/${english.user}`, { language: 'en-US' });
afterAll(() => township.stop());

const CASES = '/items/doorstep_cases';
const STEPS = '/items/doorstep_case_steps';
const APPEND_ONLY = { status: 403, code: 'DOORSTEP_APPEND_ONLY' };
const HOUR = 3_600_000;
const isPostgres = database === 'postgres';
/** A time as raw SQL writes it. */
const at = (ms: number) => (isPostgres ? new Date(ms).toISOString() : ms);
const standing = await recordCase(world.cadre, world.household, { ledger: 'reported' });

async function rowsWritten(): Promise<string> {
	const counts = ['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_services'];
	const found = counts.map((table) => sql<{ n: number }>(`select count(*) as n from ${table}`));
	return JSON.stringify(await Promise.all(found));
}

function columnsOf(table: string): Promise<string[]> {
	return admin
		.ok<{ field: string; schema: object | null }[]>('GET', `/fields/${table}`)
		.then((fields) => fields.filter(({ schema }) => schema !== null).map(({ field }) => field));
}

/** Names the refusal of each payload, so that one failure shows them all. */
async function refusalsOf(send: (sent: object) => ReturnType<typeof admin.request>, payloads: [string, object][]) {
	const before = await rowsWritten();
	const said: string[] = [];
	for (const [field, sent] of payloads) {
		const { status, code, field: fault } = inShort(await send(sent));
		const wellPut = status >= 400 && code?.startsWith('DOORSTEP_') && fault === field;
		if (!wellPut) said.push(`${JSON.stringify(sent).slice(0, 200)}: ${status} ${String(code)} ${String(fault)}`);
	}
	expect(await rowsWritten()).toBe(before);
	return said;
}

describe('F1: what people send with a case or a step', () => {
	const aCase = { household: world.household, ledger: 'proxy', title: '落户' };
	const aStep = { case_id: standing.id, kind: 'note', note: '去过' };

	for (const who of [world.cadre, administrator]) {
		const name = who === administrator ? 'an administrator' : 'a cadre';
		test(`each field of the server's is refused by name, sent by ${name}`, async () => {
			for (const [path, plain, fields] of [
				[CASES, aCase, SERVER_FIELDS.doorstep_cases],
				[STEPS, aStep, SERVER_FIELDS.doorstep_case_steps],
			] as const) {
				for (const [field, value] of Object.entries(fields)) {
					const answer = await who.client.request('POST', path, { ...plain, [field]: value });
					expect(inShort(answer)).toEqual({ status: 400, code: 'DOORSTEP_SERVER_FIELD', field });
				}
				expect((await who.client.request('POST', path, plain)).status).toBe(200);
			}
		});
	}

	test('the list of fields of the server is whole', async () => {
		const sent = ['household', 'ledger', 'title', 'nature', 'service', 'detail', 'source', 'about_cadre'];
		const sentWithStep = ['case_id', 'kind', 'note', 'ledger', 'level', 'holder', 'department', 'due_at', 'hours'];
		const answers = ['solved', 'satisfaction', 'channel'];
		const both = ['happened_at', 'client_id'];
		const cases = [...sent, ...both, ...Object.keys(SERVER_FIELDS.doorstep_cases)];
		expect(cases).toEqual(expect.arrayContaining(await columnsOf('doorstep_cases')));
		const steps = [...sentWithStep, ...answers, ...both, ...Object.keys(SERVER_FIELDS.doorstep_case_steps)];
		expect(steps).toEqual(expect.arrayContaining(await columnsOf('doorstep_case_steps')));
	});

	test('odd values are refused with the field at fault, and nothing is written', async () => {
		const other = world.foreign;
		const cases = oddCases(other).map(([field, value]): [string, object] => [field, { ...aCase, [field]: value }]);
		expect(await refusalsOf((sent) => world.cadre.client.request('POST', CASES, sent), cases)).toEqual([]);
		const steps = oddSteps(other).map(([field, value, kind]): [string, object] => [
			field,
			{ ...aStep, ...(kind === 'report' && { level: 'department' }), kind, [field]: value },
		]);
		expect(await refusalsOf((sent) => admin.request('POST', STEPS, sent), steps)).toEqual([]);
	});

	test('an unknown kind of step is refused, and so is a record sent by hand', async () => {
		for (const kind of ['explode', 'record', '__proto__', 'constructor', '']) {
			const refused = inShort(await step(world.cadre, standing.id, kind, { note: '试' }));
			expect(refused).toEqual({ status: 400, code: 'DOORSTEP_UNKNOWN_STEP', field: 'kind' });
		}
	});

	test('F3: a time in the future is refused, one in the past is taken', async () => {
		const sent = (ms: number) => ({ happened_at: new Date(Date.now() + ms).toISOString() });
		const refused = { status: 400, code: 'DOORSTEP_FUTURE', field: 'happened_at' };
		expect(inShort(await admin.request('POST', CASES, { ...aCase, ...sent(HOUR) }))).toEqual(refused);
		expect(inShort(await step(world.cadre, standing.id, 'note', { note: '早', ...sent(HOUR) }))).toEqual(refused);
		const early = await recordCase(world.cadre, world.household, sent(-HOUR));
		expect(Date.parse(early.due_at) - Date.parse(early.received_at)).toBeLessThan(23.1 * HOUR);
		expect((await step(world.cadre, early.id, 'note', { note: '早', ...sent(-HOUR) })).status).toBe(200);
	});

	test('the same client_id is taken once: one after the other, at once, and in one batch', async () => {
		const duplicate = { status: 409, code: 'DOORSTEP_DUPLICATE', field: 'client_id' };
		for (const [path, plain] of [[CASES, aCase], [STEPS, aStep]] as const) {
			const send = (client_id: string) => world.cadre.client.request('POST', path, { ...plain, client_id });
			expect((await send(`${path}-1`)).status).toBe(200);
			expect(inShort(await send(`${path}-1`))).toEqual(duplicate);
			const answers = await Promise.all(Array.from({ length: 6 }, () => send(`${path}-2`)));
			expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
			for (const each of answers) if (each.status !== 200) expect(inShort(each)).toEqual(duplicate);
			const twice = [{ ...plain, client_id: `${path}-3` }, { ...plain, client_id: `${path}-3` }];
			expect(inShort(await world.cadre.client.request('POST', path, twice))).toEqual(duplicate);
			expect((await send(`${path}-3`)).status).toBe(200);
		}
	});
});

describe('Idea 1: nothing but a step moves a case', () => {
	test('no field of a case but title and detail is corrected, by nobody', async () => {
		const before = await readCase(administrator, standing.id);
		const fixed = { household: world.neighbour, service: world.service, nature: 'dispute', source: 'phone' };
		const more = { ledger: 'proxy', about_cadre: world.cadre.cadre, happened_at: new Date().toISOString() };
		for (const who of [world.cadre, administrator]) {
			for (const [field, value] of Object.entries({ ...SERVER_FIELDS.doorstep_cases, ...fixed, ...more })) {
				const answer = inShort(await who.client.request('PATCH', `${CASES}/${standing.id}`, { [field]: value }));
				expect(answer).toMatchObject({ code: expect.stringMatching(/^DOORSTEP_(SERVER_FIELD|IMMUTABLE)$/) as string, field });
			}
		}
		expect(await readCase(administrator, standing.id)).toEqual(before);
		const corrected = await world.cadre.client.request('PATCH', `${CASES}/${standing.id}`, { title: '更正' });
		expect(corrected.data).toMatchObject({ title: '更正' });
	});

	test('nested steps can be added; existing ones can neither be changed, taken over nor left out', async () => {
		const [record] = await admin.ok<{ id: string }[]>('GET', `${STEPS}?filter[case_id][_eq]=${standing.id}&sort=seq`);
		const id = record?.id ?? '';
		const before = await rowsWritten();
		const payloads = [[id], [{ id, note: '改' }], { update: [{ id, note: '改' }] }, { delete: [id] }, 'all', 5];
		for (const steps of [...payloads, { create: [{ id, kind: 'note', note: '改' }] }, { create: 'x' }]) {
			const refused = inShort(await admin.request('PATCH', `${CASES}/${standing.id}`, { steps }));
			expect(refused).toEqual({ status: 400, code: 'DOORSTEP_STEPS_ONLY_NEW', field: 'steps' });
			const sent = { household: world.household, ledger: 'proxy', title: '落户', steps };
			expect(inShort(await admin.request('POST', CASES, sent)).code).toBe('DOORSTEP_STEPS_ONLY_NEW');
		}
		expect(await rowsWritten()).toBe(before);
		const added = { steps: [{ kind: 'note', note: '一' }, { kind: 'note', note: '二' }] };
		expect((await world.cadre.client.request('PATCH', `${CASES}/${standing.id}`, added)).status).toBe(200);
		expect(await rowsWritten()).not.toBe(before);
	});

	test('a step is neither changed nor deleted; cases, rungs and assignments are not deleted, rungs not invented', async () => {
		const happened_at = new Date(Date.now() - 48 * HOUR).toISOString();
		const late = await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		const before = await rowsWritten();
		const first = async (path: string) => (await admin.ok<{ id: string }[]>('GET', `${path}&limit=1`))[0]?.id ?? '';
		const rung = await first(`/items/doorstep_escalations?filter[case_id][_eq]=${late.id}&sort=rung`);
		const record = await first(`${STEPS}?filter[case_id][_eq]=${late.id}`);
		const assignment = await first(`/items/doorstep_assignments?filter[household][_eq]=${world.household}`);
		for (const path of [`${CASES}/${late.id}`, `${STEPS}/${record}`, `/items/doorstep_escalations/${rung}`, `/items/doorstep_assignments/${assignment}`]) {
			expect(inShort(await admin.request('DELETE', path))).toEqual(APPEND_ONLY);
			expect(inShort(await world.cadre.client.request('DELETE', path)).status).toBe(403);
		}
		for (const sent of [{ note: '改' }, { note: null }, { kind: 'close' }, { case_id: standing.id }, { hash: 'x' }]) {
			expect(inShort(await admin.request('PATCH', `${STEPS}/${record}`, sent))).toEqual(APPEND_ONLY);
		}
		const invented = { case_id: late.id, cycle: 1, rung: 9, name: '督办', due_at: happened_at, raised_at: happened_at, recipients: [] };
		expect(inShort(await admin.request('POST', '/items/doorstep_escalations', invented))).toEqual(APPEND_ONLY);
		const path = `/items/doorstep_escalations/${rung}`;
		for (const field of ['case_id', 'rung', 'recipients', 'raised_at', 'acknowledged_by'] as const) {
			const refused = inShort(await admin.request('PATCH', path, { [field]: null }));
			expect(refused).toEqual({ status: 400, code: 'DOORSTEP_SERVER_FIELD', field });
		}
		const acknowledge = () => world.cadre.client.request('PATCH', path, { acknowledged_at: '2020-01-01T00:00:00Z' });
		const taken = await acknowledge();
		expect(taken.data).toMatchObject({ acknowledged_by: world.cadre.user });
		expect(taken.raw.toString()).not.toContain('2020');
		expect(inShort(await acknowledge()).code).toBe('DOORSTEP_ALREADY_ACKNOWLEDGED');
		expect(await rowsWritten()).toBe(before);
	});

	test('GraphQL takes the same steps and refuses the same ways around them', async () => {
		const ask = (mutation: string) => admin.request('POST', '/graphql', { query: `mutation { ${mutation} }` });
		const id = `id: "${standing.id}"`;
		const refusals = {
			[`update_doorstep_cases_item(${id}, data: { status: "closed" }) { id }`]: 'DOORSTEP_SERVER_FIELD',
			[`update_doorstep_cases_items(ids: ["${standing.id}"], data: { household: { id: "${world.foreign}" } }) { id }`]:
				'DOORSTEP_IMMUTABLE',
			[`create_doorstep_cases_item(data: { household: { id: "${world.household}" }, ledger: "proxy", title: "落户" }) { id }`]:
				'DOORSTEP_INVALID',
			[`create_doorstep_case_steps_item(data: { kind: "note", note: "改", seq: 9 }) { id }`]: 'DOORSTEP_SERVER_FIELD',
			[`delete_doorstep_cases_item(${id}) { id }`]: 'DOORSTEP_APPEND_ONLY',
		};
		for (const [mutation, code] of Object.entries(refusals)) {
			const answer = await ask(mutation);
			expect([mutation, answer.errors[0]?.extensions.code]).toEqual([mutation, code]);
		}
		const noted = await ask(`update_doorstep_cases_item(${id}, data: { steps: [{ kind: "note", note: "图" }] }) { id }`);
		expect(noted.errors).toEqual([]);
	});

	test('an older revision of a case cannot be brought back', async () => {
		const recorded = await recordCase(world.cadre, world.household, { title: '甲' });
		await admin.ok('PATCH', `${CASES}/${recorded.id}`, { title: '乙' });
		await step(world.cadre, recorded.id, 'resolve', { note: '好' });
		const before = await readCase(administrator, recorded.id);
		const revisions = await admin.ok<{ id: number }[]>('GET', `/revisions?filter[item][_eq]=${recorded.id}&filter[collection][_eq]=doorstep_cases`);
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
				...{ flow: flow.id, key: 'change', name: '改', type: 'item-update', position_x: 20, position_y: 1, options },
			});
			await admin.ok('PATCH', `/flows/${flow.id}`, { operation: operation.id });
			return admin.request('POST', `/flows/trigger/${flow.id}`, {});
		};
		const before = await readCase(administrator, standing.id);
		for (const payload of [{ status: 'closed' }, { due_at: '2030-01-01T00:00:00Z' }, { number: '2020-000001' }]) {
			await run('doorstep_cases', standing.id, payload);
			expect(await readCase(administrator, standing.id)).toEqual(before);
		}
		await run('doorstep_villages', world.otherVillage, { name: '改名的村' });
		expect(await admin.ok('GET', `/items/doorstep_villages/${world.otherVillage}`)).toMatchObject({ name: '改名的村' });
	});
});

describe('A refusal speaks the language of who is refused', () => {
	test('Chinese for zh-CN, English for en-US, the code the same; also where the database refuses', async () => {
		await create(admin, 'doorstep_villages', { name: '占用的村名' });
		const [assignment] = await admin.ok<{ id: string }[]>('GET', '/items/doorstep_assignments?limit=1');
		const han = /[\u4e00-\u9fff]/;
		const speakers = [{ ...english, han: false }, { ...world.townLeader, han: true }];
		for (const { client, user, han: isHan } of speakers) {
			const refused = await step({ client }, standing.id, 'decide');
			expect(refused.errors[0]?.extensions.code).toMatch(/^DOORSTEP_/);
			expect(han.test(refused.errors[0]?.message ?? '')).toBe(isHan);
			await admin.ok('PATCH', `/users/${user}`, { policies: { create: [{ policy: { name: '管理', admin_access: true } }] } });
			const path = `/items/doorstep_assignments/${assignment?.id ?? ''}`;
			const byDatabase = await client.request('PATCH', path, { starts_at: '2020-01-01T00:00:00Z' });
			expect(inShort(byDatabase)).toEqual(APPEND_ONLY);
			expect([isHan, byDatabase.errors[0]?.message]).toEqual([isHan, expect.stringMatching(isHan ? han : /^[\x20-\x7e]+$/) as string]);
		}
	});
});

describe('Idea 1: the database itself refuses what is not a step', () => {
	const changes: Record<string, string | number> = {
		...{ status: 'closed', ledger: 'immediate', level: 'village', holder: world.stranger.cadre, department: world.department },
		...{ due_at: at(Date.now() + HOUR), first_due_at: at(0), clock_from: at(0), taken_at: at(0), asked_hours: 5 },
		...{ resolved_at: at(0), told_at: at(0), told: 'yes', closed_at: at(0), cycle: 2, breached_at: at(0), rung: 3 },
		...{ seq: 99, head_hash: 'x', cadre: world.stranger.cadre, id: world.household, number: '1999-000001' },
		...{ household: world.foreign, service: world.service, nature: 'dispute', source: 'hotline' },
		...{ about_cadre: world.stranger.cadre, happened_at: at(0), received_at: at(0), client_id: 'x' },
	};

	test('raw SQL changes no column of a case but title and detail; the next rung is left to the audit', async () => {
		const columns = await columnsOf('doorstep_cases');
		const free = ['title', 'detail', 'next_rung_at'];
		expect([...Object.keys(changes), ...free].sort()).toEqual([...columns].sort());
		for (const [column, value] of Object.entries(changes)) {
			const change = sql(`update doorstep_cases set ${column} = ? where id = ?`, [value, standing.id]);
			await expect(change, column).rejects.toThrow(/DOORSTEP_(IMMUTABLE|STEP_REQUIRED)/);
		}
		await sql('update doorstep_cases set title = ? where id = ?', ['正名', standing.id]);
		expect(await readCase(administrator, standing.id)).toMatchObject({ title: '正名' });
	});

	test('raw SQL neither deletes nor invents: cases, steps, rungs', async () => {
		for (const table of ['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations', 'doorstep_assignments']) {
			await expect(sql(`delete from ${table}`), table).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
			if (isPostgres) await expect(sql(`truncate ${table} cascade`), table).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		}
		if (isPostgres) await expect(sql('truncate doorstep_households cascade')).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		expect(await sql('delete from doorstep_departments where id = ?', [world.department])).toEqual([]);
	});

	/** Copies a row under another id, with some columns as given in SQL. */
	async function copyRow(table: string, id: string, other: Record<string, string>): Promise<unknown> {
		const columns = await columnsOf(table);
		const values = columns.map((column) => other[column] ?? `"${column}"`);
		const names = columns.map((column) => `"${column}"`).join(', ');
		return sql(`insert into ${table} (${names}) select ${values.join(', ')} from ${table} where id = ?`, [id]);
	}

	test('raw SQL adds no step that breaks the chain, and no case without its record', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		await step(world.cadre, recorded.id, 'note', { note: '一' });
		const steps = await admin.ok<{ id: string }[]>('GET', `${STEPS}?filter[case_id][_eq]=${recorded.id}&sort=-seq`);
		const last = steps[0]?.id ?? '';
		const id = `'${world.village}'`;
		const before = await rowsWritten();
		for (const other of [{ seq: 'seq + 2' }, { seq: 'seq + 1' }, { prev_hash: 'hash' }, { seq: '1', kind: "'record'", prev_hash: 'null' }]) {
			await expect(copyRow('doorstep_case_steps', last, { id, client_id: 'null', ...other })).rejects.toThrow(/DOORSTEP_CHAIN/);
		}
		const other = { id, client_id: 'null', number: "'1999-000009'" };
		await expect(copyRow('doorstep_cases', recorded.id, other)).rejects.toThrow(/DOORSTEP_STEP_REQUIRED/);
		expect(await rowsWritten()).toBe(before);
	});

	test('a household\'s words can be erased for good, nothing else of a step changes, and the audit holds', async () => {
		const recorded = await recordCase(world.cadre, world.household, { steps: [{ kind: 'note', note: '私事' }] });
		const of = `where case_id = '${recorded.id}' and seq = 2`;
		for (const column of (await columnsOf('doorstep_case_steps')).filter((each) => each !== 'salt')) {
			const value = changes[column] ?? (['at'].includes(column) ? at(0) : column === 'hours' ? 9 : 'x');
			const change = sql(`update doorstep_case_steps set "${column}" = ? ${of}`, [value]);
			await expect(change, column).rejects.toThrow(/DOORSTEP_APPEND_ONLY|uuid/);
		}
		await expect(sql(`update doorstep_case_steps set salt = null ${of}`)).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		await sql(`update doorstep_case_steps set note = null, salt = null ${of}`);
		await expect(sql(`update doorstep_case_steps set note = 'x' ${of}`)).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		expect((await step(world.cadre, recorded.id, 'note', { note: '续' })).status).toBe(200);
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});

	test('a forged hash and a moved rung get past the triggers, and the audit names both', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		const [record] = await admin.ok<{ id: string }[]>('GET', `${STEPS}?filter[case_id][_eq]=${recorded.id}`);
		const forged = { id: `'${world.household}'`, seq: '2', kind: "'note'", prev_hash: 'hash', hash: "'forged'" };
		await copyRow('doorstep_case_steps', record?.id ?? '', forged);
		await sql('update doorstep_cases set next_rung_at = ? where id = ?', [at(0), standing.id]);
		const { ok, faults } = await admin.ok<{ ok: boolean; faults: object[] }>('GET', '/doorstep/audit');
		expect(ok).toBe(false);
		expect(faults).toContainEqual(expect.objectContaining({ code: 'hash_wrong', case: recorded.id, seq: 2 }));
		expect(faults).toContainEqual(expect.objectContaining({ code: 'next_rung_wrong', case: standing.id }));
	});
});
