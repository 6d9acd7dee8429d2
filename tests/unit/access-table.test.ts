import { systemCollectionNames } from '@directus/system-data';
import { describe, expect, test } from 'vitest';
import { CAST } from '../access/people.js';
import { ACTIONS, lineFor, positionsIn, readTable, wordsFor } from '../access/table.js';
import { fieldNamesOf, snapshot } from './snapshot.js';

const lines = readTable();
const ours = snapshot.collections
	.map(({ collection }) => collection)
	.filter((name) => fieldNamesOf(name).length > 0);

describe('the table of who may do what', () => {
	test('names collections and fields that exist', () => {
		const known = [...ours, ...systemCollectionNames];
		expect(lines.flatMap(({ collections }) => collections).filter((name) => !known.includes(name))).toEqual(
			[],
		);
		const unknown = lines.flatMap(({ collections, fields }) =>
			collections.flatMap((name) => fields.filter((field) => !fieldNamesOf(name).includes(field))),
		);
		expect(unknown).toEqual([]);
	});

	test('says of each of our collections who may do what, by name and not among the others', () => {
		const forgotten = ours.flatMap((name) =>
			ACTIONS.filter((action) => lineFor(lines, name, action).collections.length === 0).map(
				(action) => `${action} ${name}`,
			),
		);
		expect(forgotten).toEqual([]);
	});

	test('says of nothing twice', () => {
		const said = lines.flatMap(({ collections, fields, actions }) =>
			collections.flatMap((name) =>
				actions.flatMap((action) =>
					(fields.length === 0 ? ['*'] : fields).map((field) => `${action} ${name} ${field}`),
				),
			),
		);
		expect(said.filter((each, index) => said.indexOf(each) !== index)).toEqual([]);
	});

	test('somebody stands in every column, so that each is tried', () => {
		const tried = [...Object.values(CAST).flatMap(([, positions]) => positions), 'visitor'];
		expect(positionsIn(lines).filter((position) => !tried.some((each) => each === position))).toEqual([]);
		expect(tried.filter((position) => !positionsIn(lines).includes(position))).toEqual([]);
	});

	test('who is two things may do the sum', () => {
		expect(wordsFor(lines, ['cadre', 'supervisor'], 'doorstep_cases', 'read')).toEqual(
			new Set(['own', 'town', 'complaints']),
		);
		expect(wordsFor(lines, ['visitor'], 'doorstep_cases', 'read')).toEqual(new Set());
	});
});
