import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, recordCase } from '../harness/world.js';

const township = await startProvisioned({ env: { DOORSTEP_SWEEP_SECONDS: '1' } });
const world = await buildWorld(township);
afterAll(() => township.stop());

const SECONDS_TO_WAIT = 30;

test('F3: a late case climbs the ladder by itself and the leader has the notice, without anybody asking', async () => {
	const happened_at = new Date(Date.now() - 25 * 3_600_000).toISOString();
	const late = await recordCase(world.cadre, world.household, { happened_at });
	const path = `/notifications?filter[item][_eq]=${late.id}&fields=subject`;
	let notices: { subject: string }[] = [];
	for (let second = 0; second < SECONDS_TO_WAIT && notices.length === 0; second += 1) {
		await sleep(1000);
		notices = await world.leader.client.ok('GET', path);
	}
	expect(notices).toEqual([{ subject: `【催办】${late.number} ${late.title}` }]);
});

test('health says when the last sweep was, to administrators alone', async () => {
	const seen = await township.admin.ok<{ last_sweep: string; backlog: number }>('GET', '/doorstep/health');
	expect(Date.now() - Date.parse(seen.last_sweep)).toBeLessThan(SECONDS_TO_WAIT * 1000);
	expect(seen.backlog).toBe(0);
	expect(await township.visitor.ok('GET', '/doorstep/health')).toEqual({ status: 'ready' });
	expect(await world.cadre.client.ok('GET', '/doorstep/health')).toEqual({ status: 'ready' });
});
