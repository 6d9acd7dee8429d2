import type { Random } from './random.js';
import type { SpecialGroup } from './rows.js';

/** Why a household is in difficulty and what is done about it, as a relief file says it (H4). Both empty where there is nothing to say. */
export interface Relief {
	relief_reason: string | null;
	relief_measures: string | null;
}

/** Texts for a group; what says most about a household comes first. */
const TEXTS: readonly (readonly [
	SpecialGroup,
	{ reasons: readonly string[]; measures: readonly string[] },
])[] = [
	[
		'serious_illness',
		{
			reasons: ['家中主要劳力患慢性病，常年用药。', '户主大病后恢复，暂不能干重活。'],
			measures: ['协助办理慢病门诊和医疗救助，每月电话问候。', '帮助代领药品，农忙时联系邻里帮工。'],
		},
	],
	[
		'monitored',
		{
			reasons: ['牲畜受灾，当年收入下降较多。', '一次性支出大，收入不稳。'],
			measures: ['纳入监测，每季度入户核对收入。', '介绍镇内公益岗位，帮助申请产业补助。'],
		},
	],
	[
		'disabled',
		{
			reasons: ['家中有人行动不便，缺少劳力。', '户主听力不便，外出办事困难。'],
			measures: ['代办残疾人补贴，配发辅助器具。', '办事由包户干部上门代办。'],
		},
	],
	[
		'children',
		{
			reasons: ['孩子由祖辈照看，家庭收入少。', '父母一方常年在外，孩子上学路远。'],
			measures: ['联系学校减免杂费，节假日上门看望。', '协助申请困境儿童生活补贴。'],
		},
	],
	[
		'extreme_poverty',
		{
			reasons: ['无劳动能力，无赡养人。'],
			measures: ['按特困供养标准发放，落实照料人。', '冬季取暖物资送到家。'],
		},
	],
	[
		'minimum_living',
		{
			reasons: ['家庭劳力少，耕地收入低。', '子女上学，支出较大。'],
			measures: ['低保金按月发放，每季度入户核对。', '推荐就近务工，冬季送取暖物资。'],
		},
	],
];

/** What the file of a household in these groups says; being old and alone is no hardship by itself. */
export function reliefOf(groups: readonly SpecialGroup[], random: Random): Relief {
	const found = TEXTS.find(([group]) => groups.includes(group));
	if (found === undefined) return { relief_reason: null, relief_measures: null };
	const [, { reasons, measures }] = found;
	return { relief_reason: random.pick(reasons), relief_measures: random.pick(measures) };
}
