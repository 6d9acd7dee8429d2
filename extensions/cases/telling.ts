import type { Knex } from 'knex';
import type { StepRow } from './chain.js';
import { stepNotice } from './notices.js';
import { notify } from './notify.js';
import { officialsOf, supervisorsBut } from './people-store.js';
import { toldOf, type Official, type People } from './people.js';
import { ruleOf } from './rules.js';
import type { CaseState } from './terms.js';

/** Who has to act on the step gets a notice, in the same transaction. */
export async function tellOf(
	trx: Knex,
	row: StepRow,
	about: { caseId: string; number: string; title: string },
	people: People,
): Promise<void> {
	const tells = ruleOf(row.kind)?.tells ?? [];
	const complaint = people.about !== null && tells.length > 0;
	const users = complaint
		? await supervisorsBut(trx, people.about, row.actor)
		: toldOf(tells, people, row, row.actor);
	const said = { kind: row.kind, actor: row.actor_name };
	await notify(trx, users, row.at, (_user, locale) => stepNotice(about, said, locale));
}

/** The official who holds the case after the step. */
export async function holderAfter(
	trx: Knex,
	after: CaseState,
	people: People,
	now: Date,
): Promise<Official | null> {
	if (after.holder === null) return people.holder;
	const { holder, cadre, leader, deputy, townLeader, inCharge } = people;
	const known = [holder, cadre, leader, deputy, townLeader, inCharge].find(
		(official) => official?.id === after.holder,
	);
	if (known) return known;
	return (await officialsOf(trx, [after.holder], now)).get(after.holder) ?? null;
}
