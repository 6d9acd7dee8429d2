import type { Random } from './random.js';

// Names are put together at random from common parts; nobody is meant. Parts that would make the name of a public figure are left out.
const SURNAMES = Array.from('王王王张张李李刘刘杨赵郭高白郝任贺苏乔武边薛奇訾吕段温史');

const ELDER_MEN = [
	Array.from('守满福根喜广占兴存有进双来拴'),
	Array.from('财仓粮田宽旺顺林柱厚全银奎义'),
] as const;
const ELDER_WOMEN = [Array.from('秀桂玉翠巧改素润美引银'), Array.from('花莲梅芳枝叶娥琴珍女英')] as const;
const YOUNGER = [
	Array.from('晓文志海俊雅思子欣嘉立佳丽瑞昊彦'),
	Array.from('宁楠琳泽然悦涵禾慧川原敏彤玥'),
] as const;

const STEPPE_FIRST = [
	'巴图',
	'宝音',
	'孟克',
	'那顺',
	'乌力吉',
	'额尔敦',
	'阿拉坦',
	'苏雅',
	'娜仁',
	'朝格',
	'青格',
];
const STEPPE_LAST = [
	'巴雅尔',
	'达来',
	'吉日嘎拉',
	'朝鲁',
	'苏和',
	'图雅',
	'通拉嘎',
	'格日勒',
	'其其格',
	'毕力格',
];
const STEPPE_SINGLE = [
	'吉日嘎拉',
	'阿木古楞',
	'敖其尔',
	'哈斯巴根',
	'萨日朗',
	'希吉日',
	'达楞太',
	'毛呼日',
	'阿古拉',
	'斯钦图',
];

const SHARE_OF_STEPPE_NAMES = 0.22;

/** The head of a household. */
export function headName(random: Random): string {
	if (random.chance(SHARE_OF_STEPPE_NAMES)) return steppeName(random);
	const [first, last] = random.chance(0.78) ? ELDER_MEN : ELDER_WOMEN;
	const surname = random.pick(SURNAMES);
	if (random.chance(0.15)) return surname + random.pick(last);
	return surname + random.pick(first) + random.pick(last);
}

/** A village secretary: of the village, and of an age with its heads of household. */
export function elderName(random: Random, taken: Set<string>): string {
	return unlike(taken, () => headName(random));
}

/** An official of the town, the banner or the city. */
export function officialName(random: Random, taken: Set<string>): string {
	const [first, last] = YOUNGER;
	return unlike(taken, () =>
		random.chance(SHARE_OF_STEPPE_NAMES)
			? steppeName(random)
			: random.pick(SURNAMES) + random.pick(first) + random.pick(last),
	);
}

function steppeName(random: Random): string {
	return random.chance(0.3)
		? random.pick(STEPPE_SINGLE)
		: random.pick(STEPPE_FIRST) + random.pick(STEPPE_LAST);
}

/** No two officials share a name: on paper the name tells them apart. */
function unlike(taken: Set<string>, draw: () => string): string {
	for (;;) {
		const name = draw();
		if (taken.has(name)) continue;
		taken.add(name);
		return name;
	}
}
