import type { Labels } from './words.js';

/** What stands in a mail besides the notification. */
export const MAIL_WORDS = {
	link: ['登录系统查看：{url}', 'Open it in the studio: {url}'],
	footer: [
		'本邮件由农事户办系统自动发送，请勿直接回复。',
		'This mail was sent by Doorstep. Please do not answer it.',
	],
} as const satisfies Labels;
