import type { Field } from '@directus/types';
import { describe, expect, test, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { tallyOf } from '../../../extensions/cases/files/uploads.js';
import { offersOf as batchOffersOf } from '../../../extensions/cases/list/use-offers.js';
import { firstValues, formOf, stepFor, type StepTarget } from '../../../extensions/cases/progress/form.js';
import { nextStep, offersOf } from '../../../extensions/cases/progress/offers.js';
import { sendingOf, type Sent } from '../../../extensions/cases/progress/sending.js';
import { saidBy, type ShownStep } from '../../../extensions/cases/progress/shown.js';
import { caseRead } from '../../../extensions/cases/progress/use-case.js';
import { PROGRESS_WORDS } from '../../../extensions/cases/progress/words.js';
import { lacksClientId, stepsOf } from '../../../extensions/cases/quick/steps.js';
import { STAGES } from '../../../extensions/cases/lights.js';
import { STEPS, stepKinds } from '../../../extensions/cases/rules.js';
import { stepSent } from '../../../extensions/cases/sent.js';
import { readSent } from '../../../extensions/platform/sent.js';
import { reasonFor } from '../../../extensions/platform/studio/reasons.js';
import { refusedOf } from '../../../extensions/platform/studio/refused.js';
import { choicesOf, fieldsOf } from '../snapshot.js';
import { SAMPLE, SENT_KINDS } from './step-table.js';

const FIELDS = fieldsOf('doorstep_case_steps') as unknown as Field[];
const CASE: StepTarget = { id: '0b9e5a0e-4b0a-4a51-8f39-0d7d1e3a4a01', number: '2026-000001', title: '落户' };
const namesOf = (fields: readonly Field[]) => fields.map(({ field }) => field);
const choices = (kind: 'convert' | 'report', field: string, target: Partial<StepTarget>) =>
	choicesOf(formOf(kind, FIELDS, [{ ...CASE, ...target }]).find((it) => it.field === field) as never).map(
		({ value }) => value,
	);

describe('F5: the buttons of a case', () => {
	test('are all the steps that are possible, each once', () => {
		expect([...offersOf(SENT_KINDS)].sort()).toEqual([...SENT_KINDS].sort());
		expect(offersOf(['note', 'resolve'])).toEqual(['resolve', 'note']);
	});

	test.each([
		['open', 'proxy', {}, 'resolve'],
		['open', 'reported', {}, 'decide'],
		['open', 'reported', { decided_at: '2026-11-01' }, 'resolve'],
		['open', 'proxy', { asked_hours: 12 }, 'grant_time'],
		['resolved', 'proxy', {}, 'tell'],
		['resolved', 'proxy', { told_at: '2026-11-01' }, 'close'],
		['closed', 'proxy', { told_at: '2026-11-01' }, undefined],
	] as const)('%s, %s, %o: %s is what people do next', (status, ledger, more, kind) => {
		const standing = { ...{ status, ledger, told_at: null, asked_hours: null, decided_at: null }, ...more };
		expect(nextStep(SENT_KINDS, standing)).toBe(kind);
		expect(nextStep([], standing)).toBeUndefined();
	});
});

describe('the generated form of a step', () => {
	test.each(SENT_KINDS)(
		'%s: shows what its rule needs and may have, and what goes with every step',
		(kind) => {
			const fields = formOf(kind, FIELDS, [CASE]);
			const rule = STEPS[kind];
			expect(namesOf(fields).sort()).toEqual(
				[...new Set([...rule.needs, ...rule.may, 'note', 'files', 'happened_at'])].sort(),
			);
			for (const { field, meta } of fields) {
				expect(meta?.hidden, field).toBe(false);
				expect(meta?.required, field).toBe((rule.needs as readonly string[]).includes(field));
			}
		},
	);

	test.each(SENT_KINDS)('%s: what it sends passes the server’s first look', (kind) => {
		const rule = STEPS[kind];
		const said = Object.fromEntries(rule.needs.map((field) => [field, SAMPLE[field]]));
		const id = CASE.id;
		const sent = stepFor(
			kind,
			CASE,
			{ ...said, ...('holder' in said && { holder: id }), satisfaction: null },
			'c1',
		);
		const { due_at, ...rest } = sent;
		const asJson = { ...rest, ...(due_at instanceof Date && { due_at: due_at.toISOString() }) };
		expect(readSent(stepSent, asJson)).toMatchObject({ ok: true });
	});

	test('F4: a case is converted to another ledger and reported upward only', () => {
		expect(choices('convert', 'ledger', { ledger: 'proxy' })).toEqual(['immediate', 'reported']);
		expect(choices('report', 'level', { level: 'team' })).toEqual(['village', 'township', 'department']);
		expect(choices('report', 'level', { level: 'township' })).toEqual(['department']);
	});

	test('a leader finds the hours that were asked for filled in; in a batch each case gets its own', () => {
		const [asked, other] = [
			{ ...CASE, asked_hours: 12 },
			{ ...CASE, asked_hours: 24 },
		];
		expect(firstValues('grant_time', [asked])).toEqual({ hours: 12 });
		expect(firstValues('grant_time', [asked, other])).toEqual({});
		expect(firstValues('resolve', [asked])).toEqual({});
		expect(stepFor('grant_time', other, {}, 'c')).toMatchObject({ hours: 24 });
		expect(stepFor('grant_time', other, { hours: 6 }, 'c')).toMatchObject({ hours: 6 });
		const hours = formOf('grant_time', FIELDS, [asked, other]).find(({ field }) => field === 'hours');
		expect(hours?.meta?.required).toBe(false);
	});
});

describe('sending', () => {
	const refusal = (code: string, field?: string) =>
		Object.assign(new Error('Request failed'), {
			response: { data: { errors: [{ message: '不行', extensions: { code, field } }] } },
		});
	const sendAll = async (post: (path: string, body: { case_id: string }) => Promise<unknown>, rounds = 1) => {
		const targets = ['a', 'b', 'c'].map((id) => ({ ...CASE, id }));
		const sending = sendingOf({ post } as never, 'take', targets);
		const sent: Sent[] = [];
		for (let round = 0; round < rounds; round++) await sending.send({}, (each) => sent.push(each));
		return sent.map(({ target, refused }) => [target.id, refused?.code]);
	};

	test('gives every case an answer of its own, and one refusal stops no other', async () => {
		const post = vi.fn((_path: string, { case_id }: { case_id: string }) =>
			case_id === 'b' ? Promise.reject(refusal('DOORSTEP_EXPIRED')) : Promise.resolve(),
		);
		expect(await sendAll(post)).toEqual([
			['a', undefined],
			['b', 'DOORSTEP_EXPIRED'],
			['c', undefined],
		]);
	});

	test('sends again only what failed, under the same client_id; what the server has already counts as sent', async () => {
		const ids: string[] = [];
		const post = vi.fn((_path: string, body: { case_id: string; client_id?: string }) => {
			if (body.case_id !== 'b') return Promise.resolve();
			ids.push(body.client_id ?? '');
			return Promise.reject(
				ids.length === 1 ? new Error('offline') : refusal('DOORSTEP_DUPLICATE', 'client_id'),
			);
		});
		expect(await sendAll(post, 2)).toEqual([
			['a', undefined],
			['b', null],
			['c', undefined],
			['b', undefined],
		]);
		expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
		expect(ids[1]).toBe(ids[0]);
	});

	test('a refusal is read as the server gave it; without an answer there is no code', () => {
		expect(refusedOf(refusal('DOORSTEP_MISSING', 'note'))).toEqual({
			...{ code: 'DOORSTEP_MISSING', message: '不行', field: 'note' },
		});
		expect(refusedOf(new Error('Network Error'))).toEqual({
			code: null,
			message: 'Network Error',
			field: null,
		});
	});

	test('people hear the server’s words, and never the browser’s about a network that is gone', () => {
		const said = (error: unknown) => reasonFor(refusedOf(error), '连接不上服务器');
		expect(said(refusal('DOORSTEP_MISSING', 'note'))).toBe('不行');
		expect(said(new Error('Network Error'))).toBe('连接不上服务器');
	});
});

describe('F2: settled while it is recorded', () => {
	const said = { note: '换好了', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' };

	test('result, feedback and closing go with the case', () => {
		expect(stepsOf(said)).toEqual({
			create: [
				{ kind: 'resolve', note: '换好了' },
				{ kind: 'tell', solved: 'yes', satisfaction: 'satisfied', channel: 'visit' },
				{ kind: 'close' },
			],
			update: [],
			delete: [],
		});
	});

	test('what is not solved stays to be followed up', () => {
		const kinds = (solved: string) =>
			stepsOf({ ...said, solved })?.create.map((step) => (step as { kind: string }).kind);
		expect(kinds('partly')).toEqual(['resolve', 'tell']);
		expect(kinds('no')).toEqual(['resolve', 'tell']);
		expect(kinds('explained')).toEqual(['resolve', 'tell', 'close']);
	});

	test('nothing is sent where nothing is settled', () => {
		expect(stepsOf(null)).toBeNull();
		expect(stepsOf(null, true)).toBeNull();
	});

	test('with a photo still on its way the server refuses it, and takes it once the photo is there', () => {
		const photo = '6f1d4f9e-5a0c-4c1e-9d0e-2f6a3b7c8d90';
		const sentWith = (files: string[] | null, uploading: boolean) =>
			readSent(stepSent, { ...stepsOf({ ...said, files }, uploading)?.create[0], case_id: CASE.id });
		const refused = { ok: false, fault: { code: 'DOORSTEP_INVALID', field: 'files' } };
		expect(sentWith(null, true)).toEqual(refused);
		expect(sentWith([photo], true)).toEqual(refused);
		expect(sentWith([photo], false)).toMatchObject({ ok: true, value: { files: [photo] } });
	});
});

describe('F1: a new case gets the id by which the server knows it again', () => {
	test('as soon as something is said, and once', () => {
		expect(lacksClientId('+', {})).toBe(false);
		expect(lacksClientId('+', { title: null })).toBe(false);
		expect(lacksClientId('+', { title: '取药' })).toBe(true);
		expect(lacksClientId('+', { title: '取药', client_id: 'c1' })).toBe(false);
	});

	test('a saved case gets none, nor does one that was saved while the form still stands', () => {
		expect(lacksClientId(CASE.id, { title: '取药' })).toBe(false);
		expect(lacksClientId('+', { title: '取药', id: CASE.id })).toBe(false);
	});
});

/** A promise that ends when a test says so. */
function later() {
	let resolve: (value: unknown) => void = () => undefined;
	let reject: (error: unknown) => void = () => undefined;
	const promise = new Promise<unknown>((...ends) => ([resolve, reject] = ends));
	return { promise, resolve, reject };
}

describe('uploads under way', () => {
	test('count until each has ended, well or not', async () => {
		const running = ref(0);
		const { counted } = tallyOf(running);
		const [well, ill] = [later(), later()];
		const both = Promise.allSettled([counted(well.promise), counted(ill.promise)]);
		expect(running.value).toBe(2);
		well.resolve('a');
		ill.reject(new Error('offline'));
		expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(running.value).toBe(0);
	});

	test('nobody waits for those of a field that is gone', async () => {
		const running = ref(0);
		const [gone, there] = [tallyOf(running), tallyOf(running)];
		const [late, other] = [later(), later()];
		const ended = gone.counted(late.promise);
		void there.counted(other.promise);
		gone.release();
		expect(running.value).toBe(1);
		late.resolve(null);
		await ended;
		expect(running.value).toBe(1);
	});
});

/** Answers in the order in which a test gives them, whatever was asked first. */
function slowApi() {
	const asked: {
		path: string;
		ids: string;
		answer: (data: unknown) => void;
		fail: (error: unknown) => void;
	}[] = [];
	const get = (path: string, { params }: { params: { ids?: string } }) => {
		const { promise, resolve, reject } = later();
		const answer = (data: unknown) => {
			resolve({ data: { data } });
		};
		asked.push({ path, ids: params.ids ?? '', answer, fail: reject });
		return promise;
	};
	return { asked, api: { get } as never };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));
const why = ({ code }: { code: string | null }) => code ?? 'offline';

describe('the case in view', () => {
	const canDo = (id: string, seq = 1) => ({
		now: '2026-11-24T01:00:00Z',
		cases: [{ id, seq, possible: ['note'], acknowledge: [] }],
	});
	const begin = () => {
		const { api, asked } = slowApi();
		const id = ref<string | null>('a');
		const view = caseRead(api, id, why);
		const answerRead = async (from: number, caseId: string) => {
			asked[from]?.answer({ id: caseId, seq: 1, steps: [] });
			asked[from + 1]?.answer(canDo(caseId));
			await settle();
		};
		return { view, id, asked, answerRead };
	};

	test('answers about the case before are not shown with the next one', async () => {
		const { view, id, asked, answerRead } = begin();
		await answerRead(0, 'a');
		expect(view.shown.value?.id).toBe('a');
		const looked = view.look();
		id.value = 'b';
		expect([view.shown.value, view.possible.value]).toEqual([null, null]);
		asked[2]?.answer(canDo('a', 7));
		await looked;
		expect(view.possible.value).toBeNull();
		await answerRead(3, 'b');
		expect([view.shown.value?.id, view.possible.value?.id, view.loading.value]).toEqual(['b', 'b', false]);
		expect(asked).toHaveLength(5);
	});

	test('an older reading that comes late changes nothing', async () => {
		const { view, answerRead, asked } = begin();
		void view.reload();
		await answerRead(2, 'newer');
		asked[0]?.fail(new Error('Network Error'));
		asked[1]?.answer(canDo('older'));
		await settle();
		expect([view.shown.value?.id, view.possible.value?.id, view.fault.value]).toEqual([
			'newer',
			'newer',
			null,
		]);
	});

	test('a case that was handed away has no buttons any more; a look that failed leaves them', async () => {
		const { view, asked, answerRead } = begin();
		await answerRead(0, 'a');
		const failed = view.look();
		asked[2]?.fail(new Error('Network Error'));
		await failed;
		expect(view.possible.value?.id).toBe('a');
		const empty = view.look();
		asked[3]?.answer({ ...canDo('a'), cases: [] });
		await empty;
		expect(view.possible.value).toBeNull();
	});
});

describe('what can be done for the selected cases', () => {
	const canTake = (...ids: string[]) => ({
		cases: ids.map((id) => ({ id, seq: 1, possible: ['take'], acknowledge: [] })),
	});
	const takes = (found?: ReturnType<typeof batchOffersOf>) => found?.offers.value.flatMap(({ ids }) => ids);
	const quiet = async () => {
		await nextTick();
		await vi.advanceTimersByTimeAsync(200);
	};

	test('is asked anew with the rows; an answer that was overtaken counts no more', async () => {
		vi.useFakeTimers();
		const { api, asked } = slowApi();
		const [selection, revision] = [ref(['a']), ref(0)];
		const found = effectScope().run(() => batchOffersOf(api, { selection, revision, why }));
		await quiet();
		selection.value = ['a', 'b'];
		await quiet();
		expect(asked.map(({ ids }) => ids)).toEqual(['a', 'a,b']);
		asked[1]?.answer(canTake('b'));
		asked[0]?.answer(canTake('a'));
		await quiet();
		expect(takes(found)).toEqual(['b']);
		expect(found?.looking.value).toBe(false);

		revision.value += 1;
		await quiet();
		expect(asked.at(-1)?.ids).toBe('a,b');
		expect(takes(found)).toEqual(['b']);
		asked.at(-1)?.answer(canTake('a'));
		await quiet();
		expect(takes(found)).toEqual(['a']);
		vi.useRealTimers();
	});

	test('says in words why it could not be read, and not for a question that was overtaken', async () => {
		vi.useFakeTimers();
		const { api, asked } = slowApi();
		const [selection, revision] = [ref(['a']), ref(0)];
		const found = effectScope().run(() => batchOffersOf(api, { selection, revision, why }));
		await quiet();
		revision.value += 1;
		asked[0]?.fail(new Error('Network Error'));
		await quiet();
		expect(found?.fault.value).toBeNull();
		asked[1]?.fail(new Error('Network Error'));
		await quiet();
		expect([found?.fault.value, found?.looking.value]).toEqual(['offline', false]);
		vi.useRealTimers();
	});
});

describe('the timeline', () => {
	const step = {
		...{ kind: 'take', holder: { name: '甲' }, department: null, ledger: 'proxy', level: null, hours: null },
		...{ due_at: '2026-11-24T10:00:00Z', solved: null, satisfaction: null, channel: null },
	} as ShownStep;

	test('a step says what its kind carries, not the whole state after it', () => {
		expect(saidBy(step)).toEqual(['holder']);
		expect(saidBy({ ...step, kind: 'convert' })).toEqual(['ledger', 'due_at']);
		expect(saidBy({ ...step, kind: 'note' })).toEqual([]);
		expect(saidBy({ ...step, kind: 'tell', solved: 'yes', channel: 'visit' })).toEqual(['solved', 'channel']);
	});

	test('every kind of step can be shown, every stage has its words', () => {
		for (const kind of stepKinds()) expect(Array.isArray(saidBy({ ...step, kind }))).toBe(true);
		for (const stage of STAGES) expect(PROGRESS_WORDS[`stage_${stage}`]).toHaveLength(2);
	});
});
