import type { Ledger, Level, Status } from '../terms.js';

/** A case as the panel shows it: Directus's answer, read with the viewer's rights, so anything related may be missing. */
export interface ShownCase {
	id: string;
	number: string;
	title: string;
	status: Status;
	ledger: Ledger;
	level: Level | null;
	due_at: string;
	first_due_at: string;
	received_at: string;
	happened_at: string | null;
	breached_at: string | null;
	told_at: string | null;
	decided_at: string | null;
	asked_hours: number | null;
	cycle: number;
	seq: number;
	holder: ShownOfficial | null;
	department: { name: string } | null;
	steps: ShownStep[];
	escalations: ShownRung[];
}

export interface ShownOfficial {
	name: string;
	post: string | null;
	phone: string | null;
}

export interface ShownStep {
	id: string;
	seq: number;
	at: string;
	happened_at: string | null;
	kind: string;
	actor_name: string | null;
	note: string | null;
	hours: number | null;
	solved: string | null;
	satisfaction: string | null;
	channel: string | null;
	ledger: Ledger;
	level: Level | null;
	due_at: string;
	holder: { name: string } | null;
	department: { name: string } | null;
	files: string[] | null;
}

export interface ShownRung {
	id: string;
	cycle: number;
	rung: number;
	name: string;
	due_at: string;
	acknowledged_at: string | null;
	acknowledged_by_name: string | null;
}

export interface ShownFile {
	id: string;
	title: string | null;
	type: string | null;
}

const OFFICIAL = ['name', 'post', 'phone'];
const CASE_FIELDS = [
	...['id', 'number', 'title', 'status', 'ledger', 'level', 'due_at', 'first_due_at', 'received_at'],
	...['happened_at', 'breached_at', 'told_at', 'decided_at', 'asked_hours', 'cycle', 'seq'],
];
const STEP_FIELDS = [
	...['id', 'seq', 'at', 'happened_at', 'kind', 'actor_name', 'note', 'hours', 'solved', 'satisfaction'],
	...['channel', 'ledger', 'level', 'due_at', 'holder.name', 'department.name', 'files'],
];
const RUNG_FIELDS = ['id', 'cycle', 'rung', 'name', 'due_at', 'acknowledged_at', 'acknowledged_by_name'];

/** What the panel asks Directus for. */
export const SHOWN_QUERY = {
	fields: [
		...CASE_FIELDS,
		...OFFICIAL.map((field) => `holder.${field}`),
		'department.name',
		...STEP_FIELDS.map((field) => `steps.${field}`),
		...RUNG_FIELDS.map((field) => `escalations.${field}`),
	],
	deep: {
		steps: { _sort: ['-seq'], _limit: -1 },
		escalations: { _sort: ['cycle', 'rung'], _limit: -1 },
	},
};

/** What a step can say beside its note. */
export type Said =
	'ledger' | 'level' | 'holder' | 'department' | 'due_at' | 'hours' | 'solved' | 'satisfaction' | 'channel';

/** Only what its kind carries is said of a step, for every step holds the whole state after it. */
const SAID_BY: Readonly<Partial<Record<string, readonly Said[]>>> = {
	record: ['ledger', 'due_at', 'holder'],
	take: ['holder'],
	pass: ['holder'],
	convert: ['ledger', 'due_at'],
	report: ['level', 'department'],
	return: ['holder'],
	decide: ['holder', 'due_at', 'department'],
	ask_time: ['hours'],
	grant_time: ['hours', 'due_at'],
	reopen: ['due_at', 'holder'],
};

/** What a step says, in the order in which it is read; what is empty is left out. */
export function saidBy(step: ShownStep): Said[] {
	const said: readonly Said[] = [...(SAID_BY[step.kind] ?? []), 'solved', 'satisfaction', 'channel'];
	return said.filter((field) => step[field] !== null);
}
