import { afterAll, describe, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startRedis } from '../harness/redis.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase, step } from '../harness/world.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder } from './ladder.js';
import { CASES_A_ROUND, SEED } from './length.js';
import { sweepNow, untilHealth, untilSwept } from './until.js';

const redis = await startRedis();

describe.skipIf(redis === null)('Redis goes away', async () => {
	if (redis === null) return;
	const township = await startProvisioned({
		env: {
			...{ REDIS: redis.url, SYNCHRONIZATION_STORE: 'redis', MESSENGER_STORE: 'redis' },
			...{ CACHE_ENABLED: 'true', CACHE_STORE: 'redis', DOORSTEP_SWEEP_SECONDS: '0.5' },
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

	test(`F3, F4: rungs are raised all the same, once each, while it is away and when it is back (seed ${SEED})`, async () => {
		await redis.stop();
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await untilSwept(township);
		await redis.start();
		await writeDueCases(database, world, CASES_A_ROUND, random);
		await untilSwept(township);
		const { as_of } = await sweepNow(township);
		await expectWholeLadder(database, world, as_of);
		await expectOneNoticeASweep(database);
	});

	test('F1: cases are recorded and handled while it is away, and health stays ready', async () => {
		await redis.stop();
		const recorded = await recordCase(world.cadre, world.household);
		expect((await step(world.cadre, recorded.id, 'note', { note: '入户了解' })).status).toBe(200);
		await untilHealth(township, 200, 'ready');
		await redis.start();
		expect(await township.admin.ok('GET', '/doorstep/audit')).toMatchObject({ ok: true, faults: [] });
	});
});
