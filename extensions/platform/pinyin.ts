import { pinyin } from 'pinyin-pro';

/** People's names begin with a surname, which often reads otherwise than the same character elsewhere: 单 is Shan, 查 Zha, 解 Xie. */
export type Named = 'person' | 'thing';

/** What the column holds. */
const MAX_LENGTH = 255;
/** The longest syllable (`zhuang`) has six letters: so many syllables with their initials always fit. */
const MAX_SYLLABLES = 36;

/** Second readings of characters that are common in names and that dictionaries do not tell apart there; Mongolian ones among them. */
const SECOND_READINGS: Readonly<Record<string, string>> = {
	...{ 朝: 'zhao', 长: 'zhang', 都: 'dou', 召: 'zhao', 乐: 'yue', 重: 'zhong', 行: 'hang' },
	...{ 盛: 'cheng', 晟: 'cheng', 茜: 'xi', 柏: 'bo', 莎: 'suo', 娜: 'nuo', 嘎: 'ka', 色: 'se' },
};

/**
 * What a name is found by without typing its characters: pinyin without tones and the initials, then other readings. Letters and
 * digits stand as they are, in lower case; ü is typed as v, and some type it as u.
 *
 * @example pinyinOf('张三') // 'zhangsan zs'
 * @example pinyinOf('单雄') // 'shanxiong sx danxiong dx'
 * @example pinyinOf('12345热线', 'thing') // '12345rexian 12345rx'
 */
export function pinyinOf(name: string, named: Named = 'person'): string {
	const signs = signsOf(name);
	const readings = named === 'person' ? personReadings(signs) : [reading(signs, 'off')];
	const words = readings.flatMap((syllables) => [syllables.join(''), initialsOf(syllables, signs)]);
	const asTyped = words.flatMap((word) => [word, word.replace(/(?<=[ln])v/g, 'u')]);
	let found = '';
	for (const word of new Set(asTyped)) {
		const longer = found === '' ? word : `${found} ${word}`;
		if (longer.length <= MAX_LENGTH) found = longer;
	}
	return found;
}

/** Letters, digits and characters, one by one; points, brackets and blanks are not typed. */
function signsOf(name: string): string[] {
	const plain = name.normalize('NFKC').toLowerCase().normalize('NFKC');
	return [...plain].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).slice(0, MAX_SYLLABLES);
}

/** As a surname and given name, as ordinary words, and with one second reading at a time. */
function personReadings(signs: readonly string[]): string[][] {
	const asName = reading(signs, 'head');
	const second = signs.flatMap((sign, at) => {
		const other = SECOND_READINGS[sign];
		return other === undefined ? [] : [asName.with(at, other)];
	});
	return [asName, reading(signs, 'off'), ...second];
}

/** One entry a sign. */
function reading(signs: readonly string[], surname: 'head' | 'off'): string[] {
	const options = { toneType: 'none', type: 'array', v: true, surname } as const;
	const syllables = pinyin(signs.join(''), options);
	return signs.map((sign, at) => (isCharacter(sign) ? (syllables[at] ?? sign).toLowerCase() : sign));
}

function initialsOf(syllables: readonly string[], signs: readonly string[]): string {
	return syllables.map((syllable, at) => (isCharacter(signs[at]) ? [...syllable][0] : syllable)).join('');
}

function isCharacter(sign: string | undefined): boolean {
	return sign !== undefined && /\p{Script=Han}/u.test(sign);
}
