import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { columnsOf, rowsWritten } from '../harness/rows.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, readCase, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin, database } = township;
const administrator = { ...world.cadre, client: admin };
afterAll(() => township.stop());

const STEPS = '/items/doorstep_case_steps';
const HOUR = 3_600_000;
const isPostgres = database === 'postgres';
/** A time as raw SQL writes it. */
const at = (ms: number) => (isPostgres ? new Date(ms).toISOString() : ms);
const standing = await recordCase(world.cadre, world.household, { ledger: 'reported' });

describe('Idea 1: the database itself refuses what is not a step', () => {
	const changes: Record<string, string | number> = {
		...{
			status: 'closed',
			ledger: 'immediate',
			level: 'village',
			holder: world.stranger.cadre,
			department: world.department,
		},
		...{
			due_at: at(Date.now() + HOUR),
			first_due_at: at(0),
			clock_from: at(0),
			taken_at: at(0),
			decided_at: at(0),
			asked_hours: 5,
		},
		...{
			resolved_at: at(0),
			told_at: at(0),
			told: 'yes',
			closed_at: at(0),
			cycle: 2,
			breached_at: at(0),
			rung: 3,
			rung_base: 3,
		},
		...{ seq: 99, head_hash: 'x', cadre: world.stranger.cadre, id: world.household, number: '1999-000001' },
		...{ household: world.foreign, service: world.service, nature: 'dispute', source: 'hotline' },
		...{ about_cadre: world.stranger.cadre, happened_at: at(0), received_at: at(0), client_id: 'x' },
	};

	test('raw SQL changes no column of a case but title and detail; the next rung is left to the audit', async () => {
		const columns = await columnsOf(township, 'doorstep_cases');
		const free = ['title', 'detail', 'next_rung_at'];
		expect([...Object.keys(changes), ...free].sort()).toEqual([...columns].sort());
		for (const [column, value] of Object.entries(changes)) {
			const change = township.sql(`update doorstep_cases set ${column} = ? where id = ?`, [
				value,
				standing.id,
			]);
			await expect(change, column).rejects.toThrow(/DOORSTEP_(IMMUTABLE|STEP_REQUIRED)/);
		}
		await township.sql('update doorstep_cases set title = ? where id = ?', ['正名', standing.id]);
		expect(await readCase(administrator, standing.id)).toMatchObject({ title: '正名' });
	});

	test('raw SQL takes no case, step, rung or assignment away', async () => {
		const happened_at = new Date(Date.now() - 48 * HOUR).toISOString();
		await recordCase(world.cadre, world.household, { happened_at });
		await admin.ok('POST', '/doorstep/sweep');
		for (const table of [
			'doorstep_cases',
			'doorstep_case_steps',
			'doorstep_escalations',
			'doorstep_assignments',
		]) {
			await expect(township.sql(`delete from ${table}`), table).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
			if (isPostgres)
				await expect(township.sql(`truncate ${table} cascade`), table).rejects.toThrow(
					/DOORSTEP_APPEND_ONLY/,
				);
		}
		if (isPostgres)
			await expect(township.sql('truncate doorstep_households cascade')).rejects.toThrow(
				/DOORSTEP_APPEND_ONLY/,
			);
		expect(await township.sql('delete from doorstep_departments where id = ?', [world.department])).toEqual(
			[],
		);
	});

	/** Copies a row under another id, with some columns as given in SQL. */
	async function copyRow(table: string, id: string, other: Record<string, string>): Promise<unknown> {
		const columns = await columnsOf(township, table);
		const values = columns.map((column) => other[column] ?? `"${column}"`);
		const names = columns.map((column) => `"${column}"`).join(', ');
		return township.sql(
			`insert into ${table} (${names}) select ${values.join(', ')} from ${table} where id = ?`,
			[id],
		);
	}

	test('raw SQL adds no step that breaks the chain, and no case without its record', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		await step(world.cadre, recorded.id, 'note', { note: '一' });
		const steps = await admin.ok<{ id: string }[]>(
			'GET',
			`${STEPS}?filter[case_id][_eq]=${recorded.id}&sort=-seq`,
		);
		const last = steps[0]?.id ?? '';
		const id = `'${world.village}'`;
		const before = await rowsWritten(township);
		for (const other of [
			{ seq: 'seq + 2' },
			{ seq: 'seq + 1' },
			{ prev_hash: 'hash' },
			{ seq: '1', kind: "'record'", prev_hash: 'null' },
		]) {
			await expect(copyRow('doorstep_case_steps', last, { id, client_id: 'null', ...other })).rejects.toThrow(
				/DOORSTEP_CHAIN/,
			);
		}
		const other = { id, client_id: 'null', number: "'1999-000009'" };
		await expect(copyRow('doorstep_cases', recorded.id, other)).rejects.toThrow(/DOORSTEP_STEP_REQUIRED/);
		expect(await rowsWritten(township)).toBe(before);
	});

	test("a household's words are erased with the household alone, nothing else of a step changes, and the audit holds", async () => {
		const code = randomUUID();
		const household = await create(admin, 'doorstep_households', {
			...{ code, hamlet: world.hamlet, head_name: '户主', cadre: world.cadre.cadre },
		});
		const recorded = await recordCase(world.cadre, household, {
			steps: [
				{ kind: 'note', note: '私事' },
				{ kind: 'withdraw', note: '不办了', channel: 'visit' },
			],
		});
		const of = `where case_id = '${recorded.id}' and seq = 2`;
		const nothingChanges = async () => {
			for (const column of await columnsOf(township, 'doorstep_case_steps')) {
				const value =
					{ ...changes, case_id: world.village, actor: world.stranger.cadre, at: at(0), hours: 9 }[column] ??
					'x';
				const change = township.sql(`update doorstep_case_steps set "${column}" = ? ${of}`, [value]);
				await expect(change, column).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
			}
		};
		await nothingChanges();
		await expect(
			township.sql(`update doorstep_case_steps set note = null, salt = null ${of}`),
		).rejects.toThrow(/DOORSTEP_APPEND_ONLY/);
		await admin.ok('POST', `/doorstep/households/${household}/erase`, { code, reason: 'unlawful' });
		const [erased] = await township.sql(`select note, salt from doorstep_case_steps ${of}`);
		expect(erased).toEqual({ note: null, salt: null });
		await nothingChanges();
		expect(await admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});

	test('a forged hash and a moved rung get past the triggers, and the audit names both', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		const [record] = await admin.ok<{ id: string }[]>('GET', `${STEPS}?filter[case_id][_eq]=${recorded.id}`);
		const forged = {
			id: `'${world.household}'`,
			seq: '2',
			kind: "'note'",
			prev_hash: 'hash',
			hash: "'forged'",
		};
		await copyRow('doorstep_case_steps', record?.id ?? '', forged);
		await township.sql('update doorstep_cases set next_rung_at = ? where id = ?', [at(0), standing.id]);
		const { ok, faults } = await admin.ok<{ ok: boolean; faults: object[] }>('GET', '/doorstep/audit');
		expect(ok).toBe(false);
		expect(faults).toContainEqual(expect.objectContaining({ code: 'hash_wrong', case: recorded.id, seq: 2 }));
		expect(faults).toContainEqual(expect.objectContaining({ code: 'next_rung_wrong', case: standing.id }));
	});
});
