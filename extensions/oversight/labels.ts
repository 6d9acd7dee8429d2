import type { Labels } from '../platform/words.js';

/** Words of choices and notes in the studio, by the key under which the snapshot names them (`$t:key`); administrators may reword them. */
export const OVERSIGHT_LABELS = {
	doorstep_checks_note: [
		'督导组随机抽取已反馈群众的事项，逐件电话回访',
		'The supervision group draws cases that households were told of, and calls them back one by one',
	],
	doorstep_checks_size_note: ['1 至 200 件', '1 to 200'],
	doorstep_checks_period_to_note: [
		'从这段时间内反馈群众的事项中随机抽取；对干部的反映不在其内',
		'Drawn at random from the cases whose household was told in these days, without complaints about cadres',
	],
	doorstep_checks_village_note: ['留空为全镇', 'Empty: the whole township'],
	doorstep_checks_ledger_note: ['留空为全部台账', 'Empty: all ledgers'],
	doorstep_checks_seed_note: [
		'抽取顺序由种子和事项编号决定：候选事项相同，抽出的就相同',
		'Seed and case numbers decide the order: the same candidates give the same list',
	],
	doorstep_checks_candidates_note: [
		'抽取时符合条件的事项件数；事项之后可能重新办理或撤回',
		'How many cases could be drawn then; some may have been taken up again or withdrawn since',
	],
	doorstep_checks_candidates_hash_note: [
		'候选事项编号排序后每行一个的 SHA-256；复核时用来核对候选事项是否相同',
		'SHA-256 over the sorted numbers of the candidates, one a line; shows whether a draw done again has the same candidates',
	],
	doorstep_check_callback: ['电话回访', 'Call back'],
	doorstep_check_cases_note: ['督查抽中的事项和回访情况', 'Cases drawn for a check, and what came of it'],
	doorstep_check_cases_outcome_note: [
		'未接通的在此登记，可多次；接通后在事项中填写“回访核实”，此处自动更新',
		'Enter here that nobody was reached, as often as it happens; who was reached is entered in the case as "Verify", which shows here by itself',
	],
	doorstep_outcome_pending: ['待回访', 'To be called'],
	doorstep_outcome_verified: ['已核实', 'Verified'],
	doorstep_outcome_unreached: ['电话未接通', 'Not reached'],
	doorstep_outcome_overtaken: ['已重新办理', 'Taken up again'],
} as const satisfies Labels;
