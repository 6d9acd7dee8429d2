import type { Labels } from '../words.js';

/** Words of the type-ahead; what is looked for is named by whoever uses it. */
export const PICK_WORDS = {
	change: ['重选', 'Change'],
	nothing: ['未选择', 'Nothing chosen'],
	waiting: ['正在查找…', 'Searching…'],
	reading: ['正在读取…', 'Loading…'],
	found: ['{count} 条，可用上下键选择', '{count} found; choose with the arrow keys'],
	none: ['没有找到“{text}”', 'Nothing found for “{text}”'],
	none_at_all: ['没有可选的记录', 'There is nothing to choose from'],
	more_exist: [
		'只列出前 {count} 条，请继续输入以缩小范围',
		'Only the first {count}; type on to narrow it down',
	],
	failed: ['查找失败：{why}', 'The search failed: {why}'],
	not_read: ['读取失败：{why}', 'Could not be loaded: {why}'],
	unseen: ['已选，但您看不到这条记录', 'Chosen, but you cannot see it'],
	again: ['重试', 'Try again'],
} as const satisfies Labels;
