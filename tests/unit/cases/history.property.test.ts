import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLate } from '../../../extensions/cases/rules.js';
import type { CaseState } from '../../../extensions/cases/terms.js';
import { accepted, limitFrom, MS } from './builders.js';
import { EVERYBODY, ORDINARY, play, stories, type Moment, type Played, type Story } from './histories.js';

const RUNS = { numRuns: 500 };
const everyStory = (holds: (story: Story) => void, people: readonly string[] = EVERYBODY) =>
	fc.assert(fc.property(stories(people), holds), RUNS);

/** Milliseconds that a case has been running, from when the household raised it, without the pauses from resolve to reopen. */
function timeRun(story: Story, moments: readonly Moment[], upTo: number): number {
	let ran = story.received.getTime() - story.raised.getTime();
	let before = story.received;
	for (const { now, before: standing, after } of moments.slice(0, upTo + 1)) {
		if (standing.status === 'open') ran += now.getTime() - before.getTime();
		// Settled on the spot and entered later: what lay between was no running time.
		if (standing.status === 'open' && after.status === 'resolved')
			ran -= now.getTime() - (after.resolved_at ?? now).getTime();
		before = now;
	}
	return ran;
}

function acceptedMoments({ moments }: Played): Moment[] {
	return moments.filter(({ verdict }) => verdict?.ok);
}

describe('no history gains time (F3)', () => {
	test('F3: without a leader, however it is passed, resolved and reopened, an errand never runs longer than 24 hours before it is late', () => {
		everyStory((story) => {
			const { moments } = play({ ...story, leaderAway: false });
			for (const [index, { after, now }] of moments.entries()) {
				if (after.ledger !== 'proxy' || after.status !== 'open') continue;
				const left = after.due_at.getTime() - now.getTime();
				expect(timeRun(story, moments, index) + left).toBeLessThanOrEqual(24 * MS.hour);
			}
		}, ORDINARY);
	});

	test('F3: what is no errand any more had a leader’s word', () => {
		everyStory((story) => {
			for (const { before, after, hats } of play(story).moments) {
				if (before.ledger === 'proxy' && after.ledger !== 'proxy') expect(hats.has('leader')).toBe(true);
			}
		});
	});

	test('F2-F4: without a leader, however often it is converted and reopened, no case runs longer than its ledger allows from receipt', () => {
		everyStory((story) => {
			const { moments } = play({ ...story, leaderAway: false });
			for (const [index, { after, now }] of moments.entries()) {
				if (after.status !== 'open') continue;
				const limit = limitFrom(story.raised)(after.ledger)!.getTime() - story.raised.getTime();
				const left = after.due_at.getTime() - now.getTime();
				expect(timeRun(story, moments, index) + left).toBeLessThanOrEqual(limit);
			}
		}, ORDINARY);
	});

	test('F3: only conversion, a decision, granted time and reopening move a deadline, and the second and third only by a leader', () => {
		everyStory((story) => {
			for (const { kind, before, after, hats } of play(story).moments) {
				if (after.due_at.getTime() === before.due_at.getTime()) continue;
				expect(['convert', 'decide', 'grant_time', 'reopen']).toContain(kind);
				if (kind === 'decide' || kind === 'grant_time') expect(hats.has('leader')).toBe(true);
			}
		});
	});

	test('F5: the time that is left at reopening is the time that was left when the case was resolved', () => {
		everyStory((story) => {
			for (const { kind, verdict, before, after, now } of play(story).moments) {
				if (kind !== 'reopen' || !verdict?.ok) continue;
				expect(after.due_at.getTime() - now.getTime()).toBe(
					before.due_at.getTime() - before.resolved_at!.getTime(),
				);
				expect(after.due_at.getTime() - after.clock_from.getTime()).toBe(
					before.due_at.getTime() - before.clock_from.getTime(),
				);
			}
		});
	});
});

describe('late is late (F3)', () => {
	test('F3: late by timestamps equals late by sweep, whenever and however often sweeps run', () => {
		everyStory((story) => {
			const [withSweeps, without] = [play(story), play(story, { sweeps: false })];
			for (const [index, { after, now, verdict }] of withSweeps.moments.entries()) {
				const other = without.moments[index]!;
				expect(isLate(after, now)).toBe(isLate(other.after, now));
				expect(verdict?.ok).toBe(other.verdict?.ok);
				expect({ ...after, breached_at: null }).toEqual({ ...other.after, breached_at: null });
			}
		});
	});

	test('F3: a breach says which deadline was missed, and a step after it writes the same as a sweep', () => {
		everyStory((story) => {
			const [withSweeps, without] = [play(story), play(story, { sweeps: false })];
			for (const [index, { after, before, verdict }] of withSweeps.moments.entries()) {
				if (verdict?.ok) expect(after.breached_at).toEqual(without.moments[index]!.after.breached_at);
				if (before.breached_at === null && after.breached_at !== null)
					expect(after.breached_at).toEqual(before.due_at);
			}
		});
	});

	test('F3: a breach once set never changes and is never cleared', () => {
		everyStory((story) => {
			let breach: Date | null = null;
			for (const { after } of play(story).moments) {
				if (breach !== null) expect(after.breached_at).toEqual(breach);
				breach = after.breached_at;
			}
		});
	});

	test('F3: a case is late exactly when some deadline passed while it was running', () => {
		everyStory((story) => {
			const { moments, state, end } = play(story, { sweeps: false });
			const missed = acceptedMoments({ moments } as Played).some(({ before, after, now }) => {
				const ranUntil = after.resolved_at ?? now;
				return before.status === 'open' && ranUntil > before.due_at;
			});
			expect(isLate(state, end)).toBe(missed || (state.status === 'open' && end > state.due_at));
		});
	});
});

describe('every state makes sense', () => {
	test('F1: a refused step changes nothing', () => {
		everyStory((story) => {
			for (const { verdict, before, after } of play(story).moments) {
				if (verdict?.ok === false) expect(after).toBe(before);
			}
		});
	});

	test('F1, F5: a closed case takes only verification and reopening, a withdrawn one nothing, from whomever', () => {
		everyStory((story) => {
			for (const { before, kind } of acceptedMoments(play(story))) {
				expect(before.status).not.toBe('withdrawn');
				if (before.status === 'closed') expect(['verify', 'reopen']).toContain(kind);
			}
		});
	});

	test('F4: a reported case is closed by a leader only, when the household was told and not told no', () => {
		everyStory((story) => {
			for (const { kind, before, hats } of acceptedMoments(play(story))) {
				if (kind !== 'close') continue;
				expect(before.told_at).not.toBeNull();
				if (before.ledger === 'reported')
					expect([hats.has('leader'), before.told]).toEqual([true, expect.not.stringMatching(/^no$/)]);
			}
		});
	});

	test('F1: cycles count up by one with each reopening and with nothing else', () => {
		everyStory((story) => {
			for (const { kind, before, after, verdict } of play(story).moments) {
				expect(after.cycle - before.cycle).toBe(kind === 'reopen' && verdict?.ok ? 1 : 0);
			}
		});
	});

	test('F1: times that belong to a status stand exactly in that status, and none is an invalid date', () => {
		everyStory((story) => {
			for (const { after } of play(story).moments) expect(oddities(after)).toEqual([]);
		});
	});

	test('F1: opening a case and what becomes of it never throws', () => {
		everyStory((story) => {
			const { opened, state } = play(story);
			expect(accepted({ ok: true, after: opened }).status).toBe('open');
			expect(['open', 'resolved', 'closed', 'withdrawn']).toContain(state.status);
		});
	});
});

function oddities(state: CaseState): string[] {
	const { status, ledger } = state;
	const checks: Record<string, boolean> = {
		'an invalid date': Object.values(state).some(
			(value) => value instanceof Date && Number.isNaN(value.getTime()),
		),
		'an open case with a result': status === 'open' && state.resolved_at !== null,
		'a result without its time': (status === 'resolved' || status === 'closed') && state.resolved_at === null,
		'a result before the clock began': state.resolved_at !== null && state.resolved_at < state.clock_from,
		'an end without its time': (status === 'closed' || status === 'withdrawn') !== (state.closed_at !== null),
		'told without words or words untold': (state.told === null) !== (state.told_at === null),
		'a level outside the reported ledger': (ledger === 'reported') !== (state.level !== null),
		'a department outside the reported ledger': ledger !== 'reported' && state.department !== null,
		'a question for time that nobody can answer': state.asked_hours !== null && status !== 'open',
		'hours that are no number': state.asked_hours !== null && !Number.isInteger(state.asked_hours),
	};
	return Object.keys(checks).filter((name) => checks[name]);
}
