import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tamper } from '../harness/tamper.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';

/** The owner of a database gets past every trigger. What they change is then named by the audit. */
const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
const world = await buildWorld(township);
const { admin, database } = township;
afterAll(() => township.stop());

const HOUR = 3_600_000;
const isPostgres = database === 'postgres';
const at = (ms: number) => (isPostgres ? `'${new Date(ms).toISOString()}'` : String(ms));
const YEARS_AGO = at(Date.UTC(2020, 0, 1));

interface Fault {
	code: string;
	case?: string;
	what?: string;
}
const audit = () => admin.ok<{ ok: boolean; faults: Fault[] }>('GET', '/doorstep/audit');
const codesOf = (faults: Fault[]) => [...new Set(faults.map(({ code }) => code))].sort();

/** What is done, and one fault at least that has to be named. */
const TAMPERING: [what: string, sql: (ids: Ids) => string, fault: string][] = [
	[
		'a case closed',
		({ id }) => `update doorstep_cases set status = 'closed' where id = '${id}'`,
		'case_differs',
	],
	[
		'a deadline moved',
		({ id }) => `update doorstep_cases set due_at = ${at(Date.now() + HOUR)} where id = '${id}'`,
		'case_differs',
	],
	[
		'a holder put in',
		({ id }) => `update doorstep_cases set holder = '${world.stranger.cadre}' where id = '${id}'`,
		'case_differs',
	],
	[
		'a receipt moved',
		({ id }) => `update doorstep_cases set received_at = ${YEARS_AGO} where id = '${id}'`,
		'receipt_differs',
	],
	[
		'a complaint turned elsewhere',
		({ id }) => `update doorstep_cases set about_cadre = '${world.stranger.cadre}' where id = '${id}'`,
		'seal_differs',
	],
	[
		'a case moved to another household',
		({ id }) => `update doorstep_cases set household = '${world.neighbour}' where id = '${id}'`,
		'seal_differs',
	],
	[
		'a note rewritten',
		({ note }) => `update doorstep_case_steps set note = '改' where id = '${note}'`,
		'body_wrong',
	],
	[
		'a note emptied',
		({ note }) => `update doorstep_case_steps set note = null where id = '${note}'`,
		'body_wrong',
	],
	[
		'a hash forged',
		({ note }) => `update doorstep_case_steps set hash = 'x' where id = '${note}'`,
		'hash_wrong',
	],
	['a step deleted', ({ note }) => `delete from doorstep_case_steps where id = '${note}'`, 'chain_gap'],
	[
		'the last step deleted',
		({ last }) => `delete from doorstep_case_steps where id = '${last}'`,
		'case_differs',
	],
	['a case deleted', ({ id }) => `delete from doorstep_cases where id = '${id}'`, 'number_missing'],
	[
		'a case deleted with its steps',
		({ id }) =>
			`delete from doorstep_cases where id = '${id}'; delete from doorstep_case_steps where case_id = '${id}'`,
		'seal_alone',
	],
	[
		'recipients put in',
		({ rung }) => `update doorstep_escalations set recipients = '[]' where id = '${rung}'`,
		'seal_differs',
	],
	[
		'a rung’s time moved',
		({ rung }) => `update doorstep_escalations set due_at = ${YEARS_AGO} where id = '${rung}'`,
		'seal_differs',
	],
	[
		'a lower rung deleted',
		({ rung }) => `delete from doorstep_escalations where id = '${rung}'`,
		'seal_alone',
	],
	[
		'the highest rung deleted',
		({ highest }) => `delete from doorstep_escalations where id = '${highest}'`,
		'rung_differs',
	],
	[
		'a seal rewritten',
		({ id }) => `update doorstep_seals set content = 'x' where item = '${id}'`,
		'seal_differs',
	],
	['a seal deleted', ({ id }) => `delete from doorstep_seals where item = '${id}'`, 'seal_differs'],
];
interface Ids {
	id: string;
	note: string;
	last: string;
	rung: string;
	highest: string;
}

async function aCase(): Promise<Ids> {
	const happened_at = new Date(Date.now() - 48 * HOUR).toISOString();
	const { id } = await recordCase(world.cadre, world.household, { happened_at });
	for (const note of ['一', '二']) await step(world.cadre, id, 'note', { note });
	await admin.ok('POST', '/doorstep/sweep');
	const ids = async (table: string, by: string) =>
		(
			await township.sql<{ id: string }>(`select id from ${table} where case_id = ? order by ${by}`, [id])
		).map((row) => row.id);
	const [steps, rungs] = [await ids('doorstep_case_steps', 'seq'), await ids('doorstep_escalations', 'rung')];
	return { id, note: steps[1]!, last: steps[2]!, rung: rungs[0]!, highest: rungs.at(-1)! };
}

describe('Idea 1: what the owner of the database does past the triggers, the audit names', () => {
	beforeAll(async () => {
		await aCase();
		expect(await audit()).toMatchObject({ ok: true, faults: [] });
	});

	test.each(TAMPERING)('%s', async (_what, sql, fault) => {
		const ids = await aCase();
		const before = codesOf((await audit()).faults);
		const known = (await audit()).faults.filter(({ code }) => code === fault).length;
		const statements = sql(ids).split('; ');
		// With the triggers in place each of these is refused.
		for (const statement of statements.slice(0, 1))
			await expect(township.sql(statement)).rejects.toThrow(/DOORSTEP_[A-Z_]+/);
		expect(codesOf((await audit()).faults)).toEqual(before);
		await tamper(township, ...statements);
		const { ok, faults } = await audit();
		expect(ok).toBe(false);
		expect(faults.filter(({ code }) => code === fault).length).toBeGreaterThan(known);
	});

	test('nothing of it was taken for a missing trigger: these stand', async () => {
		expect(codesOf((await audit()).faults)).not.toContain('object_missing');
	});
});
