import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startMailSink } from '../harness/mail-sink.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, KILL_ROUNDS, SEED } from './length.js';
import { expectHonestMail, sendWhatWasInHand } from './mails.js';
import { sweepNow, until, untilSwept } from './until.js';

const sink = await startMailSink();
// Long enough that some are killed between sending a mail and noting it.
sink.delayMs = 30;
const township = await startProvisioned({
	env: { ...sink.env, DOORSTEP_SWEEP_SECONDS: '0.3', DOORSTEP_MAIL_SECONDS: '0.1' },
});
const world = await buildWorld(township);
const database = connectTo(township.stopped.database);
afterAll(async () => {
	await database.destroy();
	await township.stop();
	await sink.stop();
});

test(`F3, F4: a Directus killed ${KILL_ROUNDS} times over ${CASES_A_ROUND} due cases each, in a sweep or in a round of mail, raises every rung once (seed ${SEED})`, async ({
	annotate,
}) => {
	const random = randomOf(SEED);
	let unswept = 0;
	await township.kill();
	for (let round = 1; round <= KILL_ROUNDS; round += 1) {
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await township.restart();
		// Every other time in the middle of the sweep, else whenever: its own sweeps and mails go on meanwhile.
		if (round % 2 === 0) sweepNow(township).catch(() => undefined);
		await sleep(random.between(0, round % 2 === 0 ? 250 : 1200));
		await township.kill();
		unswept += await casesDue();
		await expectOneNoticeASweep(database);
	}
	await annotate(`left to the next process: ${unswept} cases in ${KILL_ROUNDS} rounds`);

	await township.restart();
	await untilSwept(township);
	const { as_of } = await sweepNow(township);
	await expectWholeLadder(database, world, as_of);
	await expectOneNoticeASweep(database);
	expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
});

test('F6: each notice of those killed processes is mailed at least once, and no mail names a rung that is not there', async () => {
	await sendWhatWasInHand(database);
	await until(
		async () => (await township.admin.ok<{ unsent_mail: number }>('GET', '/doorstep/health')).unsent_mail,
		0,
	);
	await expectHonestMail(database, sink.received);
});

/** Cases with a rung that no sweep has raised. */
async function casesDue(): Promise<number> {
	const [row] = await township.sql<{ n: number | string }>(
		'select count(*) as n from doorstep_cases where next_rung_at <= ?',
		[township.database === 'sqlite' ? Date.now() : new Date().toISOString()],
	);
	return Number(row?.n);
}
