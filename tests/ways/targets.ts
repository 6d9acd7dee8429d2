/** A case with everything that could be tampered with, and what an administrator may have set up around it. */
import { columnsOf } from '../harness/rows.js';
import type { Township } from '../harness/township.js';
import { recordCase, type World } from '../harness/world.js';
import { freeAim } from './allowed.js';
import { makeFlows } from './flows.js';
import { aims, type Targets, type Version } from './tries.js';

const HOUR = 3_600_000;

export async function makeTargets(township: Township, world: World): Promise<Targets> {
	const { admin } = township;
	const form = new FormData();
	form.append('file', new Blob(['回执'], { type: 'text/plain' }), 'receipt.txt');
	const { id: file } = await world.cadre.client.ok<{ id: string }>('POST', '/files', form);
	const { id: theCase } = await recordCase(world.cadre, world.household, {
		happened_at: new Date(Date.now() - 48 * HOUR).toISOString(),
		steps: [{ kind: 'note', note: '去过', files: [file] }],
	});
	await admin.ok('POST', '/doorstep/sweep');
	await admin.ok('PATCH', `/items/doorstep_cases/${theCase}`, { title: '更正' });
	await admin.ok('PATCH', `/items/doorstep_villages/${world.village}`, { name: '旧村名' });
	const first = async <Id>(path: string): Promise<Id> =>
		(await admin.ok<{ id: Id }[]>('GET', `${path}&limit=1`))[0]!.id;
	const revision = (item: string) => first<number>(`/revisions?filter[item][_eq]=${item}&sort=-id`);
	const known = {
		...{
			theCase,
			file,
			household: world.household,
			cadre: world.cadre.cadre,
			stranger: world.stranger.cadre,
		},
		user: world.stranger.user,
		...{ village: world.village, otherVillage: world.otherVillage, department: world.department },
		note: await first<string>(
			`/items/doorstep_case_steps?filter[case_id][_eq]=${theCase}&filter[kind][_eq]=note`,
		),
		rung: await first<string>(`/items/doorstep_escalations?filter[case_id][_eq]=${theCase}&sort=-rung`),
		revisions: { case: await revision(theCase), village: await revision(world.village) },
	};
	await listCasesElsewhere(township);
	const rows = {
		doorstep_cases: await wholeRow(township, 'doorstep_cases', theCase),
		doorstep_case_steps: await wholeRow(township, 'doorstep_case_steps', known.note),
		doorstep_escalations: await wholeRow(township, 'doorstep_escalations', known.rung),
	};
	const aimed = { ...known, rows };
	const flows = await makeFlows(admin, [...aims(aimed), freeAim(aimed)]);
	return { ...aimed, versions: await makeVersions(township, theCase), flows };
}

/** Every column, as Directus takes it. */
async function wholeRow(
	township: Township,
	collection: string,
	id: string,
): Promise<Record<string, unknown>> {
	const fields = (await columnsOf(township, collection)).join(',');
	return township.admin.ok('GET', `/items/${collection}/${id}?fields=${fields}`);
}

/** An administrator may have cases listed with a household and with a cadre, and so have them written through these. */
async function listCasesElsewhere({ admin, visitor }: Township): Promise<void> {
	for (const [collection, field] of [
		['doorstep_households', 'household'],
		['doorstep_cadres', 'cadre'],
	] as const) {
		await admin.ok('POST', `/fields/${collection}`, {
			...{ field: 'own_cases', type: 'alias', meta: { special: ['o2m'], interface: 'list-o2m' } },
		});
		await admin.ok('PATCH', `/relations/doorstep_cases/${field}`, {
			...{ collection: 'doorstep_cases', field, related_collection: collection },
			...{ meta: { one_field: 'own_cases' }, schema: { on_delete: 'NO ACTION' } },
		});
	}
	// A key that was written anew is no fault, but takes a look.
	const isWhole = async () => (await visitor.request('GET', '/doorstep/health')).status === 200;
	while (!(await isWhole())) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** An administrator may have turned on drafts for cases. */
async function makeVersions({ admin }: Township, item: string): Promise<Targets['versions']> {
	await admin.ok('PATCH', '/collections/doorstep_cases', { meta: { versioning: true } });
	const version = async (key: string, draft: object): Promise<Version> => {
		const sent = { key, name: key, collection: 'doorstep_cases', item };
		const { id } = await admin.ok<{ id: string }>('POST', '/versions', sent);
		await admin.ok('POST', `/versions/${id}/save`, draft);
		const compared = await admin.ok<{ mainHash: string }>('GET', `/versions/${id}/compare`);
		return { id, mainHash: compared.mainHash };
	};
	return {
		state: await version('state', { status: 'closed' }),
		title: await version('title', { title: '草稿' }),
	};
}
