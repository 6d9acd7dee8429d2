import { afterAll, describe, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startRedis } from '../harness/redis.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, SEED } from './length.js';
import { expectNothingLost, sendNote, type Sent } from './load.js';
import { sweepNow, untilHealth, untilSwept } from './until.js';

const redis = await startRedis();

/**
 * Several instances share their schedule and their messages by Redis. Without it Directus 11.17.4 answers for some ten seconds and
 * then ends by an error of its own that nobody catches; whoever writes gets no answer meanwhile, and with `CACHE_STORE=redis` nobody
 * does. So this is about those seconds, and about what comes after whoever looks after its process has started it again.
 */
describe.skipIf(redis === null)('Redis goes away', async () => {
	if (redis === null) return;
	const township = await startProvisioned({
		env: {
			...{ REDIS: redis.url, SYNCHRONIZATION_STORE: 'redis', MESSENGER_STORE: 'redis' },
			DOORSTEP_SWEEP_SECONDS: '0.2',
		},
	});
	const world = await buildWorld(township);
	const database = connectTo(township.stopped.database);
	afterAll(async () => {
		await database.destroy();
		await township.kill();
		await township.stop();
		await redis.stop();
	});
	const random = randomOf(SEED);

	const sent: Sent[] = [];

	test('F3, F4: while it is away rungs are raised all the same, and health is ready', async () => {
		const recorded = await recordCase(world.cadre, world.household);
		await redis.stop();
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await untilSwept(township);
		await untilHealth(township, 200, 'ready');
		await expectOneNoticeASweep(database);
		// Directus keeps whoever writes waiting for Redis, and may end before it answers.
		sent.push(await sendNote(world.cadre, recorded.id));
	});

	test(`F3, F4: when it is back each rung has come once, and a step that was sent meanwhile does when it is sent again (seed ${SEED})`, async () => {
		await redis.start();
		await township.restart();
		await expectNothingLost(township, world.cadre, sent);
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await untilSwept(township);
		const { as_of } = await sweepNow(township);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
	});
});
