import { describe, expect, test } from 'vitest';
import { referencesTo } from '../../../extensions/platform/references.js';
import { snapshot } from '../snapshot.js';

const named = (collection: string) =>
	referencesTo(snapshot, collection)
		.map(({ table, column }) => `${table}.${column}`)
		.sort();

describe('what keeps a row from being deleted', () => {
	test('C2, F6: an official stays who has a household, a case, a step, a village or a service', () => {
		expect(named('doorstep_cadres')).toEqual([
			'doorstep_assignments.cadre',
			'doorstep_cadres.substitute',
			'doorstep_case_steps.actor',
			'doorstep_case_steps.holder',
			'doorstep_cases.about_cadre',
			'doorstep_cases.cadre',
			'doorstep_cases.holder',
			'doorstep_households.cadre',
			'doorstep_services.in_charge',
			'doorstep_villages.data_clerk',
			'doorstep_villages.deputy',
			'doorstep_villages.leader',
			'doorstep_villages.town_leader',
		]);
	});

	test('F6: a user stays who has acknowledged a rung or drawn a check; being an official’s user alone holds nobody', () => {
		expect(named('directus_users')).toEqual([
			'doorstep_checks.drawn_by',
			'doorstep_escalations.acknowledged_by',
		]);
	});

	test.each([
		['doorstep_villages', ['doorstep_cadres.village', 'doorstep_checks.village', 'doorstep_hamlets.village']],
		['doorstep_hamlets', ['doorstep_households.hamlet']],
		['doorstep_households', ['doorstep_assignments.household', 'doorstep_cases.household']],
		['doorstep_services', ['doorstep_cases.service', 'doorstep_escalation_rules.service']],
		['doorstep_departments', ['doorstep_case_steps.department', 'doorstep_cases.department']],
		[
			'doorstep_cases',
			[
				...['directus_files.doorstep_case', 'doorstep_case_steps.case_id'],
				...['doorstep_check_cases.case_id', 'doorstep_escalations.case_id'],
			],
		],
	])('C2, F6: a row of %s stays while others point to it', (collection, references) => {
		expect(named(collection)).toEqual(references);
	});

	test.each(['directus_files', 'doorstep_calendar', 'doorstep_settings', 'articles', ''])(
		'nothing of ours holds a row of "%s"',
		(collection) => {
			expect(named(collection)).toEqual([]);
		},
	);

	test('no relation of the data model is forgotten: each holds its row, or lets go of it by itself', () => {
		const targets = new Set(snapshot.relations.map((relation) => relation.related_collection ?? ''));
		const holding = [...targets].flatMap(named);
		const lettingGo = snapshot.relations
			.filter(({ schema }) => schema?.['on_delete'] === 'SET NULL')
			.map(({ collection, field }) => `${collection}.${field ?? ''}`);
		expect(lettingGo.sort()).toEqual(['doorstep_cadres.photo', 'doorstep_cadres.user']);
		expect([...holding, ...lettingGo].sort()).toEqual(
			snapshot.relations.map(({ collection, field }) => `${collection}.${field ?? ''}`).sort(),
		);
	});
});
