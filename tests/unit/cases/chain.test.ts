import { describe, expect, test } from 'vitest';
import {
	BODY_COLUMNS,
	hashBody,
	hashStep,
	headOf,
	linkStep,
	STATE_COLUMNS,
	type StepRow,
} from '../../../extensions/cases/chain.js';
import { auditCase } from '../../../extensions/cases/audit-rules.js';
import { aState, beijing, CADRE, plus, RECEIVED } from './builders.js';

const SALT = '00112233445566778899aabbccddeeff';

function aStepRow(row: Partial<StepRow> = {}): StepRow {
	return {
		id: 'step',
		case_id: 'case',
		seq: 1,
		at: RECEIVED,
		actor: CADRE,
		actor_name: '敖其尔',
		kind: 'record',
		note: null,
		hours: null,
		solved: null,
		satisfaction: null,
		channel: null,
		happened_at: null,
		client_id: null,
		files: null,
		...aState(),
		...row,
	};
}

describe('the chain of steps', () => {
	test('F6: the same step after the same step has the same hash, on every machine and for ever', () => {
		expect(linkStep(aStepRow({ note: '已递交' }), null, SALT)).toMatchObject({
			body_hash: 'cc9beb09c0c2caedf2b0ec3bbee876477988d4940b1274d0ce3e5aa3b9f84899',
			hash: 'd21aee15325b3f415d314da6cce8a292ee952642b0157b802f64588220eabdf9',
		});
	});

	test('F6: a step is linked to the one before it', () => {
		const first = linkStep(aStepRow(), null, SALT);
		const second = linkStep(aStepRow({ seq: 2, kind: 'note' }), first.hash, SALT);
		expect([first.prev_hash, second.prev_hash]).toEqual([null, first.hash]);
		expect(second.hash).not.toBe(linkStep(aStepRow({ seq: 2, kind: 'note' }), null, SALT).hash);
	});

	test('F6: the order in which a database gives columns does not matter', () => {
		const row = aStepRow({ note: 'x' });
		const reversed = Object.fromEntries(Object.entries(row).reverse()) as unknown as StepRow;
		expect(linkStep(reversed, null, SALT).hash).toBe(linkStep(row, null, SALT).hash);
	});

	test('F6: a column that a later version adds, and that is empty, changes no earlier hash', () => {
		const row = aStepRow();
		const { hours: _none, ...without } = row;
		expect(hashStep(without as StepRow, 'b', null)).toBe(hashStep(row, 'b', null));
		expect(hashStep({ ...row, hours: undefined } as unknown as StepRow, 'b', null)).toBe(
			hashStep(row, 'b', null),
		);
	});

	test('F6: empty words are not the same as no words', () => {
		expect(hashBody({ note: '' }, SALT)).not.toBe(hashBody({ note: null }, SALT));
	});

	test('F6: a value that moves to the next column is another step', () => {
		expect(hashStep(aStepRow({ actor: 'a', actor_name: null }), 'b', null)).not.toBe(
			hashStep(aStepRow({ actor: null, actor_name: 'a' }), 'b', null),
		);
		expect(hashStep(aStepRow({ solved: null, told: 'yes' }), 'b', null)).not.toBe(
			hashStep(aStepRow({ solved: 'yes', told: null }), 'b', null),
		);
	});

	test('F6: words that imitate the notation stay words', () => {
		const sly = aStepRow({ actor_name: 'x"],["kind","close' });
		expect(linkStep(sly, null, SALT).hash).not.toBe(
			linkStep(aStepRow({ actor_name: 'x', kind: 'close' }), null, SALT).hash,
		);
	});

	test('F6: two households with the same words do not show the same hash: each step has a salt of its own', () => {
		const [one, other] = [
			linkStep(aStepRow({ note: '低保' }), null),
			linkStep(aStepRow({ note: '低保' }), null),
		];
		expect(one.salt).toMatch(/^[0-9a-f]{32}$/);
		expect(one.salt).not.toBe(other.salt);
		expect(one.body_hash).not.toBe(other.body_hash);
	});
});

describe('erasing a household’s words', () => {
	const steps = (() => {
		const first = linkStep(aStepRow({ note: '家庭情况' }), null);
		return [first, linkStep(aStepRow({ seq: 2, kind: 'note', note: '病情' }), first.hash)];
	})();
	const row = {
		...{
			id: 'case',
			number: '2026-000001',
			seq: 2,
			headHash: steps[1]!.hash,
			receivedAt: RECEIVED,
			state: aState(),
		},
		...{ cadre: CADRE, householdCadre: CADRE, everyCadre: new Set([CADRE]) },
	};
	const found = (chain: typeof steps) => auditCase(row, chain, RECEIVED).map(({ code }) => code);
	const erased = steps.map((step) => ({ ...step, note: null, salt: null }));

	test('F6: words and salt can go, and the chain still holds', () => {
		expect(found(steps)).toEqual([]);
		expect(found(erased)).toEqual([]);
	});

	test('F6: nothing else of an erased step can change', () => {
		const forged = erased.map((step) => ({ ...step, actor: 'x' }));
		expect(found(forged)).toEqual(['hash_wrong', 'hash_wrong']);
	});

	test('F6: words put back in place of erased ones are found', () => {
		const [first, second] = erased;
		expect(found([{ ...first!, note: '另一件事' }, second!])).toEqual(['body_wrong']);
		expect(found([{ ...first!, note: '另一件事', salt: SALT }, second!])).toEqual(['body_wrong']);
	});
});

describe('what is covered', () => {
	test('F6: every column of the state is covered, each by its name', () => {
		expect([...STATE_COLUMNS].sort()).toEqual(Object.keys(aState()).sort());
		for (const column of STATE_COLUMNS) {
			const other = aStepRow({ [column]: 'other' });
			expect(hashStep(other, 'b', null), column).not.toBe(hashStep(aStepRow(), 'b', null));
		}
	});

	test('F6: what was said of a household stands in the body alone', () => {
		for (const column of BODY_COLUMNS) {
			expect(hashStep(aStepRow({ [column]: 'x' }), 'b', null)).toBe(hashStep(aStepRow(), 'b', null));
		}
	});
});

describe('one head over all chains', () => {
	const NOON = beijing('2026-11-10 12:00');
	const head = (...chains: [id: string, hash: string][]) => {
		const sum = headOf(NOON);
		for (const [id, hash] of chains) sum.add(id, [{ at: NOON, hash }]);
		return sum.digest();
	};

	test('F6: it changes with any chain, with a chain that is missing, and with their order', () => {
		const honest = head(['1', 'a'], ['2', 'b']);
		expect(honest).toMatch(/^[0-9a-f]{64}$/);
		for (const other of [
			head(['1', 'a'], ['2', 'c']),
			head(['1', 'a']),
			head(['2', 'b'], ['1', 'a']),
			head(),
		])
			expect(other).not.toBe(honest);
		expect(head(['1', 'a'], ['2', 'b'])).toBe(honest);
	});

	test('F6: chains cannot be glued together to look like others', () => {
		expect(head(['1', 'a'], ['2', 'b'])).not.toBe(head(['1', 'a2:b']));
	});

	test('F6: what comes later changes nothing, what is taken away or put in before does', () => {
		const at = (chain: [at: Date, hash: string][]) => {
			const sum = headOf(NOON);
			sum.add('1', [{ at: plus(NOON, -2, 'hour'), hash: 'a' }, ...chain.map(([at, hash]) => ({ at, hash }))]);
			sum.add('2', [{ at: plus(NOON, 1, 'hour'), hash: 'new' }]);
			return sum.digest();
		};
		const then = at([[NOON, 'b']]);
		expect(
			at([
				[NOON, 'b'],
				[plus(NOON, 1, 'hour'), 'c'],
			]),
		).toBe(then);
		expect(at([])).not.toBe(then);
		expect(
			at([
				[NOON, 'b'],
				[NOON, 'c'],
			]),
		).not.toBe(then);
		expect(then).toBe(head(['1', 'b']));
	});
});
