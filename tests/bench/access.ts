/** The lists of each hat beside the same rows asked for by an administrator, who has no rules to keep (design: within 1.5 times). */
import { CASE_LISTS } from '../../extensions/cases/lists.js';
import { writeLarge, type Large, type Part, type Size } from '../harness/large.js';
import type { Client } from '../harness/request.js';
import { ruleFor } from '../harness/rules.js';
import type { Template } from '../harness/template.js';
import type { Bench } from './bench.js';
import { connected, NAMES, onCopy, running } from './copy.js';
import { ASKED, LISTS, pathsOf } from './lists.js';
import { shown, sideBySide, tableIn, type Print } from './measure.js';

const SIZES: readonly (Size & { name: string })[] = [
	{ name: 'as in the demo, most of them closed', cases: 20_000, allOpen: false },
	{ name: 'all of them open', cases: 20_000, allOpen: true },
];
const COLUMNS = ['list', 'whose', 'page', 'rows', 'administrator', 'they', 'ratio'];

export const benchAccess: Bench = async (templates, print) => {
	print(
		'Median (and 95th percentile) in milliseconds of a page and its count (two requests), by HTTP, connection kept;',
	);
	print('the administrator asks for the same rows by a filter.');
	for (const template of templates) {
		for (const size of SIZES) {
			await onLarge(template, size, async (measured) => {
				const { households, cases, steps } = measured.large.rows;
				const of = `${households} households, ${cases} cases, ${size.name}, ${steps} steps`;
				print(`\n### ${NAMES[template.kind]}: ${of}\n`);
				await measureLists(measured, print);
				print('');
				await measureBookmarks(measured, print);
			});
		}
	}
};

async function measureLists({ large, admin, as }: Measured, print: Print): Promise<void> {
	const row = tableIn(print, COLUMNS);
	for (const [who, name, limit] of ASKED) {
		const list = LISTS[name];
		const mine = asker(await as(who), pathsOf(list, limit));
		const theirs = asker(admin, pathsOf(list, limit, ruleFor(large.people[who], list.collection)));
		const [count, same] = [await mine(), await theirs()];
		if (count !== same) throw new Error(`${who}: ${name} shows ${count} rows, the filter gives ${same}.`);
		const { they, administrator } = await sideBySide({ administrator: theirs, they: mine });
		const ratio = (they.median / administrator.median).toFixed(2);
		row(name, who, String(limit), String(count), shown(administrator), shown(they), ratio);
	}
}

/** For information: their filters say `$CURRENT_USER`, so an administrator's answer would be another one. */
async function measureBookmarks({ as }: Measured, print: Print): Promise<void> {
	const row = tableIn(print, ['bookmark of the cadre', 'milliseconds']);
	const cadre = await as('cadre');
	for (const { label, hats, filter, sort } of CASE_LISTS) {
		if (!hats.includes('cadre')) continue;
		const list = { ...LISTS['open cases'], sort: sort.join(','), filter: filter ?? {} };
		const { they } = await sideBySide({ they: asker(cadre, pathsOf(list, 25)) });
		row(label.join(' '), shown(they));
	}
}

/** @returns how many rows the list has in all */
function asker(client: Client, { rows, count }: { rows: string; count: string }): () => Promise<number> {
	return async () => {
		await client.ok('GET', rows);
		const [answer] = await client.ok<{ countDistinct: { id: number | string } }[]>('GET', count);
		return Number(answer?.countDistinct.id);
	};
}

interface Measured {
	large: Large;
	admin: Client;
	as: (who: Part) => Promise<Client>;
}

async function onLarge(
	template: Template,
	size: Size,
	work: (measured: Measured) => Promise<void>,
): Promise<void> {
	await onCopy(template, async (stopped) => {
		const large = await connected(stopped, (knex) => writeLarge(knex, size));
		await running(template, stopped, ({ admin, logInAs }) =>
			work({ large, admin, as: (who) => logInAs(large.people[who].email) }),
		);
	});
}
