/** Values that no field takes, made at random: of the wrong kind, too long, hiding something, of other rows, of other times. */
import fc from 'fast-check';

/** What a field is meant to hold; anything else is bad. */
export type Kind = 'word' | 'text' | 'choice' | 'choices' | 'id' | 'ids' | 'time' | 'number' | 'amount';

/** As Directus is sent them: JSON. */
export type Sent = Record<string, unknown>;

export interface Field {
	name: string;
	kind: Kind;
	/** It may be left empty. */
	empty?: true;
	/** Longest text, greatest number. */
	most?: number;
	/** Spreadsheets give numbers as text and the other way round: both are taken. */
	lenient?: true;
}

const CONTROLS = ['\u0000', '\u0007', '\u001b', '\u0085', '\u202e', '\u2066', '\u200f', '\u2028', '\ud800'];
const TIMES_NEVER = [
	...['soon', '2026-13-01', '2026-02-30T10:00:00Z', '9999-12-31T23:59:59Z', '1899-01-01', '0000-00-00'],
	...['2026-01-01T25:00:00Z', '+275760-09-13', '-1', '1e3', 'now()', '2026/01/01'],
];
const hidden = fc
	.tuple(fc.string({ maxLength: 20 }), fc.constantFrom(...CONTROLS), fc.string({ maxLength: 20 }))
	.map((parts) => parts.join(''));
const longer = (most: number) =>
	fc.constantFrom(most + 1, most * 2, 300_000).map((length) => '长'.repeat(Math.max(length, most + 1)));
const strangeWord = fc
	.oneof(
		fc.string({ minLength: 1, maxLength: 30 }),
		fc.constantFrom('__proto__', 'constructor', 'NULL', "' or 1=1"),
	)
	.filter((word) => !/^[a-z_]+$/.test(word) || word === '__proto__' || word === 'constructor');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const noText = fc.oneof(
	number,
	fc.boolean(),
	fc.constant({}),
	fc.constant([]),
	fc.array(fc.string(), { minLength: 1, maxLength: 2 }),
	fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
);

/** @param others ids of rows of other collections, and of none */
export function badValue(
	{ kind, empty, most = 200, lenient }: Field,
	others: string[],
): fc.Arbitrary<unknown> {
	const nothing = empty ? [] : [fc.constant(null)];
	const objects = fc.oneof(fc.constant({}), fc.constant([]), fc.constant([[]]), fc.boolean());
	const wrong = lenient ? objects : noText;
	switch (kind) {
		case 'word':
			return fc.oneof(wrong, hidden, longer(most), fc.constantFrom('', '   '), ...nothing);
		case 'text':
			return fc.oneof(wrong, hidden, longer(most), ...nothing);
		case 'choice':
			return fc.oneof(noText, strangeWord, ...nothing);
		case 'choices':
			return fc.oneof(
				number,
				strangeWord,
				fc.array(strangeWord, { minLength: 1 }),
				fc.constant({}),
				...nothing,
			);
		case 'id':
			return fc.oneof(
				noText,
				strangeWord,
				fc.constantFrom(...others),
				fc.constantFrom(...others).map((id) => ({ id })),
				...nothing,
			);
		case 'ids':
			return fc.oneof(
				number,
				strangeWord,
				fc.array(fc.constantFrom(...others), { minLength: 1, maxLength: 25 }),
			);
		case 'time':
			return fc.oneof(noText, fc.constantFrom(...TIMES_NEVER), ...nothing);
		case 'number':
			return fc.oneof(
				fc.integer({ min: most + 1 }),
				fc.integer({ max: -1 }),
				fc.double({ noNaN: true, noInteger: true, noDefaultInfinity: true }),
				strangeWord.filter((word) => !/^\d+$/.test(word)),
				objects,
				...nothing,
			);
		case 'amount':
			return fc.oneof(
				fc.double({ noNaN: true, noInteger: true, noDefaultInfinity: true }),
				fc.constantFrom(most + 1, -most - 1, 1e300, Number.MAX_SAFE_INTEGER),
				strangeWord,
				objects,
				...nothing,
			);
	}
}

/** What is no row: refused as a whole, without a field. */
export const noRow: fc.Arbitrary<unknown> = fc.oneof(
	fc.integer(),
	fc.boolean(),
	fc.string({ maxLength: 10 }),
	fc.constant(null),
	fc.array(fc.oneof(fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 2 }),
);

/** A name that no field has. */
export const strangeName: fc.Arbitrary<string> = fc.oneof(
	fc.string({ minLength: 1, maxLength: 20 }).map((name) => `x${name}`),
	fc.constantFrom('nowhere', 'constructor', 'toString', 'id_', '$type', 'a.b', 'select'),
);
