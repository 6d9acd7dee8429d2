import { afterAll, expect, test } from 'vitest';
import type { Policy } from '../../extensions/platform/hats.js';
import { startTownship } from '../harness/township.js';

const township = await startTownship();
afterAll(() => township.stop());

const countOf = async (collection: string, filter = ''): Promise<number> => {
	const rows = await township.admin.ok<{ count: { id: number | string } }[]>(
		'GET',
		`/items/${collection}?aggregate[count]=id${filter}`,
	);
	return Number(rows[0]?.count.id);
};

test('C2: the small township has 2 villages and 130 households, each with one cadre and one assignment', async () => {
	expect(await countOf('doorstep_villages')).toBe(2);
	expect(await countOf('doorstep_households')).toBe(130);
	expect(await countOf('doorstep_households', '&filter[cadre][user][_nnull]=true')).toBe(130);
	expect(await countOf('doorstep_assignments')).toBe(130);
});

test('F1-F5: the seeded cases hold against the audit, and rungs that are due have been raised', async () => {
	const report = await township.admin.ok<{ cases: number }>('GET', '/doorstep/audit');
	expect(report).toMatchObject({ ok: true, faults: [] });
	expect(report.cases).toBeGreaterThan(50);
	expect(await countOf('doorstep_escalations')).toBeGreaterThan(0);
});

test('a person of each hat can log in and sees something of theirs', async () => {
	expect(township.logIns.map(({ hat }) => hat).toSorted()).toEqual(
		[
			'cadre',
			'data_clerk',
			'printer',
			'supervisor',
			'team_leader',
			'town_leader',
			'village_clerk',
		].toSorted(),
	);
	const seen: Partial<Record<Policy, string>> = {
		data_clerk: 'doorstep_households',
		printer: 'doorstep_services',
	};
	for (const { hat, email } of township.logIns) {
		const person = await township.as(email);
		const rows = await person.ok<unknown[]>('GET', `/items/${seen[hat] ?? 'doorstep_cases'}?limit=1`);
		expect(rows, hat).toHaveLength(1);
	}
});

test('C2: a cadre sees the 65 households that are theirs and no other', async () => {
	const email = township.logIns.find(({ hat }) => hat === 'cadre')?.email ?? '';
	const cadre = await township.as(email);
	const mine = await cadre.ok<{ cadre: { user: string } }[]>(
		'GET',
		'/items/doorstep_households?limit=-1&fields=id,cadre.post',
	);
	expect(mine).toHaveLength(65);
});

test('the demo is written only into an empty database: seeding again changes nothing', async () => {
	const before = await countOf('doorstep_cases');
	const visitor = await township.visitor.request('POST', '/doorstep/seed');
	expect(visitor.status).toBeGreaterThanOrEqual(400);
	expect(await countOf('doorstep_cases')).toBe(before);
});
