import { describe, expect, test } from 'vitest';
import { SENSITIVE_FIELDS } from '../../../extensions/coverage/sensitive.js';
import { POLICIES } from '../../../extensions/platform/hats.js';
import { dashboardId, STEERING } from '../../../seed/provision/dashboards.js';
import { permissionsFor, type Permission } from '../../../seed/provision/permissions.js';
import { fieldNamesOf, relatedTo, snapshot } from '../snapshot.js';

/** Hats that somebody can wear alone; what opens sensitive information is given beside one of them. */
const HATS = POLICIES.filter((policy) => policy !== 'administrator' && !policy.startsWith('sensitive_'));
const permissions = permissionsFor(snapshot);
const title = ({ policy, action, collection }: Permission) => `${policy}: ${action} ${collection}`;
const shown = permissions.map((permission) => [title(permission), permission] as const);
const of = (policy: string, action: string, collection: string) =>
	permissions.filter((it) => it.policy === policy && it.action === action && it.collection === collection);
const actionsOn = (collection: string) =>
	[...new Set(permissions.filter((it) => it.collection === collection).map(({ action }) => action))].sort();

/** Every condition of a filter as a path from its collection, down to the operator. */
function paths(filter: unknown, path: readonly string[] = []): string[][] {
	if (Array.isArray(filter)) return filter.flatMap((part) => paths(part, path));
	if (typeof filter !== 'object' || filter === null) return [[...path]];
	return Object.entries(filter).flatMap(([key, value]) =>
		key === '_and' || key === '_or' ? paths(value, path) : paths(value, [...path, key]),
	);
}

/** Follows a path through the to-one relations of the data model. @returns what is wrong with it */
function faultIn(collection: string, path: readonly string[]): string | undefined {
	let standing = collection;
	const fields = path.slice(0, -1);
	for (const [index, field] of fields.entries()) {
		if (!fieldNamesOf(standing).includes(field)) return `no field ${standing}.${field}`;
		if (index === fields.length - 1) return undefined;
		const target = relatedTo(standing, field);
		if (target === undefined) return `${standing}.${field} leads nowhere`;
		standing = target;
	}
	return 'no field at all';
}

test('PIPL art. 47: no hat sees the button that erases personal data, or enters what it leaves behind', () => {
	const onHouseholds = permissions.filter(({ collection }) => collection === 'doorstep_households');
	const fieldsOf = (...actions: string[]) =>
		new Set(onHouseholds.filter(({ action }) => actions.includes(action)).flatMap(({ fields }) => fields));
	expect([...fieldsOf('create', 'update', 'read', 'delete')]).not.toContain('erase');
	expect([...fieldsOf('create', 'update')].filter((field) => field.startsWith('erase'))).toEqual([]);
	expect([...fieldsOf('read')]).toEqual(expect.arrayContaining(['erased_at', 'erased_reason']));
});

describe('rules that Directus can keep', () => {
	test.each(shown)('%s: by plain to-one paths that exist', (_title, { collection, permissions: filter }) => {
		expect(
			paths(filter)
				.map((path) => faultIn(collection, path))
				.filter((fault) => fault !== undefined),
		).toEqual([]);
	});

	test.each(shown)(
		'%s: with plain comparisons, never a list inside _some or _none',
		(_title, { permissions: filter }) => {
			const operators = paths(filter).map((path) => path.at(-1));
			for (const operator of operators)
				expect(['_eq', '_neq', '_null', '_nnull', '_gte']).toContain(operator);
			expect(JSON.stringify(filter)).not.toMatch(/_some|_none/);
		},
	);

	test.each(shown)(
		'%s: no list of alternatives is empty, for that would allow everything',
		(_title, { permissions: filter }) => {
			expect(JSON.stringify(filter)).not.toMatch(/"_(and|or)":\[\]|:\{\}/);
		},
	);

	test.each(shown)('%s: names fields that exist', (_title, { collection, fields }) => {
		const known = [...fieldNamesOf(collection), '*'];
		expect(fields.filter((field) => !known.includes(field))).toEqual([]);
		expect(fields.length).toBeGreaterThan(0);
	});

	test('no hat has two rules for the same thing, for Directus would add them up', () => {
		const titles = permissions.map(title);
		expect(titles.filter((name, index) => titles.indexOf(name) !== index)).toEqual([]);
	});

	test('everybody but the administrator is named here, and nothing foreign is opened', () => {
		expect([...new Set(permissions.map(({ policy }) => policy))].sort()).toEqual(
			POLICIES.filter((policy) => policy !== 'administrator').sort(),
		);
		const foreign = permissions.filter(({ collection }) => !collection.startsWith('doorstep_')).map(title);
		const filed = ['cadre', 'team_leader', 'town_leader', 'supervisor'];
		expect(foreign.sort()).toEqual(
			[
				...HATS.map((policy) => `${policy}: update directus_users`),
				// Photos of officials; whoever handles cases sees their files as well, and adds some.
				...HATS.map((policy) => `${policy}: read directus_files`),
				...filed.map((policy) => `${policy}: create directus_files`),
				...STEERING.flatMap((policy) => [
					`${policy}: read directus_dashboards`,
					`${policy}: read directus_panels`,
				]),
			].sort(),
		);
	});

	test('F6: a hat that steers sees its own dashboard with its panels, and no other', () => {
		for (const hat of STEERING) {
			const rules = ['directus_dashboards', 'directus_panels'].flatMap((name) => of(hat, 'read', name));
			const own = { _eq: dashboardId(hat) };
			expect(rules.map((rule) => rule.permissions)).toEqual([{ id: own }, { dashboard: own }]);
		}
	});

	test('everybody sets their own account alone, and nothing of it that gives rights', () => {
		for (const hat of HATS) {
			const [own] = of(hat, 'update', 'directus_users');
			expect(own?.permissions).toEqual({ id: { _eq: '$CURRENT_USER' } });
			for (const right of ['role', 'policies', 'status', 'email', 'token', 'provider', '*'])
				expect(own?.fields).not.toContain(right);
		}
	});

	test('nobody says by hand to which case a file belongs', () => {
		for (const { action, fields } of permissions.filter((it) => it.collection === 'directus_files'))
			if (action !== 'read') for (const name of ['doorstep_case', '*']) expect(fields).not.toContain(name);
	});
});

/** The rule of a case as a row that points to it by `case_id` sees it. */
function seenFromStep(rule: unknown): unknown {
	const [[key, value] = ['', undefined]] = Object.entries(rule as object) as [string, unknown][];
	return key === '_and' || key === '_or'
		? { [key]: (value as unknown[]).map(seenFromStep) }
		: { case_id: { [key]: value } };
}

describe('what nobody may do', () => {
	test('F6: nobody deletes anything', () => {
		expect(permissions.filter(({ action }) => action === 'delete')).toEqual([]);
	});

	test('F6: nobody changes steps: they are read and added', () => {
		expect(actionsOn('doorstep_case_steps')).toEqual(['create', 'read']);
	});

	test('F6: nobody reads the salt of a step, or what it salts', () => {
		const readers = permissions.filter(
			(it) => it.collection === 'doorstep_case_steps' && it.action === 'read',
		);
		expect(readers.length).toBeGreaterThan(0);
		for (const { fields } of readers)
			for (const secret of ['salt', 'body_hash', '*']) expect(fields).not.toContain(secret);
	});

	test('L2: nobody reads the token of a card from an official’s row', () => {
		for (const { fields } of permissions.filter(
			(it) => it.collection === 'doorstep_cadres' && it.action === 'read',
		)) {
			for (const secret of ['card_token', '*']) expect(fields).not.toContain(secret);
		}
	});

	test('F6: nobody writes rungs; they are only acknowledged', () => {
		expect(actionsOn('doorstep_escalations')).toEqual(['read', 'update']);
		for (const it of permissions.filter(
			(each) => each.collection === 'doorstep_escalations' && each.action === 'update',
		)) {
			expect(it.fields).toEqual(['acknowledged_at', 'acknowledged_by', 'acknowledged_by_name']);
		}
	});

	test('F1: of a case only title and detail can be corrected, by its cadre and the village’s leaders; others send steps', () => {
		const updates = permissions.filter((it) => it.collection === 'doorstep_cases' && it.action === 'update');
		expect(Object.fromEntries(updates.map(({ policy, fields }) => [policy, fields]))).toEqual({
			cadre: ['title', 'detail', 'steps'],
			team_leader: ['title', 'detail', 'steps'],
			town_leader: ['steps'],
			supervisor: ['steps'],
		});
	});

	test('C2: the clerk gives nobody a hat: who leads a village is not theirs to say', () => {
		for (const it of permissions.filter(({ action }) => action === 'create' || action === 'update')) {
			if (it.collection !== 'doorstep_villages') continue;
			for (const field of ['leader', 'deputy', 'town_leader', 'data_clerk', '*'])
				expect(it.fields).not.toContain(field);
		}
	});

	test.each([
		'doorstep_assignments',
		'doorstep_services',
		'doorstep_escalation_rules',
		'doorstep_calendar',
		'doorstep_settings',
		'doorstep_departments',
	])('C3, F3: only an administrator changes %s', (collection) =>
		expect(actionsOn(collection)).toEqual(['read']),
	);

	test('C2: the data clerks enter households with their cadre; who answers for one later only an administrator changes', () => {
		const naming = permissions.filter(
			({ collection, action, fields }) =>
				collection === 'doorstep_households' &&
				action !== 'read' &&
				(fields.includes('cadre') || fields.includes('*')),
		);
		expect(naming.map(title)).toEqual([
			'data_clerk: create doorstep_households',
			'village_clerk: create doorstep_households',
		]);
	});

	test('C4: an official changes their own work state and nothing else of an official’s row', () => {
		const writers = permissions.filter((it) => it.collection === 'doorstep_cadres' && it.action !== 'read');
		expect(writers.map(title)).toEqual(['cadre: update doorstep_cadres']);
		expect(writers[0]).toMatchObject({
			fields: ['work_state', 'work_state_since'],
			permissions: { user: { _eq: '$CURRENT_USER' } },
		});
	});
});

describe('who sees what', () => {
	const caseSeers = ['cadre', 'team_leader', 'town_leader', 'supervisor'];

	test('F6: cases, steps and rungs are seen by those who handle them, and by nobody else', () => {
		for (const collection of ['doorstep_cases', 'doorstep_case_steps', 'doorstep_escalations']) {
			expect(
				permissions
					.filter((it) => it.collection === collection && it.action === 'read')
					.map(({ policy }) => policy),
			).toEqual(caseSeers);
		}
	});

	test.each(['cadre', 'team_leader', 'town_leader'])(
		'F6: a complaint is not seen by a %s, nor its steps and rungs',
		(policy) => {
			const [cases] = of(policy, 'read', 'doorstep_cases');
			expect(JSON.stringify(cases?.permissions)).toContain('{"about_cadre":{"_null":true}}');
			for (const collection of ['doorstep_case_steps', 'doorstep_escalations']) {
				expect(JSON.stringify(of(policy, 'read', collection)[0]?.permissions)).toContain(
					'{"case_id":{"about_cadre":{"_null":true}}}',
				);
			}
		},
	);

	test('F6: a member of the supervision group does not see a complaint about themselves', () => {
		const [cases] = of('supervisor', 'read', 'doorstep_cases');
		expect(cases?.permissions).toEqual({
			_or: [
				{ about_cadre: { _null: true } },
				{ about_cadre: { user: { _null: true } } },
				{ about_cadre: { user: { _neq: '$CURRENT_USER' } } },
			],
		});
	});

	test('F6: whoever may see a case may send steps to it, and no other’s: the same rule everywhere', () => {
		for (const policy of caseSeers) {
			const rule = of(policy, 'read', 'doorstep_cases')[0]?.permissions;
			expect(of(policy, 'update', 'doorstep_cases')[0]?.permissions).toEqual(rule);
			const [read, acknowledge] = [
				of(policy, 'read', 'doorstep_escalations')[0],
				of(policy, 'update', 'doorstep_escalations')[0],
			];
			expect(acknowledge?.permissions).toEqual(read?.permissions);
			expect(read?.permissions).toEqual(of(policy, 'read', 'doorstep_case_steps')[0]?.permissions);
		}
	});

	const lists = snapshot.fields.filter(({ meta }) => ((meta?.['special'] ?? []) as string[]).includes('o2m'));
	const reading = permissions.filter(({ action }) => action === 'read');
	const readersOf = (collection: string, field: string) =>
		reading
			.filter((it) => it.collection === collection && (it.fields.includes(field) || it.fields.includes('*')))
			.map(({ policy }) => policy);

	test('F6: of the lists that lead back to other rows four are read, none of which hides rows of its own', () => {
		const read = lists
			.filter(({ collection, field = '' }) => readersOf(collection, field).length > 0)
			.map(({ collection, field = '' }) => `${collection}.${field}`);
		expect(read.sort()).toEqual([
			'doorstep_cases.escalations',
			'doorstep_cases.steps',
			'doorstep_checks.cases',
			'doorstep_villages.hamlets',
		]);
	});

	test('F6: no list leads back from households or officials, for by filtering over it hidden rows could be guessed', () => {
		const back = lists.filter(({ collection }) => /households|cadres/.test(collection));
		expect(back).toEqual([]);
	});

	test('F6: no hat reads everything of a collection unnamed, for a list that is added later would be among it', () => {
		for (const it of reading) expect(it.fields, title(it)).not.toContain('*');
	});

	test('F6: whoever reads the steps and rungs of a case by its lists reads them by the same rule', () => {
		for (const policy of readersOf('doorstep_cases', 'steps')) {
			const cases = of(policy, 'read', 'doorstep_cases')[0]?.permissions;
			for (const collection of ['doorstep_case_steps', 'doorstep_escalations'])
				expect(of(policy, 'read', collection)[0]?.permissions).toEqual(seenFromStep(cases));
		}
	});

	test('S6: personal circumstances are opened by a policy of their own, and by no hat', () => {
		const opening = permissions.filter(
			({ collection, fields }) =>
				collection === 'doorstep_households' &&
				(fields.includes('*') || SENSITIVE_FIELDS.some((field) => fields.includes(field))),
		);
		expect(opening.map(title)).toEqual([
			'sensitive_information: read doorstep_households',
			'sensitive_villages: read doorstep_households',
			'sensitive_information: update doorstep_households',
		]);
	});

	test('S2: a village’s data clerk keeps what hangs on a village that names them, and nothing else', () => {
		for (const action of ['create', 'update', 'delete'] as const)
			for (const it of permissions.filter(
				(each) => each.policy === 'village_clerk' && each.action === action,
			)) {
				if (it.collection === 'directus_users') continue;
				expect(JSON.stringify(it.permissions), title(it)).toContain(
					'"data_clerk":{"user":{"_eq":"$CURRENT_USER"}}',
				);
			}
		expect(of('village_clerk', 'update', 'doorstep_villages')[0]?.fields).toEqual(['hamlets']);
	});

	test('C3: a substitute sees what is substituted only until the day that was set', () => {
		const [households] = of('cadre', 'read', 'doorstep_households');
		expect(households?.permissions).toEqual({
			_or: [
				{ cadre: { user: { _eq: '$CURRENT_USER' } } },
				{
					_and: [
						{ cadre: { substitute: { user: { _eq: '$CURRENT_USER' } } } },
						{ cadre: { substitute_until: { _gte: '$NOW' } } },
					],
				},
			],
		});
	});

	test('L2: who only prints sees officials and services, and no household', () => {
		const seen = permissions.filter(
			({ policy, collection }) => policy === 'printer' && collection !== 'directus_users',
		);
		expect(seen.every(({ action }) => action === 'read')).toBe(true);
		expect(seen.map(({ collection }) => collection)).toEqual(
			expect.arrayContaining(['doorstep_cadres', 'doorstep_services']),
		);
		expect(seen.map(({ collection }) => collection)).not.toContain('doorstep_households');
	});
});
