import { afterAll, describe, expect, test } from 'vitest';
import { oddCases, oddSteps, SERVER_FIELDS } from '../harness/odd-values.js';
import { inShort } from '../harness/refusals.js';
import { columnsOf, rowsWritten } from '../harness/rows.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
const administrator = { ...world.cadre, client: admin };
afterAll(() => township.stop());

const CASES = '/items/doorstep_cases';
const STEPS = '/items/doorstep_case_steps';
const HOUR = 3_600_000;
const standing = await recordCase(world.cadre, world.household, { ledger: 'reported' });

/** Names the refusal of each payload, so that one failure shows them all. */
async function refusalsOf(
	send: (sent: object) => ReturnType<typeof admin.request>,
	payloads: [string, object][],
) {
	const before = await rowsWritten(township);
	const said: string[] = [];
	for (const [field, sent] of payloads) {
		const { status, code, field: fault } = inShort(await send(sent));
		const wellPut = status >= 400 && code?.startsWith('DOORSTEP_') && fault === field;
		if (!wellPut)
			said.push(`${JSON.stringify(sent).slice(0, 200)}: ${status} ${String(code)} ${String(fault)}`);
	}
	expect(await rowsWritten(township)).toBe(before);
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
		const sentWithStep = [
			'case_id',
			'kind',
			'note',
			'ledger',
			'level',
			'holder',
			'department',
			'due_at',
			'hours',
		];
		const answers = ['solved', 'satisfaction', 'channel', 'files'];
		const both = ['happened_at', 'client_id'];
		const cases = [...sent, ...both, ...Object.keys(SERVER_FIELDS.doorstep_cases)];
		expect(cases).toEqual(expect.arrayContaining(await columnsOf(township, 'doorstep_cases')));
		const steps = [...sentWithStep, ...answers, ...both, ...Object.keys(SERVER_FIELDS.doorstep_case_steps)];
		expect(steps).toEqual(expect.arrayContaining(await columnsOf(township, 'doorstep_case_steps')));
	});

	test('odd values are refused with the field at fault, and nothing is written', async () => {
		const other = world.foreign;
		const cases = oddCases(other).map(([field, value]): [string, object] => [
			field,
			{ ...aCase, [field]: value },
		]);
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
		expect(inShort(await step(world.cadre, standing.id, 'note', { note: '早', ...sent(HOUR) }))).toEqual(
			refused,
		);
		const early = await recordCase(world.cadre, world.household, sent(-HOUR));
		expect(Date.parse(early.due_at) - Date.parse(early.received_at)).toBeLessThan(23.1 * HOUR);
		expect((await step(world.cadre, early.id, 'note', { note: '早', ...sent(-HOUR) })).status).toBe(200);
	});

	test('the same client_id is taken once: one after the other, at once, and in one batch', async () => {
		const duplicate = { status: 409, code: 'DOORSTEP_DUPLICATE', field: 'client_id' };
		for (const [path, plain] of [
			[CASES, aCase],
			[STEPS, aStep],
		] as const) {
			const send = (client_id: string) => world.cadre.client.request('POST', path, { ...plain, client_id });
			expect((await send(`${path}-1`)).status).toBe(200);
			expect(inShort(await send(`${path}-1`))).toEqual(duplicate);
			const answers = await Promise.all(Array.from({ length: 6 }, () => send(`${path}-2`)));
			expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
			for (const each of answers) if (each.status !== 200) expect(inShort(each)).toEqual(duplicate);
			const twice = [
				{ ...plain, client_id: `${path}-3` },
				{ ...plain, client_id: `${path}-3` },
			];
			expect(inShort(await world.cadre.client.request('POST', path, twice))).toEqual(duplicate);
			expect((await send(`${path}-3`)).status).toBe(200);
		}
	});
});
