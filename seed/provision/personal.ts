import { CASE_LABELS } from '../../extensions/cases/labels.js';
import { LIST_LABELS } from '../../extensions/cases/lists.js';
import { COVERAGE_LABELS } from '../../extensions/coverage/labels.js';
import { SENSITIVE_FIELDS } from '../../extensions/coverage/sensitive.js';
import { OVERSIGHT_LABELS } from '../../extensions/oversight/labels.js';
import { PANEL_LABELS } from '../../extensions/oversight/panel-labels.js';
import { PLATFORM_LABELS } from '../../extensions/platform/labels.js';
import type { Labels, Pair } from '../../extensions/platform/words.js';

const ROOMS: Labels = {
	...CASE_LABELS,
	...LIST_LABELS,
	...COVERAGE_LABELS,
	...OVERSIGHT_LABELS,
	...PANEL_LABELS,
	...PLATFORM_LABELS,
};

/** Whom a field says something about. */
export const SUBJECTS = {
	household: ['农牧户', 'household'],
	official: ['干部', 'official'],
	both: ['农牧户和干部', 'household and official'],
} as const satisfies Record<string, Pair>;

/** What allows to keep it, as the notes in the studio cite it. */
export const BASES = {
	duty: ['个人信息保护法第十三条第一款第三项', 'PIPL art. 13(1)(3)'],
	sensitive: ['个人信息保护法第十三条第一款第三项、第二十八条至第三十二条', 'PIPL arts. 13(1)(3), 28–32'],
	log: ['网络安全法关于留存网络日志的规定', 'Cybersecurity Law, network logs'],
} as const satisfies Record<string, Pair>;

/** How long it is kept. */
export const KEPT = {
	erasable: ['依申请删除前', 'until the household is erased on request'],
	stays: ['长期保存，删除农牧户信息后仍保留', 'stays, also after an erasure'],
	office: ['由系统管理员更正或删除前', 'until an administrator changes or deletes it'],
	mail: ['最多 30 天', '30 days at most'],
	revisions: [
		'农牧户信息删除时一并删除，其余按平台设置',
		'goes with an erased household; otherwise as Directus is set',
	],
	notice: ['由接收人删除前', 'until its recipient deletes it'],
	log: ['不少于六个月', 'at least six months'],
} as const satisfies Record<string, Pair>;

/** Fields that are kept of the same people for the same reason. */
export interface PersonalData {
	/** `collection.field`, also of tables that Directus or the outbox keeps. */
	fields: readonly string[];
	about: keyof typeof SUBJECTS;
	/** The purpose. */
	why: Pair;
	basis: keyof typeof BASES;
	kept: keyof typeof KEPT;
}

/**
 * Register of personal data: everything that is kept about somebody (L1, L6; 个人信息保护法 arts. 13, 19, 28). The notes in the
 * studio and the README's table are made from it, and a test holds it against the data model.
 */
export const PERSONAL: Readonly<Record<string, PersonalData>> = {
	household_reach: {
		fields: of('doorstep_households', 'head_name', 'pinyin', 'phone'),
		about: 'household',
		why: ['用于登记和联系农牧户', 'To register and reach the household'],
		...{ basis: 'duty', kept: 'erasable' },
	},
	household_size: {
		fields: of('doorstep_households', 'people'),
		about: 'household',
		why: ['用于掌握户情、汇总人口', 'To know the household, and for figures'],
		...{ basis: 'duty', kept: 'erasable' },
	},
	household_place: {
		fields: of('doorstep_households', 'code', 'hamlet', 'kind', 'cadre'),
		about: 'household',
		why: ['用于明确包联责任、分类汇总', 'Who answers for whom, and figures by kind'],
		...{ basis: 'duty', kept: 'stays' },
	},
	erasure: {
		fields: of('doorstep_households', 'erased_at', 'erased_reason'),
		about: 'household',
		why: ['用于证明已依法删除', 'To show that it was erased as the law asks'],
		...{ basis: 'duty', kept: 'stays' },
	},
	circumstances: {
		fields: of('doorstep_households', ...SENSITIVE_FIELDS),
		about: 'household',
		why: [
			'敏感信息，仅用于关爱帮扶，查看留痕',
			'Sensitive: for care and relief alone; every look leaves a trace',
		],
		...{ basis: 'sensitive', kept: 'erasable' },
	},
	assignment: {
		fields: of('doorstep_assignments', 'household', 'cadre', 'starts_at', 'reason'),
		about: 'both',
		why: ['用于记载包联责任的变更', 'Who answered for a household, and since when'],
		...{ basis: 'duty', kept: 'stays' },
	},
	case_words: {
		fields: [...of('doorstep_cases', 'title', 'detail'), ...of('doorstep_case_steps', 'note')],
		about: 'both',
		why: ['用于办理和答复诉求，只写必要内容', 'To handle and answer the case; write what it needs, no more'],
		...{ basis: 'duty', kept: 'erasable' },
	},
	case_files: {
		fields: [
			...of('doorstep_case_steps', 'files'),
			...of('directus_files', 'doorstep_case', 'title', 'filename_download', 'uploaded_by'),
		],
		about: 'both',
		why: ['用作办理凭证', 'Proof of what was done'],
		...{ basis: 'duty', kept: 'erasable' },
	},
	case_matter: {
		fields: [
			...of('doorstep_cases', 'household', 'service', 'nature', 'source', 'happened_at'),
			...of('doorstep_case_steps', 'happened_at'),
		],
		about: 'household',
		why: ['用于办理诉求、分类汇总', 'To handle the case, and for figures by kind'],
		...{ basis: 'duty', kept: 'stays' },
	},
	case_answers: {
		fields: [
			...of('doorstep_cases', 'told'),
			...of('doorstep_case_steps', 'told', 'solved', 'satisfaction', 'channel'),
		],
		about: 'household',
		why: ['用于记载反馈、汇总满意情况', 'What the household answered, and figures of it'],
		...{ basis: 'duty', kept: 'stays' },
	},
	case_complaint: {
		fields: of('doorstep_cases', 'about_cadre'),
		about: 'official',
		why: ['用于督导组核查', 'For the supervision group to look into it'],
		...{ basis: 'duty', kept: 'stays' },
	},
	case_handling: {
		fields: [
			...of('doorstep_cases', 'cadre', 'holder'),
			...of('doorstep_case_steps', 'holder', 'actor', 'actor_name', 'at'),
			...of('doorstep_escalations', 'recipients'),
			...of('doorstep_escalations', 'acknowledged_at', 'acknowledged_by', 'acknowledged_by_name'),
			...of('doorstep_checks', 'drawn_by', 'drawn_by_name'),
		],
		about: 'official',
		why: ['用于明确由谁办理、谁已签收', 'Who acts, who acted, who acknowledged'],
		...{ basis: 'duty', kept: 'stays' },
	},
	case_timeliness: {
		fields: ['doorstep_cases', 'doorstep_case_steps'].flatMap((collection) =>
			of(
				collection,
				...['taken_at', 'decided_at', 'resolved_at', 'told_at', 'closed_at', 'breached_at', 'asked_hours'],
			),
		),
		about: 'official',
		why: ['用于核算办理时限', 'Whether it was done in time'],
		...{ basis: 'duty', kept: 'stays' },
	},
	official_card: {
		fields: of('doorstep_cadres', 'name', 'pinyin', 'post', 'phone', 'photo', 'posting', 'origin', 'village'),
		about: 'official',
		why: ['用于群众和同事联系干部', 'For households and colleagues to know and reach the official'],
		...{ basis: 'duty', kept: 'office' },
	},
	official_presence: {
		fields: of('doorstep_cadres', 'work_state', 'work_state_since', 'substitute', 'substitute_until'),
		about: 'official',
		why: ['用于公示去向、安排替岗', 'Whether to wait or to call, and who stands in'],
		...{ basis: 'duty', kept: 'office' },
	},
	official_secret: {
		fields: of('doorstep_cadres', 'card_token'),
		about: 'official',
		why: ['用作连心卡二维码的凭据', 'The secret behind the code on the liaison card'],
		...{ basis: 'duty', kept: 'office' },
	},
	official_post: {
		fields: [
			...of('doorstep_villages', 'leader', 'deputy', 'town_leader', 'data_clerk'),
			...of('doorstep_services', 'in_charge'),
		],
		about: 'official',
		why: ['用于明确岗位职责', 'Who holds which post'],
		...{ basis: 'duty', kept: 'office' },
	},
	account: {
		fields: [
			...of('doorstep_cadres', 'user'),
			...of('directus_users', 'first_name', 'last_name', 'email', 'password', 'language', 'last_access'),
		],
		about: 'official',
		why: ['用于登录系统', 'To log in'],
		...{ basis: 'duty', kept: 'office' },
	},
	notices: {
		fields: of('directus_notifications', 'recipient', 'sender', 'subject', 'message'),
		about: 'both',
		why: ['用于提醒须办理的人', 'To tell whoever has to act'],
		...{ basis: 'duty', kept: 'notice' },
	},
	mail: {
		fields: of('doorstep_outbox', 'recipient', 'subject', 'body'),
		about: 'both',
		why: ['用于发送邮件提醒', 'To send the notice as mail'],
		...{ basis: 'duty', kept: 'mail' },
	},
	traces: {
		fields: of('directus_activity', 'user', 'action', 'collection', 'item', 'timestamp', 'ip', 'user_agent'),
		about: 'official',
		why: ['用于追溯谁看过、改过什么', 'Who looked at or changed what'],
		...{ basis: 'log', kept: 'log' },
	},
	versions: {
		fields: of('directus_revisions', 'data', 'delta'),
		about: 'both',
		why: ['用于更正差错', 'What a row held before, to put errors right'],
		...{ basis: 'duty', kept: 'revisions' },
	},
};

/** Names of personal fields, each with the key of its row. */
export function personalFields(): Map<string, string> {
	return new Map(Object.entries(PERSONAL).flatMap(([row, { fields }]) => fields.map((name) => [name, row])));
}

/**
 * The key of the note that a personal field bears in the studio: its own, where a room has something to say about it, else its row's.
 *
 * @example noteKeyOf('doorstep_households.phone') // 'doorstep_personal_household_reach_note'
 */
export function noteKeyOf(field: string): string {
	const own = `${field.replace('.', '_')}_note`;
	return Object.hasOwn(ROOMS, own) ? own : `doorstep_personal_${personalFields().get(field) ?? ''}_note`;
}

/** All words of choices and notes that the package brings; the notes of personal fields say why they are kept, and by which law. */
export function shippedLabels(): Labels {
	const notes = [...personalFields()]
		.filter(([field]) => field.startsWith('doorstep_') || field === 'directus_files.doorstep_case')
		.filter(([field]) => !field.startsWith('doorstep_outbox.'))
		.map(([field, row]): [string, Pair] => {
			const key = noteKeyOf(field);
			return [key, noteOf(PERSONAL[row] as PersonalData, ROOMS[key])];
		});
	return { ...ROOMS, ...Object.fromEntries(notes) };
}

/** Purpose and legal basis, after what a room says of the field. */
function noteOf({ why, basis }: PersonalData, own: Pair | undefined): Pair {
	const [zh, en] = BASES[basis];
	return [
		`${own ? `${own[0]}；` : ''}${why[0]}（依据：${zh}）`,
		`${own ? `${own[1]}. ` : ''}${why[1]} (${en})`,
	];
}

function of(collection: string, ...fields: string[]): string[] {
	return fields.map((field) => `${collection}.${field}`);
}
