import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { faultOf } from '../access/answers.js';
import { dump, missingFrom } from '../access/dump.js';
import type { Answer } from '../harness/request.js';
import { toldToday } from '../access/rows.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, recordCase } from '../harness/world.js';
import { badValue, noRow, strangeName } from '../ways/bad-values.js';
import { endpoints, type Endpoint } from '../ways/endpoints.js';

vi.setConfig({ testTimeout: 600_000 });
/** So many random requests for each endpoint; a failure prints the seed. */
const RUNS = { numRuns: Number(process.env['DOORSTEP_RANDOM_INPUT'] ?? 40) };
const HOUR = 3_600_000;

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '0' } });
afterAll(() => township.stop());
const { admin } = township;
const world = await buildWorld(township);
const late = await recordCase(world.cadre, world.household, {
	happened_at: new Date(Date.now() - 48 * HOUR).toISOString(),
});
await admin.ok('POST', '/doorstep/sweep');
const theCase = (await recordCase(world.cadre, world.household)).id;
const first = async (path: string) => (await admin.ok<{ id: string }[]>('GET', `${path}&limit=1`))[0]!.id;
const rung = await first(`/items/doorstep_escalations?filter[case_id][_eq]=${late.id}`);
const rule = await first('/items/doorstep_escalation_rules?filter[ledger][_eq]=proxy');
const household = await create(admin, 'doorstep_households', {
	...{ code: randomUUID(), head_name: '户主', hamlet: world.hamlet, cadre: world.cadre.cadre },
});
await recordCase(world.cadre, world.household, {
	steps: [
		{ kind: 'resolve', note: '已办' },
		{ kind: 'tell', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' },
	],
});
const { cases } = await admin.ok<{ cases: string[] }>('POST', '/items/doorstep_checks', toldToday(1));
const named = {
	theCase,
	household,
	hamlet: world.hamlet,
	cadre: world.cadre.cadre,
	rung,
	rule,
	drawn: cases[0]!,
};
/** Rows of collections that no relation of ours leads to, and none at all. */
const others = [world.village, rung, randomUUID()];
const all = endpoints(named);
const before = await dump(township);

function send({ method, path, wrap }: Endpoint, row: unknown): Promise<Answer<unknown>> {
	return admin.request(method, path, wrap === undefined ? row : wrap(row));
}

/** Whether a refusal is one that a person understands: ours, with the field at fault. */
function expectRefusal(answer: Answer<unknown>, fault: { field?: string; code?: RegExp }): void {
	const [error] = answer.errors;
	expect(faultOf(answer)).toBeUndefined();
	expect(answer.status).toBeGreaterThanOrEqual(400);
	expect(answer.status).toBeLessThan(500);
	expect(error?.extensions.code).toMatch(fault.code ?? /^DOORSTEP_/);
	if (fault.field !== undefined) expect(error?.extensions['field']).toBe(fault.field);
}

async function expectNothingWritten(): Promise<void> {
	const after = await dump(township);
	expect({ gone: missingFrom(before, after), come: missingFrom(after, before) }).toEqual({
		gone: [],
		come: [],
	});
}

describe('F1: bad input is refused with the field at fault, and nothing is half done', () => {
	test.each(all)(
		'$name: values of the wrong kind, too long, hiding something, of other rows',
		async (endpoint) => {
			const bad = fc
				.constantFrom(...endpoint.fields)
				.chain((field) => badValue(field, others).map((value) => ({ field: field.name, value })));
			const property = fc.asyncProperty(bad, async ({ field, value }) => {
				expectRefusal(await send(endpoint, { ...endpoint.good(), [field]: value }), { field });
			});
			await fc.assert(property, RUNS);
			await expectNothingWritten();
		},
	);

	test.each(all)('$name: fields that there are not, and what is no row at all', async (endpoint) => {
		const strange = fc.asyncProperty(strangeName, async (field) => {
			expectRefusal(await send(endpoint, { ...endpoint.good(), [field]: 1 }), { field });
		});
		await fc.assert(strange, { numRuns: Math.ceil(RUNS.numRuns / 4) });
		const shapeless = fc.asyncProperty(noRow, async (row) => {
			expectRefusal(await send(endpoint, row), { code: /^(DOORSTEP_.*|INVALID_PAYLOAD)$/ });
		});
		await fc.assert(shapeless, { numRuns: Math.ceil(RUNS.numRuns / 4) });
		await expectNothingWritten();
	});

	test.each(all)('$name: a body of more than a megabyte', async (endpoint) => {
		const answer = await send(endpoint, { ...endpoint.good(), note: '长'.repeat(400_000) });
		expectRefusal(answer, { code: /^(DOORSTEP_.*|INVALID_PAYLOAD|CONTENT_TOO_LARGE)$/ });
		await expectNothingWritten();
	});
});

describe('F1: bad input of routes that take no row', () => {
	const words = fc.oneof(
		fc.string({ maxLength: 12 }),
		fc.constantFrom('9999', '1e3', '2027.0', '-2027', '0x7eb', '2026 ', '0'),
		fc.integer().map(String),
	);

	test('a year that is none, or none that a calendar reaches', async () => {
		const property = fc.asyncProperty(words, async (word) => {
			fc.pre(word !== '' && word !== '.' && word !== '..' && !/^20[23]\d$/.test(word));
			const answer = await admin.request('POST', `/doorstep/calendar/${encodeURIComponent(word)}`, {});
			expectRefusal(answer, { field: 'year' });
		});
		await fc.assert(property, RUNS);
		await expectNothingWritten();
	});

	test('ids of cases that are none', async () => {
		const property = fc.asyncProperty(fc.array(words, { maxLength: 3 }), async (ids) => {
			const asked = encodeURIComponent(ids.join(','));
			expectRefusal(await admin.request('GET', `/doorstep/cases/possible?ids=${asked}`), { field: 'ids' });
			const list = ids.map((id) => `ids[]=${encodeURIComponent(id)}`).join('&');
			expectRefusal(await admin.request('GET', `/doorstep/cases/possible?${list}`), { field: 'ids' });
		});
		await fc.assert(property, { numRuns: Math.ceil(RUNS.numRuns / 2) });
	});

	test('a sweep takes no input: whatever is sent with it changes nothing', async () => {
		const property = fc.asyncProperty(
			fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
			async (body) => {
				expect(await admin.ok('POST', '/doorstep/sweep', body)).toMatchObject({ raised: 0 });
			},
		);
		await fc.assert(property, { numRuns: 5 });
		await expectNothingWritten();
	});
});

describe('F1: duplicates are refused as such', () => {
	const HOUSEHOLDS = '/items/doorstep_households';
	const aHousehold = (code: string) => ({
		...{ code, head_name: '户主', hamlet: world.hamlet, cadre: world.cadre.cadre },
	});
	const standing = randomUUID();

	test('two households of one code, also in one list: none of the list comes in', async () => {
		await admin.ok('POST', HOUSEHOLDS, aHousehold(standing));
		const taken = { code: /^DOORSTEP_TAKEN$/, field: 'code' };
		expectRefusal(await admin.request('POST', HOUSEHOLDS, aHousehold(standing)), taken);
		expectRefusal(await admin.request('PATCH', `${HOUSEHOLDS}/${household}`, { code: standing }), taken);
		const code = randomUUID();
		const list = [aHousehold(randomUUID()), aHousehold(code), aHousehold(code)];
		const stands = await dump(township);
		expectRefusal(await admin.request('POST', HOUSEHOLDS, list), taken);
		expect(missingFrom(await dump(township), stands)).toEqual([]);
	});

	test('a second rung of the same number, and an id that is taken', async () => {
		const [standsAt] = await admin.ok<{ id: string; rung: number }[]>(
			'GET',
			'/items/doorstep_escalation_rules?filter[ledger][_eq]=proxy&filter[service][_null]=true&limit=1',
		);
		const aRule = { ledger: 'proxy', delay: 99, unit: 'minutes', notify: ['cadre'] };
		const post = (more: object) =>
			admin.request('POST', '/items/doorstep_escalation_rules', { ...aRule, ...more });
		expectRefusal(await post({ rung: standsAt!.rung }), { code: /^DOORSTEP_RUNG_TAKEN$/, field: 'rung' });
		expectRefusal(await post({ rung: 77, id: standsAt!.id }), { code: /^DOORSTEP_TAKEN$/, field: 'id' });
	});
});

describe('F1: the control', () => {
	test('each of these requests is taken without its bad part', async () => {
		const refused: string[] = [];
		for (const endpoint of all) {
			const { status, raw } = await send(endpoint, endpoint.good());
			const reached = status < 300 || raw.toString().includes('DOORSTEP_OTHER_HOUSEHOLD');
			// Time is asked for once; and a rung is acknowledged once.
			if (!reached && !raw.toString().includes('DOORSTEP_ALREADY_ASKED'))
				refused.push(`${endpoint.name}: ${status} ${raw.toString().slice(0, 200)}`);
		}
		expect(refused).toEqual([]);
	});
});
