import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { startProvisioned } from '../harness/township.js';
import { buildWorld, create, type Person } from '../harness/world.js';

const township = await startProvisioned();
const world = await buildWorld(township);
const { admin } = township;
afterAll(() => township.stop());

const HOUSEHOLDS = 'doorstep_households';
const OWN = { head_name: '单雄飞', phone: '16000012345', code: 'DX-01-0007' };
const FOREIGN = { head_name: '敖特更巴雅尔', phone: '16000054321', code: 'DX-02-0009' };
const { hamlet } = await admin.ok<{ hamlet: string }>('GET', `/items/${HOUSEHOLDS}/${world.household}`);
const own = await create(admin, HOUSEHOLDS, { ...OWN, hamlet, cadre: world.cadre.cadre });
const foreign = await create(admin, HOUSEHOLDS, { ...FOREIGN, hamlet, cadre: world.stranger.cadre });

async function found(by: Pick<Person, 'client'>, search: string, collection = HOUSEHOLDS): Promise<string[]> {
	const path = `/items/${collection}?fields=id&limit=-1&search=${encodeURIComponent(search)}`;
	return (await by.client.ok<{ id: string }[]>('GET', path)).map(({ id }) => id);
}

async function pinyinIn(collection: string, id: string): Promise<string | null> {
	const [row] = await township.sql<{ pinyin: string | null }>(
		`select pinyin from ${collection} where id = ?`,
		[id],
	);
	return row?.pinyin ?? null;
}

describe('C2: a cadre finds a household by whatever is known of it', () => {
	const WAYS = {
		name: [OWN.head_name, FOREIGN.head_name],
		'part of the name': ['雄飞', '巴雅尔'],
		pinyin: ['shanxiongfei', 'aotegengbayaer'],
		'part of the pinyin': ['xiongf', 'bayaer'],
		'the other reading of a surname': ['danxiong', 'aotegeng'],
		initials: ['sxf', 'atgbye'],
		'capital letters': ['SXF', 'ATGBYE'],
		phone: [OWN.phone, FOREIGN.phone],
		'the end of the phone': ['12345', '54321'],
		code: [OWN.code, FOREIGN.code],
	} as const;

	test.each(Object.entries(WAYS))(
		'by %s, and nobody finds another cadre’s by it',
		async (_way, [mine, other]) => {
			expect(await found(world.cadre, mine)).toEqual([own]);
			expect(await found(world.cadre, other)).toEqual([]);
			expect(await found(world.stranger, other)).toEqual([foreign]);
			expect(await found(world.stranger, mine)).toEqual([]);
		},
	);

	test('officials and services are found in the same way', async () => {
		const official = await create(admin, 'doorstep_cadres', { name: '解晓梅', post: '干事' });
		expect(await found(world.cadre, 'xiexiaomei', 'doorstep_cadres')).toEqual([official]);
		expect(await found(world.cadre, 'xxm', 'doorstep_cadres')).toEqual([official]);
		expect(await found(world.cadre, 'dibaoshenqing', 'doorstep_services')).toEqual([world.service]);
		expect(await found(world.cadre, 'dbsq', 'doorstep_services')).toEqual([world.service]);
	});

	test('nobody guesses a secret that they cannot read by searching for it', async () => {
		const [row] = await township.sql<{ card_token: string }>(
			'select card_token from doorstep_cadres where id = ?',
			[world.colleague.cadre],
		);
		expect(await found(world.cadre, row?.card_token ?? '', 'doorstep_cadres')).toEqual([]);
		const reason = '某种少见的原因';
		await admin.ok('PATCH', `/items/${HOUSEHOLDS}/${own}`, { relief_reason: reason });
		// Nor by those who may read them, whatever else they ask for: sensitive fields are not searched.
		for (const person of [world.cadre, world.leader, world.supervisor]) {
			expect(await found(person, reason)).toEqual([]);
			for (const fields of ['id', 'code', '*', ...(person === world.supervisor ? [] : ['relief_reason'])]) {
				const query = new URLSearchParams({ fields, search: OWN.code }).toString();
				expect(await person.client.ok('GET', `/items/${HOUSEHOLDS}?${query}`)).toHaveLength(1);
			}
		}
	});
});

describe('pinyin is the server’s', () => {
	test('it follows the name', async () => {
		const id = await create(admin, 'doorstep_cadres', { name: '查文', pinyin: 'mine' });
		expect(await pinyinIn('doorstep_cadres', id)).toBe('zhawen zw chawen cw');
		await admin.ok('PATCH', `/items/doorstep_cadres/${id}`, { name: '查武' });
		expect(await pinyinIn('doorstep_cadres', id)).toBe('zhawu zw chawu cw');
		await admin.ok('PATCH', '/items/doorstep_cadres', { keys: [id], data: { name: '王武', pinyin: 'x' } });
		expect(await pinyinIn('doorstep_cadres', id)).toBe('wangwu ww');
	});

	test('a sent pinyin changes nothing, and refuses nothing that the sender may change', async () => {
		const before = await pinyinIn(HOUSEHOLDS, own);
		const path = `/items/${HOUSEHOLDS}/${own}`;
		await world.cadre.client.ok('PATCH', path, { phone: OWN.phone, pinyin: 'mine' });
		expect(await pinyinIn(HOUSEHOLDS, own)).toBe(before);
	});

	test('a data clerk enters and renames households', async () => {
		const entered = { head_name: '吕秀', code: randomUUID(), hamlet, cadre: world.cadre.cadre };
		const id = await create(world.clerk.client, HOUSEHOLDS, entered);
		await world.clerk.client.ok('PATCH', `/items/${HOUSEHOLDS}/${id}`, { head_name: '吕娜' });
		expect(await found(world.clerk, 'lvna')).toEqual([id]);
		expect(await found(world.clerk, 'luna')).toEqual([id]);
	});
});

test('rows that came past Directus are found from the next start on', { timeout: 120_000 }, async () => {
	const past = Array.from({ length: 230 }, (_, n) => ({ id: randomUUID(), code: `RAW-${n}` }));
	for (const { id, code } of past) {
		await township.sql(
			`insert into ${HOUSEHOLDS} (id, code, hamlet, kind, head_name, cadre) values (?, ?, ?, 'resident', '乌云其木格', ?)`,
			[id, code, hamlet, world.cadre.cadre],
		);
	}
	await township.sql("update doorstep_services set pinyin = null, name = '（）' where id = ?", [
		world.service,
	]);
	expect(await found(world.cadre, 'wyqmg')).toEqual([]);

	await township.restart();
	const all = past.map(({ id }) => id).sort();
	const filledIn = async () => {
		expect((await found(world.cadre, 'wyqmg')).sort()).toEqual(all);
		// Nothing in it to spell: it is not looked at again and again.
		expect(await pinyinIn('doorstep_services', world.service)).toBe('');
	};
	await vi.waitFor(filledIn, { timeout: 15_000 });
	// Nobody was handed anything over by that.
	const [{ n } = { n: 0 }] = await township.sql<{ n: number | string }>(
		"select count(*) as n from doorstep_assignments a join doorstep_households h on h.id = a.household where h.code like 'RAW-%'",
	);
	expect(Number(n)).toBe(past.length);
});
