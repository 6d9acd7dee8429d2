import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loseField, withCustomCode } from '../harness/custom-code.js';
import { inShort } from '../harness/refusals.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned({ env: await withCustomCode() });
const world = await buildWorld(township);
const { admin, visitor, database } = township;
afterAll(() => township.stop());

const isPostgres = database === 'postgres';
const TOLD = { solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };

/** Our triggers, and indexes that Directus does not know, as the database lists them. */
async function standing(): Promise<string[]> {
	const rows = await township.sql<{ name: string }>(
		isPostgres
			? `select tgname as name from pg_trigger where tgname like 'doorstep%' and tgenabled = 'O'
				union all select indexname from pg_indexes where indexname like 'doorstep%'`
			: "select name from sqlite_master where type in ('trigger', 'index') and name like 'doorstep%'",
	);
	return rows.map(({ name }) => name).sort();
}

async function health(): Promise<[number, string]> {
	const answer = await visitor.request<{ status: string }>('GET', '/doorstep/health');
	return [answer.status, answer.data?.status ?? ''];
}

async function expectHealth(expected: [number, string]): Promise<void> {
	const asExpected = async () => expect(await health()).toEqual(expected);
	await vi.waitFor(asExpected, { timeout: 15_000, interval: 100 });
}

async function expectWholeCase(): Promise<void> {
	const { id } = await recordCase(world.cadre, world.household);
	expect((await step(world.cadre, id, 'resolve', { note: '办好' })).status).toBe(200);
	expect((await step(world.cadre, id, 'tell', TOLD)).status).toBe(200);
	expect((await step(world.cadre, id, 'close')).status).toBe(200);
	expect(await readCase({ client: admin }, id)).toMatchObject({ status: 'closed', cycle: 1 });
	await expect(township.sql("update doorstep_cases set status = 'open' where id = ?", [id])).rejects.toThrow(
		/DOORSTEP_/,
	);
	expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
}

describe('Idea 6: what is ours is watched over', () => {
	test('audit and sweep are for administrators, health for everybody, its details not', async () => {
		const adminOnly = { status: 403, code: 'DOORSTEP_ADMIN_ONLY' };
		for (const client of [world.cadre.client, world.townLeader.client, world.supervisor.client, visitor]) {
			expect(inShort(await client.request('GET', '/doorstep/audit'))).toEqual(adminOnly);
			expect(inShort(await client.request('POST', '/doorstep/sweep'))).toEqual(adminOnly);
			expect((await client.request('GET', '/doorstep/health')).data).toEqual({ status: 'ready' });
		}
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true });
		expect(Object.keys(await admin.ok<object>('POST', '/doorstep/sweep')).sort()).toEqual([
			'as_of',
			'raised',
		]);
		expect(await admin.ok('GET', '/doorstep/health')).toMatchObject({
			status: 'ready',
			faults: [],
			backlog: 0,
		});
	});

	test('dropped triggers and indexes are written again at the next start', async () => {
		const whole = await standing();
		const on = (table: string) => (isPostgres ? ` on ${table}` : '');
		await township.sql(`drop trigger doorstep_cases_guarded${on('doorstep_cases')}`);
		await township.sql(`drop trigger doorstep_steps_chained${on('doorstep_case_steps')}`);
		await township.sql('drop index doorstep_steps_once');
		expect(await standing()).toHaveLength(whole.length - 3);
		await township.restart();
		await expectHealth([200, 'ready']);
		expect(await standing()).toEqual(whole);
		await expectWholeCase();
	});

	test('a trigger that was replaced by a tame one of the same name is written again', async () => {
		if (isPostgres) {
			await township.sql(`create or replace function doorstep_cases_guarded() returns trigger language plpgsql as
				$$ begin return NEW; end $$`);
			await township.sql('alter table doorstep_case_steps disable trigger doorstep_steps_unchanged');
		} else {
			await township.sql('drop trigger doorstep_cases_guarded');
			await township.sql(
				'create trigger doorstep_cases_guarded before update on doorstep_cases begin select 1; end',
			);
		}
		await township.restart();
		await expectHealth([200, 'ready']);
		await expectWholeCase();
	});
});

describe('Idea 6: fields of the administrator’s own', () => {
	test('they can be added, altered and removed, and every trigger stays', async () => {
		const whole = await standing();
		for (const table of ['doorstep_cases', 'doorstep_case_steps', 'doorstep_households']) {
			const field = {
				field: 'own_remark',
				type: 'string',
				schema: { is_indexed: true },
				meta: { interface: 'input' },
			};
			await admin.ok('POST', `/fields/${table}`, field);
			await admin.ok('PATCH', `/fields/${table}/own_remark`, {
				schema: { max_length: 40, default_value: '无' },
			});
			await expect.poll(standing, { timeout: 15_000 }).toEqual(expect.arrayContaining(whole));
			await expectWholeCase();
		}
		const own = { own_remark: '备注' };
		const written = await admin.ok('PATCH', `/items/doorstep_households/${world.household}`, own);
		expect(written).toMatchObject(own);
		for (const table of ['doorstep_cases', 'doorstep_case_steps', 'doorstep_households']) {
			await admin.ok('DELETE', `/fields/${table}/own_remark`);
		}
		await expect.poll(standing, { timeout: 15_000 }).toEqual(whole);
		await expectHealth([200, 'ready']);
		await expectWholeCase();
	});

	test('a relation of their own to a case works, and the case keeps its guards', async () => {
		await admin.ok('POST', '/collections', {
			...{ collection: 'estate_files', schema: {}, meta: {} },
			fields: [
				{ field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
				{ field: 'about_case', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
			],
		});
		const relation = {
			collection: 'estate_files',
			field: 'about_case',
			related_collection: 'doorstep_cases',
		};
		await admin.ok('POST', '/relations', { ...relation, schema: { on_delete: 'CASCADE' } });
		const { id } = await recordCase(world.cadre, world.household);
		const file = await admin.ok('POST', '/items/estate_files', { about_case: id });
		expect(file).toMatchObject({ about_case: id });
		await expectWholeCase();
	});
});

describe('Idea 6: broken', () => {
	let opened: string;
	const village = () => admin.request('POST', '/items/doorstep_villages', { name: crypto.randomUUID() });

	beforeAll(async () => {
		// Nobody was told anything in this case, so the column's loss takes nothing of it.
		opened = (await recordCase(world.cadre, world.household)).id;
		await admin.ok('POST', '/collections', {
			...{ collection: 'estate_notes', schema: {}, meta: {} },
			fields: [{ field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } }],
		});
		expect((await village()).status).toBe(200);
		await loseField(admin, 'doorstep_cases', 'told');
		await expectHealth([503, 'broken']);
	});

	test('a field of ours is gone: health says so, an administrator reads what is missing', async () => {
		expect(await health()).toEqual([503, 'broken']);
		const details = await admin.request<{ faults: string[] }>('GET', '/doorstep/health');
		expect(details.data?.faults).toContain('doorstep_cases.told');
	});

	test('writes to our collections are refused, others work, and reading goes on', async () => {
		const id = `/items/doorstep_households/${world.household}`;
		const note = { case_id: opened, kind: 'note', note: '试' };
		for (const answer of [
			await village(),
			await world.cadre.client.request('POST', '/items/doorstep_case_steps', note),
			await world.cadre.client.request('PATCH', id, { phone: '1' }),
			await admin.request('DELETE', `/items/doorstep_departments/${world.department}`),
		]) {
			expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([503, 'DOORSTEP_BROKEN']);
		}
		expect((await admin.request('POST', '/items/estate_notes', {})).status).toBe(200);
		expect((await world.cadre.client.request('GET', id)).status).toBe(200);
	});

	test('a restart mends no lost field; provisioning does, and work goes on', async () => {
		await township.restart();
		await expectHealth([503, 'broken']);
		expect(await admin.ok('POST', '/doorstep/provision', {})).toMatchObject({ state: 'ready' });
		await expectHealth([200, 'ready']);
		expect(await admin.ok('GET', '/fields/doorstep_cases/told')).toMatchObject({ type: 'string' });
		expect((await village()).status).toBe(200);
		expect((await step(world.cadre, opened, 'note', { note: '续' })).status).toBe(200);
		const { id } = await recordCase(world.cadre, world.household);
		await step(world.cadre, id, 'resolve', { note: '办好' });
		await step(world.cadre, id, 'tell', TOLD);
		expect(await readCase({ client: admin }, id)).toMatchObject({ told: 'yes' });
	});

	test('the audit names what the lost column cost: what households were told before', async () => {
		const { faults } = await admin.ok<{ faults: object[] }>('GET', '/doorstep/audit');
		expect(faults).toContainEqual(expect.objectContaining({ code: 'case_differs', what: 'told' }));
		expect(faults).not.toContainEqual(expect.objectContaining({ case: opened }));
	});
});
