import type { Labels } from '../platform/words.js';

/** Words of choices and notes in the studio, by the key under which the snapshot names them (`$t:key`); administrators may reword them. */
export const COVERAGE_LABELS = {
	doorstep_interface_household: ['农牧户查找', 'Household'],
	doorstep_interface_official: ['干部查找', 'Official'],
	doorstep_interface_account: ['登录账号', 'Log-in'],
	doorstep_villages_note: [
		'嘎查村及其驻村工作队：队长、副队长、包片领导',
		'Villages and their work teams: leader, deputy, leader of the area',
	],
	doorstep_villages_leader_note: [
		'超过时限的催办通知发给队长',
		'Receives the reminder when a deadline passes',
	],
	doorstep_villages_deputy_note: [
		'无人承办的事项自动转给副队长；队长外出时代行职责',
		'Holds what nobody holds, and acts while the leader is away',
	],
	doorstep_villages_town_leader_note: ['督办通知发给包片领导', 'Receives the second reminder'],
	doorstep_villages_data_clerk_note: [
		'维护本嘎查村的社和农牧户信息，另需授予“嘎查村信息员”权限',
		'Keeps the hamlets and households of this village; needs the policy of a village data clerk too',
	],
	doorstep_hamlets_note: [
		'嘎查村下的社，农牧户归属到社',
		'Hamlets of a village; each household belongs to one',
	],
	doorstep_cadres_note: [
		'镇、旗、市选派干部和村干部；驻村干部包联农牧户',
		'Officials; those posted to villages answer for households',
	],
	doorstep_posting_field: ['驻村', 'In a village'],
	doorstep_posting_office: ['机关值守', 'At the office'],
	doorstep_origin_town: ['镇干部', 'Town'],
	doorstep_origin_banner: ['旗选派', 'Banner'],
	doorstep_origin_city: ['市选派', 'City'],
	doorstep_origin_village: ['村干部', 'Village'],
	doorstep_cadres_user_note: [
		'没有账号或账号停用的干部不能承办事项',
		'An official without an active user cannot hold cases',
	],
	doorstep_work_state_in_village: ['下乡', 'In a village'],
	doorstep_work_state_on_duty: ['在岗', 'On duty'],
	doorstep_work_state_training: ['培训', 'Training'],
	doorstep_work_state_meeting: ['开会', 'Meeting'],
	doorstep_cadres_substitute_note: [
		'短期外出时由其代为办理，不改变包联关系',
		'Acts during a short absence; households stay where they are',
	],
	doorstep_cadres_substitute_until_note: ['到时自动失效', 'Ends by itself'],
	doorstep_households_note: ['每户必有且只有一名包户干部', 'Every household has exactly one cadre'],
	doorstep_cadres_pinyin_note: ['由系统生成，用于拼音查找', 'Made by the system, for finding by pinyin'],
	doorstep_households_pinyin_note: ['由系统生成，用于拼音查找', 'Made by the system, for finding by pinyin'],
	doorstep_pinyin_note: ['由系统生成，用于拼音查找', 'Made by the system, for finding by pinyin'],
	doorstep_kind_resident: ['常住户', 'Resident'],
	doorstep_kind_away: ['外出户', 'Away'],
	doorstep_households_cadre_note: [
		'改为另一名干部即完成交接，在办事项一并移交',
		'Changing it hands the household over, with its open cases',
	],
	doorstep_interface_erase: ['删除个人信息', 'Erase personal data'],
	doorstep_households_erased_at_note: [
		'已依法删除个人信息；户号、包联关系和办理数据保留，用于统计和核查',
		'Personal data have been erased; code, cadre and figures stay',
	],
	doorstep_erased_reason_purpose_achieved: [
		'处理目的已实现、无法实现或者不再必要',
		'The purpose is achieved, impossible or no longer needed',
	],
	doorstep_erased_reason_retention_expired: [
		'停止提供服务或保存期限届满',
		'The service or the time of keeping has ended',
	],
	doorstep_erased_reason_consent_withdrawn: ['本人撤回同意', 'Consent was withdrawn'],
	doorstep_erased_reason_unlawful: ['违反法律、行政法规或约定处理', 'Handled against law or agreement'],
	doorstep_erased_reason_other_law: ['法律、行政法规规定的其他情形', 'Another case named by law'],
	doorstep_special_elderly_alone: ['独居老人', 'Older person living alone'],
	doorstep_special_disabled: ['残疾人', 'Disabled person'],
	doorstep_special_children: ['困境儿童', 'Child in difficulty'],
	doorstep_special_serious_illness: ['重病患者', 'Seriously ill person'],
	doorstep_special_minimum_living: ['低保对象', 'Minimum-living allowance'],
	doorstep_special_extreme_poverty: ['特困供养', 'Extreme-poverty support'],
	doorstep_special_monitored: ['监测对象', 'Monitored against falling into poverty'],
	doorstep_assignments_note: [
		'包户干部的变更历史，由系统自动记录',
		'Who answered for a household from when; written by the database',
	],
	doorstep_departments_note: ['镇外协同办理的单位', 'Units outside the town that have to answer'],
	doorstep_department_level_banner: ['旗级', 'Banner'],
	doorstep_department_level_city: ['市级', 'City'],
	doorstep_department_level_other: ['其他', 'Other'],
} as const satisfies Labels;
