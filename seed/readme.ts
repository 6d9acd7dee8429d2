/** Parts of README.md that are made from the code and its tables: steps, access, personal data, figures. `npm run readme` writes them, a test compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GUARDS } from '../extensions/cases/guards.js';
import { CASE_LABELS } from '../extensions/cases/labels.js';
import type { StepRule } from '../extensions/cases/moves.js';
import { STEPS, stepKinds, type StepKind } from '../extensions/cases/rules.js';
import { CASE_REFUSALS } from '../extensions/cases/strings.js';
import { SENSITIVE_FIELDS } from '../extensions/coverage/sensitive.js';
import { DEFINITIONS } from '../extensions/oversight/definitions.js';
import { tellsApart } from '../extensions/oversight/dimensions.js';
import { DIMENSIONS, FIGURES } from '../extensions/oversight/figures.js';
import { groupBy } from '../extensions/platform/group-by.js';
import type { Labels } from '../extensions/platform/words.js';
import { BASES, KEPT, PERSONAL, SUBJECTS } from './provision/personal.js';
import { compactTable } from '../tests/access/compact.js';

const README = join(import.meta.dirname, '..', 'README.md');

/** README text with the generated parts as the code has them now. */
export function withGeneratedParts(text: string): string {
	const parts = {
		'step diagram': stepDiagram(),
		'step table': stepTable(),
		'access table': compactTable(),
		'personal data': personalTable(),
		'figure table': figureTable(),
	};
	return Object.entries(parts).reduce((whole, [name, part]) => {
		const [begin, end] = [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`];
		if (!whole.includes(begin) || !whole.includes(end))
			throw new Error(`README.md lacks the markers of "${name}"`);
		return `${whole.slice(0, whole.indexOf(begin))}${begin}\n${part}\n${whole.slice(whole.indexOf(end))}`;
	}, text);
}

export function readReadme(): string {
	return readFileSync(README, 'utf8');
}

/** States and the steps between them, as Mermaid draws them. */
function stepDiagram(): string {
	const arrows = new Map<string, StepKind[]>();
	for (const kind of stepKinds()) {
		const rule: StepRule = STEPS[kind];
		const sources = rule.from.length === 0 ? ['[*]'] : rule.from;
		for (const source of sources) {
			const arrow = `${source} --> ${rule.to ?? source}`;
			arrows.set(arrow, [...(arrows.get(arrow) ?? []), kind]);
		}
	}
	const lines = [...arrows].map(([arrow, kinds]) => `    ${arrow}: ${kinds.join(', ')}`);
	return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

/** One row a kind: from where, by whom, what must be given, what else has to hold. */
function stepTable(): string {
	const labels: Labels = CASE_LABELS;
	const rows = stepKinds().map((kind) => {
		const rule: StepRule = STEPS[kind];
		const guards = rule.guards.map((name) =>
			CASE_REFUSALS[GUARDS[name].code].words[1].replace(/\{\w+\}/g, '…'),
		);
		const cells = [
			`\`${kind}\` ${labels[`doorstep_step_${kind}`]?.[0] ?? ''}`,
			rule.from.join(', ') || '–',
			rule.to ?? '(as it was)',
			rule.hats.join(', ') || 'the server',
			[...rule.needs, ...rule.may.map((field) => `(${field})`)].join(', '),
			guards.join(' '),
		];
		return `| ${cells.join(' | ')} |`;
	});
	return [
		'| step | from | to | by | needs (may) | refused with |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** What is kept about whom: one row for what is kept of the same people for the same reason. */
function personalTable(): string {
	const sensitive = new Set(SENSITIVE_FIELDS.map((field) => `doorstep_households.${field}`));
	const rows = Object.values(PERSONAL).map(({ fields, about, why, basis, kept }) => {
		const byCollection = groupBy(fields, (field) => field.split('.')[0] ?? '');
		const what = [...byCollection].map(
			([collection, names]) =>
				`\`${collection}\`: ${names.map((name) => name.slice(collection.length + 1)).join(', ')}`,
		);
		const cells = [
			...[what.join('; '), SUBJECTS[about][1], why[1], BASES[basis][1], KEPT[kept][1]],
			fields.some((field) => sensitive.has(field)) ? 'yes' : '',
		];
		return `| ${cells.join(' | ')} |`;
	});
	return [
		'| what | about whom | why | basis | kept | sensitive |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** What each figure counts, in the words that stand beside it, and by what it can be told apart. */
function figureTable(): string {
	const UNITS = { count: 'count', share: 'rate', minutes: 'minutes' };
	const rows = FIGURES.map((name) => {
		const { label, definition, unit } = DEFINITIONS[name];
		const apart = DIMENSIONS.filter((dimension) => tellsApart(dimension, name));
		return `| \`${name}\` ${label[0]} | ${UNITS[unit]} | ${definition[1]} | ${apart.join(', ')} |`;
	});
	return ['| figure | is a | counts | by |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
	writeFileSync(README, withGeneratedParts(readReadme()));
