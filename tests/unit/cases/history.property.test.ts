import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLate } from '../../../extensions/cases/rules.js';
import type { CaseState, Ledger } from '../../../extensions/cases/terms.js';
import { accepted, beijing, CADRE, limitFrom, MS } from './builders.js';
import {
	attemptOf,
	EVERYBODY,
	ORDINARY,
	play,
	stories,
	type Moment,
	type Played,
	type Story,
} from './histories.js';

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

/** How long a case of a ledger may run that was raised when this one was, in milliseconds. */
function limitOfLedger({ raised }: Story, ledger: Ledger): number {
	return limitFrom(raised)(ledger)!.getTime() - raised.getTime();
}

/** Rounds in which the cadre resolves, waits, reopens and converts, never into the 24 hours, from which only a leader leads out. */
const conversions: fc.Arbitrary<Story> = fc
	.record({
		received: fc.date({ min: beijing('2024-01-08'), max: beijing('2028-06-30'), noInvalidDate: true }),
		agoMs: fc.integer({ min: 0, max: 2 * MS.day }),
		rounds: fc.array(
			fc.record({
				waits: fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 0, max: 4 * MS.day }))),
				pause: fc.boolean(),
			}),
			{ minLength: 2, maxLength: 8 },
		),
		last: fc.constantFrom('proxy', 'reported', 'immediate'),
	})
	.map(({ received, agoMs, rounds, last }) => {
		const raised = new Date(received.getTime() - agoMs);
		let ledger: Ledger = 'immediate';
		const happenings = rounds.flatMap(({ waits, pause }, index) => {
			const other = ledger === 'immediate' ? 'reported' : 'immediate';
			ledger = index === rounds.length - 1 && last !== ledger ? last : other;
			const converting = attemptOf('convert', { ledger });
			const kinds = pause ? [attemptOf('resolve'), attemptOf('reopen'), converting] : [converting];
			return kinds.map((what, place) => ({ waitMs: waits[place] ?? 0, by: CADRE, what }));
		});
		return { ledger: 'immediate', received, raised, savedTogether: 0, leaderAway: false, happenings };
	});

function acceptedMoments({ moments }: Played): Moment[] {
	return moments.filter(({ verdict }) => verdict?.ok);
}

describe('no history gains time (F3)', () => {
	test('F5: every step that somebody took was among the buttons that the studio offered them', () => {
		everyStory((story) => {
			for (const { kind, verdict, offered } of play(story).moments)
				if (verdict?.ok === true) expect(offered).toContain(kind);
		});
	});

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
				const left = after.due_at.getTime() - now.getTime();
				expect(timeRun(story, moments, index) + left).toBeLessThanOrEqual(limitOfLedger(story, after.ledger));
			}
		}, ORDINARY);
	});

	test('F2-F4: until a leader acts, no case runs longer than its ledger allows from receipt, whoever else comes and goes', () => {
		everyStory((story) => {
			const { moments } = play(story);
			const led = moments.findIndex(({ hats, verdict }) => hats.has('leader') && verdict?.ok);
			for (const [index, { after, now }] of moments.slice(0, led === -1 ? undefined : led).entries()) {
				if (after.status !== 'open') continue;
				const left = after.due_at.getTime() - now.getTime();
				expect(timeRun(story, moments, index) + left).toBeLessThanOrEqual(limitOfLedger(story, after.ledger));
			}
		});
	});

	test('F2-F4: converting to and fro over any number of cycles gains nothing', () => {
		fc.assert(
			fc.property(conversions, (story) => {
				const { moments, state } = play(story);
				for (const [index, { after, now }] of moments.entries()) {
					if (after.status !== 'open') continue;
					const left = after.due_at.getTime() - now.getTime();
					expect(timeRun(story, moments, index) + left).toBeLessThanOrEqual(
						limitOfLedger(story, after.ledger),
					);
				}
				expect(moments.filter(({ verdict }) => verdict?.ok === false)).toEqual([]);
				expect(state.cycle).toBe(1 + moments.filter(({ kind }) => kind === 'reopen').length);
			}),
			RUNS,
		);
	});

	test('F1: a conversion, in whatever cycle and by whomever, gives the ledger’s limit from receipt and the pauses, no more and no less', () => {
		everyStory((story) => {
			for (const { kind, after } of acceptedMoments(play(story))) {
				if (kind !== 'convert') continue;
				const ran = after.due_at.getTime() - after.clock_from.getTime();
				expect(ran).toBe(limitOfLedger(story, after.ledger));
				expect(after.first_due_at).toEqual(after.due_at);
			}
		});
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

describe('what leaders have taken up stays theirs (F4)', () => {
	test('F4: a case that was decided, or stands above the work team, leaves the reported ledger by a leader’s step only', () => {
		everyStory((story) => {
			for (const { before, after, hats } of play(story).moments) {
				if (before.ledger !== 'reported' || after.ledger === 'reported') continue;
				if (before.decided_at !== null || before.level !== 'team') expect(hats.has('leader')).toBe(true);
			}
		});
	});

	test('F4: a case that was once carried above the work team leaves the reported ledger by a leader’s step, or after a leader returned it', () => {
		everyStory((story) => {
			let raised = false;
			for (const { kind, before, after, hats } of acceptedMoments(play({ ...story, ledger: 'reported' }))) {
				if (raised && before.ledger === 'reported' && after.ledger !== 'reported')
					expect(hats.has('leader')).toBe(true);
				if (kind === 'report') raised = true;
				if (hats.has('leader') && (kind === 'return' || kind === 'convert')) raised = false;
			}
		}, ORDINARY);
	});

	test('F4: a case that was once carried above the work team, or decided, is withdrawn by a leader only', () => {
		everyStory((story) => {
			for (const { kind, before, hats } of acceptedMoments(play({ ...story, ledger: 'reported' }))) {
				if (kind !== 'withdraw' || (before.level === 'team' && before.decided_at === null)) continue;
				if (before.ledger === 'reported') expect(hats.has('leader')).toBe(true);
			}
		});
	});

	test('C3: a running case of a household is held by its cadre of now, unless it was given to somebody else', () => {
		everyStory((story) => {
			let given = false;
			for (const { kind, after, cadre, verdict } of play(story).moments) {
				if (verdict?.ok && ['take', 'pass', 'decide'].includes(kind)) given = true;
				const running = after.status === 'open' || after.status === 'resolved';
				if (running && !given) expect(after.holder).toBe(cadre);
			}
		});
	});

	test('F4: the deadline that a leader gave stands until a leader gives another, or the case stands still', () => {
		everyStory((story) => {
			let given = false;
			for (const { kind, before, after, hats, verdict } of play(story).moments) {
				if (given && kind !== 'reopen' && !hats.has('leader')) {
					expect([after.due_at, after.first_due_at]).toEqual([before.due_at, before.first_due_at]);
				}
				if (verdict?.ok && kind === 'decide') given = true;
				if (verdict?.ok && kind === 'convert') given = false;
			}
		});
	});

	test('F4: a decision says when, and a conversion alone makes it undone', () => {
		everyStory((story) => {
			for (const { kind, before, after, now, verdict } of play(story).moments) {
				const kept = !verdict?.ok || (kind !== 'decide' && kind !== 'convert');
				expect(after.decided_at).toEqual(kept ? before.decided_at : kind === 'decide' ? now : null);
			}
		});
	});
});

describe('work is checked by others (F6)', () => {
	test('F6: nobody verifies a case of their own household, one that they hold, or one that they resolved or told of', () => {
		everyStory((story) => {
			const settledBy = new Set<string | null>();
			for (const { kind, actor, cadre, before } of acceptedMoments(play(story))) {
				if (kind === 'verify' && actor !== null) {
					expect([cadre, before.holder]).not.toContain(actor);
					expect(settledBy).not.toContain(actor);
				}
				if (kind === 'resolve' || kind === 'tell') settledBy.add(actor);
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
		'a decision outside the reported ledger': ledger !== 'reported' && state.decided_at !== null,
		'a department outside the reported ledger': ledger !== 'reported' && state.department !== null,
		'a question for time that nobody can answer': state.asked_hours !== null && status !== 'open',
		'hours that are no number': state.asked_hours !== null && !Number.isInteger(state.asked_hours),
	};
	return Object.keys(checks).filter((name) => checks[name]);
}
