import type { Facts, Given } from '../../../extensions/cases/moves.js';
import type { Hat } from '../../../extensions/cases/people.js';
import type { StepKind } from '../../../extensions/cases/rules.js';
import type { CaseState, Status, StepSent } from '../../../extensions/cases/terms.js';
import { aState, beijing, COLLEAGUE, plus, RECEIVED, STRANGER } from './builders.js';

/** The steps that people can take: `record` is the server's. */
export type SentKind = Exclude<StepKind, 'record'>;

interface Expected {
	from: readonly Status[];
	hats: readonly Hat[];
	needs: readonly Given[];
	may?: readonly Given[];
	/** In which states only a leader may take it, whatever the other hats. */
	leadersIn?: readonly Status[];
}

const RUNNERS = ['cadre', 'substitute', 'holder'] as const;
const RUNNERS_AND_LEADERS = [...RUNNERS, 'leader'] as const;
const ANSWER = ['solved', 'satisfaction', 'channel'] as const;

/** Who may do what, when, with what: written down a second time, so that a change of the rules does not pass unseen. */
export const EXPECTED: Readonly<Record<SentKind, Expected>> = {
	take: { from: ['open'], hats: RUNNERS_AND_LEADERS, needs: [] },
	note: { from: ['open', 'resolved'], hats: [...RUNNERS_AND_LEADERS, 'supervisor'], needs: ['note'] },
	pass: { from: ['open'], hats: RUNNERS_AND_LEADERS, needs: ['holder'] },
	convert: { from: ['open'], hats: RUNNERS_AND_LEADERS, needs: ['ledger'] },
	report: { from: ['open'], hats: RUNNERS_AND_LEADERS, needs: ['level'], may: ['department'] },
	return: { from: ['open'], hats: ['holder', 'leader'], needs: ['note'] },
	decide: { from: ['open'], hats: ['leader'], needs: ['holder', 'due_at'], may: ['department'] },
	ask_time: { from: ['open'], hats: RUNNERS, needs: ['hours', 'note'] },
	grant_time: { from: ['open'], hats: ['leader'], needs: ['hours'] },
	refuse_time: { from: ['open'], hats: ['leader'], needs: ['note'] },
	resolve: { from: ['open'], hats: RUNNERS_AND_LEADERS, needs: ['note'] },
	tell: { from: ['resolved'], hats: RUNNERS_AND_LEADERS, needs: ANSWER },
	verify: { from: ['resolved', 'closed'], hats: ['supervisor'], needs: ANSWER },
	close: { from: ['resolved'], hats: RUNNERS_AND_LEADERS, needs: [] },
	reopen: { from: ['resolved', 'closed'], hats: [...RUNNERS_AND_LEADERS, 'supervisor'], needs: ['note'] },
	withdraw: {
		...{ from: ['open', 'resolved'], hats: RUNNERS_AND_LEADERS, needs: ['note'], may: ['channel'] },
		leadersIn: ['resolved'],
	},
};

export const SENT_KINDS = Object.keys(EXPECTED) as SentKind[];

/** A value for every field that a step can carry. */
export const SAMPLE: Readonly<Required<Pick<StepSent, Given>>> = {
	note: '已带材料到镇民政办递交。',
	ledger: 'reported',
	level: 'township',
	holder: COLLEAGUE,
	department: 'traffic-office',
	due_at: beijing('2026-11-20 18:00'),
	hours: 12,
	solved: 'yes',
	satisfaction: 'satisfied',
	channel: 'visit',
};

export const EVERY_FIELD = Object.keys(SAMPLE) as Given[];

/** A step with all that its kind needs, and its optional channel where that makes a leader unnecessary. */
export function wholeStep(kind: SentKind): StepSent {
	const { needs } = EXPECTED[kind];
	const given = kind === 'withdraw' ? [...needs, 'channel' as const] : needs;
	return { kind, ...Object.fromEntries(given.map((field) => [field, SAMPLE[field]])) };
}

/** A case in some status in which every guard of the kind holds; only who acts is left to the test. */
export function readyState(kind: SentKind, status: Status): CaseState {
	const needsReported = kind === 'report' || kind === 'decide';
	const settled = status === 'resolved' || status === 'closed';
	return aState({
		status,
		ledger: kind === 'convert' ? 'immediate' : needsReported ? 'reported' : 'proxy',
		...(kind === 'return' && { holder: COLLEAGUE }),
		...((kind === 'grant_time' || kind === 'refuse_time') && { asked_hours: 24 }),
		...(settled && {
			resolved_at: plus(RECEIVED, 20, 'minute'),
			told_at: plus(RECEIVED, 30, 'minute'),
			told: 'yes',
		}),
		...(status === 'closed' && { closed_at: plus(RECEIVED, 40, 'minute') }),
	});
}

/** Somebody with just this hat; nobody whose own work it would be. */
export function wearing(...hats: Hat[]): Partial<Facts> {
	return { hats: new Set(hats), actor: STRANGER };
}
