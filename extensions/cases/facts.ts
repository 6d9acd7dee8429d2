import type { Knex } from 'knex';
import { dueAfterPauses, limitOf, type Limit } from './deadlines.js';
import type { Grounds } from './grounds.js';
import type { Facts } from './moves.js';
import { actorOf, officialsOf, peopleOf, workedOn, type NamedActor } from './people-store.js';
import { answererOf, hatsOf, type People } from './people.js';
import { calendarFor, type StoredCase } from './store.js';
import type { CadreId, Ledger, StepSent } from './terms.js';

/** Which step; without one it is asked what somebody could do. */
interface Asked {
	step?: StepSent;
	savedWithCaseAt?: Date;
}

/** All that the rules may look at besides a step and its case, with the officials around the case. */
export async function factsOf(
	trx: Knex,
	stored: StoredCase,
	grounds: Grounds,
	{ step, savedWithCaseAt }: Asked = {},
): Promise<{ facts: Facts; people: People }> {
	const { actor, now, household, service } = grounds;
	const roles = { holder: stored.state.holder, inCharge: service?.in_charge ?? null, about: stored.about };
	const people = await peopleOf(trx, household, roles, now);
	const facts: Facts = {
		hats: hatsOf(actor, people),
		actor: actor.cadre,
		workedOnIt: await hasWorkedOn(trx, step, stored, actor, people),
		holderLeft: stored.state.holder === stored.cadre && stored.cadre !== people.cadre.id,
		answerer: answererOf(people),
		canHold: await canHold(trx, step?.holder ?? null, people, now),
		limit: await limitFacts(trx, step, stored, grounds),
		...(savedWithCaseAt && { savedWithCaseAt }),
	};
	return { facts, people };
}

/** When a ledger's limit for a service is over; undefined where the calendar ends before. */
export async function dueIn(
	trx: Knex,
	ledger: Ledger,
	{ service, settings }: Pick<Grounds, 'service' | 'settings'>,
	start: Date,
	clockFrom: Date,
): Promise<Date | undefined> {
	const limit: Limit = limitOf(ledger, service, settings);
	return dueAfterPauses(start, clockFrom, limit, await calendarFor(trx, start, limit));
}

/** Only a verification asks for it, and who looks what is possible. Of somebody who is no official the steps do not tell what they did, so they verify nothing. */
async function hasWorkedOn(
	trx: Knex,
	step: StepSent | undefined,
	stored: StoredCase,
	{ cadre, administrator }: NamedActor,
	people: People,
): Promise<boolean> {
	if (step !== undefined && step.kind !== 'verify') return false;
	if (cadre === null) return !administrator;
	return cadre === people.cadre.id || cadre === people.holder?.id || (await workedOn(trx, stored.id, cadre));
}

/** A complaint stays with the supervision group. */
async function canHold(trx: Knex, holder: CadreId | null, people: People, now: Date): Promise<boolean> {
	if (holder === null || holder === people.about) return false;
	const official = (await officialsOf(trx, [holder], now)).get(holder);
	if (!official?.active) return false;
	return people.about === null || (await actorOf(trx, official.user, false)).supervisor;
}

/** Only a conversion asks for a limit. */
async function limitFacts(
	trx: Knex,
	step: StepSent | undefined,
	stored: StoredCase,
	grounds: Grounds,
): Promise<Facts['limit']> {
	if (step?.kind !== 'convert' || !step.ledger) return () => undefined;
	const due = await dueIn(trx, step.ledger, grounds, stored.start, stored.state.clock_from);
	return () => due;
}
