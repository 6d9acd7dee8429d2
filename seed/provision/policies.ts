import type { Policy } from '../../extensions/platform/hats.js';

/** Name, icon and description of each hat as an administrator sees them when giving it to somebody. */
export const POLICY_TEXTS: Readonly<Record<Policy, { name: string; icon: string; description: string }>> = {
	administrator: {
		name: '农事户办 · 系统管理员 Administrator',
		icon: 'verified_user',
		description: '配置全部规则、人员和数据。Sets everything up.',
	},
	cadre: {
		name: '农事户办 · 包户干部 Cadre',
		icon: 'badge',
		description:
			'办理自己包联户、替岗户和承办的事项；看敏感信息另需附加授权。Handles the cases of own households, as substitute and as holder; sensitive information is a policy of its own.',
	},
	team_leader: {
		name: '农事户办 · 驻村工作队队长 Team leader',
		icon: 'groups',
		description: '队长和副队长：本嘎查村的全部事项。Leader and deputy: all cases of their village.',
	},
	town_leader: {
		name: '农事户办 · 镇领导 Town leader',
		icon: 'account_balance',
		description: '包片领导和分管领导：全镇事项。Leaders by area and by subject: all cases of the town.',
	},
	supervisor: {
		name: '农事户办 · 督导组成员 Supervisor',
		icon: 'policy',
		description:
			'回访核实全镇事项；办理对干部的反映；不看敏感信息。Verifies all cases and handles complaints; no sensitive household fields.',
	},
	data_clerk: {
		name: '农事户办 · 信息员 Data clerk',
		icon: 'edit_note',
		description:
			'镇级信息员：维护全镇嘎查村、社和农牧户信息；不看敏感信息，不办理事项。The town’s clerk: keeps villages, hamlets and households up to date; no sensitive information, no cases.',
	},
	village_clerk: {
		name: '农事户办 · 嘎查村信息员 Village data clerk',
		icon: 'edit_location_alt',
		description:
			'在嘎查村“信息员”一栏中指定：只维护本嘎查村的社和农牧户信息。Named as a village’s data clerk: keeps the hamlets and households of that village alone.',
	},
	printer: {
		name: '农事户办 · 文印员 Printer',
		icon: 'print',
		description:
			'查看干部和服务事项，用于印制；不看农牧户和事项。Sees officials and services, for printing; no household, no case.',
	},
	sensitive_information: {
		name: '农事户办 · 敏感信息 Sensitive information',
		icon: 'shield_person',
		description:
			'附加授权：包户干部、替岗干部可看、可改所负责农牧户的重点关爱群体、致困原因和帮扶措施；每次查看留痕。Given beside a hat: opens special groups, reasons and measures of relief of the households that somebody answers for; every look leaves a trace.',
	},
	sensitive_villages: {
		name: '农事户办 · 嘎查村敏感信息 Sensitive information of a village',
		icon: 'shield_person',
		description:
			'附加授权：队长、副队长、包片领导可看本嘎查村农牧户的重点关爱群体、致困原因和帮扶措施；同时包户的，两项都授予；每次查看留痕。Given beside a hat: opens the same of all households of the villages that somebody leads or is town leader of; who holds households too gets both; every look leaves a trace.',
	},
};
