import { fixedId } from '../../extensions/platform/ids.js';
import { landline } from './phones.js';
import type { DepartmentRow, SettingsRow } from './rows.js';

/** The demo's township does not exist; its villages are invented too. */
export const SETTINGS: SettingsRow = {
	township: '青禾镇',
	issuing_body: '中共青禾镇委员会',
	hotline: landline(0),
};

/** Two letters of the township's name, with which household codes begin. */
export const CODE_PREFIX = 'QH';

export const VILLAGE_NAMES = [
	'青禾村',
	'沙枣梁村',
	'白杨渠村',
	'查干希里嘎查',
	'红柳滩村',
	'苜蓿沟村',
	'胡麻湾村',
	'宝日陶勒盖嘎查',
	'糜子塔村',
	'石门坎村',
	'新井村',
	'乌兰温都尔嘎查',
	'南湾子村',
	'北渠村',
	'柠条壕村',
	'呼和淖图嘎查',
	'东敖包梁村',
	'杏树塔村',
	'水泉洼村',
	'阿日善图嘎查',
	'长胜渠村',
	'双井子村',
	'河头畔村',
	'哈日莫图嘎查',
	'榆树壕村',
	'大圪旦村',
	'麻黄梁村',
	'希日塔拉图嘎查',
];

export const HAMLET_NAMES = [
	'东梁社',
	'西梁社',
	'前湾社',
	'后湾社',
	'渠口社',
	'井滩社',
	'沙畔社',
	'南圪卜社',
	'北圪卜社',
	'柳树社',
	'杨家塔社',
	'河畔社',
	'新建社',
	'上滩社',
	'下滩社',
	'敖包社',
];

const DEPARTMENT_NAMES = {
	police: ['青禾派出所', 'other'],
	power: ['青禾供电所', 'other'],
	insurer: ['农牧业保险承保机构', 'other'],
	telecom: ['通信运营单位', 'other'],
	transport: ['旗交通运输局', 'banner'],
	farming: ['旗农牧局', 'banner'],
	civil: ['旗民政局', 'banner'],
	medical: ['旗医疗保障局', 'banner'],
	social: ['旗社会保险事业服务中心', 'banner'],
	employment: ['旗就业服务中心', 'banner'],
	water: ['旗水利局', 'banner'],
	grassland: ['旗林业和草原局', 'banner'],
	land: ['旗自然资源局', 'banner'],
	housing: ['旗住房和城乡建设局', 'banner'],
	disabled: ['旗残疾人联合会', 'banner'],
	justice: ['旗司法局', 'banner'],
	school: ['旗教育体育局', 'banner'],
	health: ['旗卫生健康委员会', 'banner'],
	environment: ['旗生态环境分局', 'banner'],
	revitalisation: ['旗乡村振兴服务中心', 'banner'],
	traffic_police: ['旗交通管理大队', 'banner'],
	charity: ['市慈善总会', 'city'],
} as const satisfies Record<string, readonly [string, DepartmentRow['level']]>;

export type DepartmentKey = keyof typeof DEPARTMENT_NAMES;

const KEYS = Object.keys(DEPARTMENT_NAMES) as DepartmentKey[];

/** @example departmentPhone('police') // the number that the handbook gives for its services */
export function departmentPhone(key: DepartmentKey): string {
	return landline(101 + KEYS.indexOf(key));
}

export function departmentId(key: DepartmentKey): string {
	return fixedId(`demo:department:${key}`);
}

export function departmentName(key: DepartmentKey): string {
	return DEPARTMENT_NAMES[key][0];
}

export function departments(): DepartmentRow[] {
	return KEYS.map((key) => {
		const [name, level] = DEPARTMENT_NAMES[key];
		return { id: departmentId(key), name, level, phone: departmentPhone(key) };
	});
}
