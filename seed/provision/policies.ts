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
			'办理自己包联户、替岗户和承办的事项。Handles the cases of own households, as substitute and as holder.',
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
		description: '维护嘎查村、社和农牧户信息。Keeps villages, hamlets and households up to date.',
	},
	printer: {
		name: '农事户办 · 文印员 Printer',
		icon: 'print',
		description: '查看干部和服务事项，用于印制。Sees officials and services, for printing.',
	},
};
