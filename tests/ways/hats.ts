/** Who tries every way: one person for each column of expected.md, all of them standing near the same case. */
import { clientOf, type Client } from '../harness/request.js';
import type { Township } from '../harness/township.js';
import { makePerson, type World } from '../harness/world.js';

export const HATS = [
	...['administrator', 'cadre', 'team leader', 'town leader', 'supervisor', 'data clerk', 'village clerk'],
	...['printer', 'no hat', 'share', 'visitor'],
] as const;
export type Hat = (typeof HATS)[number];

/** @param sharedCase what somebody with the link of a share is let see */
export async function makeHats(
	township: Township,
	world: World,
	sharedCase: string,
): Promise<Record<Hat, Client>> {
	const { admin, visitor, url } = township;
	const [printer, nobody] = [
		await makePerson(township, '打印员', ['printer']),
		await makePerson(township, '路人', []),
	];
	const share = await admin.ok<{ id: string }>('POST', '/shares', {
		...{ collection: 'doorstep_cases', item: sharedCase, name: '分享' },
	});
	const opened = await visitor.ok<{ access_token: string }>('POST', '/shares/auth', { share: share.id });
	return {
		administrator: admin,
		cadre: world.cadre.client,
		'team leader': world.leader.client,
		'town leader': world.townLeader.client,
		supervisor: world.supervisor.client,
		'data clerk': world.clerk.client,
		'village clerk': world.villageClerk.client,
		printer: printer.client,
		'no hat': nobody.client,
		share: clientOf(url, opened.access_token),
		visitor,
	};
}
