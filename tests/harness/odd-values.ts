/** What nobody should get into a case or a step, each with the field at fault; `other` is an id of some other row. */
const LONG_AGO = '1999-12-31T00:00:00Z';
const FAR_AHEAD = '9999-01-01T00:00:00Z';

/** Fields that only the server sets. */
export const SERVER_FIELDS = {
	doorstep_cases: {
		...{
			id: 'x',
			number: '2026-999999',
			status: 'closed',
			cadre: 'x',
			holder: 'x',
			level: 'team',
			department: 'x',
		},
		...{
			received_at: LONG_AGO,
			due_at: FAR_AHEAD,
			first_due_at: FAR_AHEAD,
			clock_from: FAR_AHEAD,
			taken_at: LONG_AGO,
			decided_at: LONG_AGO,
		},
		...{
			asked_hours: 1,
			resolved_at: LONG_AGO,
			told_at: LONG_AGO,
			told: 'yes',
			closed_at: LONG_AGO,
			cycle: 2,
		},
		...{
			breached_at: null,
			rung: 4,
			rung_base: 3,
			next_rung_at: FAR_AHEAD,
			seq: 7,
			head_hash: 'x',
			escalations: [],
			nowhere: 1,
		},
	},
	doorstep_case_steps: {
		...{
			id: 'x',
			seq: 7,
			at: LONG_AGO,
			actor: 'x',
			actor_name: '别人',
			status: 'closed',
			first_due_at: FAR_AHEAD,
		},
		...{
			clock_from: FAR_AHEAD,
			taken_at: LONG_AGO,
			decided_at: LONG_AGO,
			asked_hours: 1,
			resolved_at: LONG_AGO,
			told_at: LONG_AGO,
		},
		...{
			told: 'yes',
			closed_at: LONG_AGO,
			cycle: 2,
			breached_at: null,
			prev_hash: 'x',
			hash: 'x',
			salt: 'x',
		},
		...{ body_hash: 'x', nowhere: 1 },
	},
} as const;

/** Values that a case does not take. */
export function oddCases(other: string): [field: string, value: unknown][] {
	return [
		...['', '   ', 5, true, {}, ['x'], '声\u0007', '反\u202e向', '长'.repeat(201)].map(at('title')),
		...['', 'later', 1, {}, ['proxy'], '__proto__'].map(at('ledger')),
		...['x', 7, { id: other }, { id: other, phone: '1' }, [other]].map(at('household')),
		...[{ id: other }, { name: '新事项' }, 'x', other].map(at('service')),
		...[{ id: other }, 'x', other].map(at('about_cadre')),
		...['wish', 1].map(at('nature')),
		...['rumour', 1].map(at('source')),
		...[5, {}, '长'.repeat(20_001), '\u0000'].map(at('detail')),
		...['soon', 1e12, FAR_AHEAD, LONG_AGO, '2026-13-45', {}].map(at('happened_at')),
		...[5, '', '长'.repeat(65)].map(at('client_id')),
	];
}

/** Values that a step does not take, with what else has to be sent. */
export function oddSteps(other: string): [field: string, value: unknown, kind: string][] {
	const by = (kind: string, values: [string, unknown][]) =>
		values.map(([field, value]): [string, unknown, string] => [field, value, kind]);
	return [
		...by('note', [5, {}, '铃\u0007', '长'.repeat(20_001)].map(at('note'))),
		...by('note', [{ id: other }, 'x', 5, null].map(at('case_id'))),
		...by('pass', [{ id: other }, { name: '新人' }, 'x', 5].map(at('holder'))),
		...by('ask_time', ['5', 1e9, 0, -3, 1.5, {}].map(at('hours'))),
		...by('decide', ['soon', 1e12, FAR_AHEAD, LONG_AGO].map(at('due_at'))),
		...by('report', ['moon', 1].map(at('level'))),
		...by('report', [{ id: other }, { name: '新单位' }, 'x', other].map(at('department'))),
		...by('convert', ['later', 1].map(at('ledger'))),
		...by('tell', ['maybe', true].map(at('solved'))),
		...by('tell', ['very', 1].map(at('satisfaction'))),
		...by('tell', ['dream', 1].map(at('channel'))),
		...by('note', ['soon', 1e12, FAR_AHEAD, LONG_AGO].map(at('happened_at'))),
		...by('note', [5, '', '长'.repeat(65)].map(at('client_id'))),
	];
}

const at =
	(field: string) =>
	(value: unknown): [string, unknown] => [field, value];
