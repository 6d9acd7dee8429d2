import { afterAll, expect, test } from 'vitest';
import { randomOf } from '../../seed/demo/random.js';
import { connectTo } from '../harness/database.js';
import { startProvisioned } from '../harness/township.js';
import { buildWorld } from '../harness/world.js';
import { DAY, HOUR } from './calendar.js';
import { clockOff } from './clock-off.js';
import { writeDueCases } from './due-cases.js';
import { expectOneNoticeASweep, expectWholeLadder, sweepNotices } from './ladder.js';
import { CASES_A_ROUND, SEED } from './length.js';
import { sweepNow, untilHealth, untilSwept } from './until.js';

const township = await startProvisioned({ env: { ...clockOff(0), DOORSTEP_SWEEP_SECONDS: '0.5' } });
const world = await buildWorld(township);
const database = connectTo(township.stopped.database);
afterAll(async () => {
	await database.destroy();
	await township.stop();
});

const random = randomOf(SEED);
/** As if the last sweep had been so long ago. */
const sweptAgo = (ms: number) =>
	township.sql(
		`insert into doorstep_meta (key, value) values ('last_sweep', ?)
			on conflict (key) do update set value = excluded.value`,
		[new Date(Date.now() - ms).toISOString()],
	);

test('F3, F4: after 72 hours without any instance each rung comes once with its true time, and each person has one notice of them all', async () => {
	await township.kill();
	await sweptAgo(3 * DAY);
	await writeDueCases(database, world, CASES_A_ROUND, random);
	await township.restart();
	await untilSwept(township);
	const { as_of } = await sweepNow(township);
	await expectWholeLadder(database, world, as_of);
	await expectOneNoticeASweep(database);
	const told = (await sweepNotices(database)).map(({ recipient }) => recipient);
	const people = [world.cadre, world.colleague, world.leader, world.townLeader, world.supervisor];
	expect(told.toSorted()).toEqual(people.map(({ user }) => user).toSorted());
	await untilHealth(township, 200, 'ready');
});

test('health says 503 sweep_overdue while sweeps fail, and 200 again by itself when they go on', async () => {
	await refuseRungs();
	await writeDueCases(database, world, 10, random);
	await sweptAgo(HOUR);
	// Nothing is overdue in an instance that has only just started: this one has run for ten minutes.
	township.signal('SIGUSR2');
	await untilHealth(township, 503, 'sweep_overdue');
	expect(await township.admin.request('GET', '/doorstep/health')).toMatchObject({
		status: 503,
		data: { status: 'sweep_overdue', backlog: 10 },
	});
	await allowRungs();
	await untilHealth(township, 200, 'ready');
	const { as_of } = await sweepNow(township);
	await expectWholeLadder(database, world, as_of);
	await expectOneNoticeASweep(database);
});

/** Makes every sweep fail that raises something, as a fault of the database would. */
async function refuseRungs(): Promise<void> {
	if (township.database === 'sqlite') {
		await township.sql(
			"create trigger fault before insert on doorstep_escalations begin select raise(abort, 'fault'); end",
		);
		return;
	}
	await township.sql(
		"create function fault() returns trigger language plpgsql as $$ begin raise exception 'fault'; end $$",
	);
	await township.sql(
		'create trigger fault before insert on doorstep_escalations for each row execute function fault()',
	);
}

async function allowRungs(): Promise<void> {
	await township.sql(`drop trigger fault${township.database === 'sqlite' ? '' : ' on doorstep_escalations'}`);
}
