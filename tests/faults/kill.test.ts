import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { randomOf, type Random } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startMailSink } from '../harness/mail-sink.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, KILL_ROUNDS, SEED } from './length.js';
import { expectHonestMail, sendWhatWasInHand } from './mails.js';
import { startSweeper } from './sweepers.js';
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

test(`F3, F4: killed ${KILL_ROUNDS} times over ${CASES_A_ROUND} due cases each, a Directus and a process that only sweeps in turn, every rung is raised once (seed ${SEED})`, async ({
	annotate,
}) => {
	const random = randomOf(SEED);
	let left = 0;
	await township.kill();
	for (let round = 0; round < KILL_ROUNDS; round += 1) {
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await (round % 2 === 0 ? killDirectus(random, round % 4 === 0) : killSweeper(random));
		left += await casesDue();
		await expectOneNoticeASweep(database);
	}
	await annotate(`Left to the next process: ${left} cases in ${KILL_ROUNDS} rounds`);

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

/** In the middle of the sweep that somebody asked for, or whenever: its own sweeps and mails go on meanwhile. */
async function killDirectus(random: Random, inSweep: boolean): Promise<void> {
	await township.restart();
	if (inSweep) sweepNow(township).catch(() => undefined);
	await sleep(random.between(0, inSweep ? 250 : 1200));
	await township.kill();
}

async function killSweeper(random: Random): Promise<void> {
	const sweeper = await startSweeper(township.stopped.database);
	await sleep(random.between(0, 250));
	await sweeper.kill();
}

/** Cases with a rung that no sweep has raised. */
async function casesDue(): Promise<number> {
	const [row] = await township.sql<{ n: number | string }>(
		'select count(*) as n from doorstep_cases where next_rung_at <= ?',
		[township.database === 'sqlite' ? Date.now() : new Date().toISOString()],
	);
	return Number(row?.n);
}
