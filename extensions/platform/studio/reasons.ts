import type { Labels } from '../words.js';
import type { Refused } from './refused.js';
import { useWords } from './words.js';

const WORDS = {
	unreached: [
		'连接不上服务器，请检查网络后重试。',
		'The server cannot be reached. Check the connection and try again.',
	],
} as const satisfies Labels;

/**
 * Why something was not done, for people: in the server's words, or that it was not reached, which a browser would say in English and
 * for developers; to be called in a component's set-up.
 */
export function useReasons(): (refused: Refused) => string {
	const { say } = useWords(WORDS);
	return (refused) => reasonFor(refused, say('unreached'));
}

/** @param unreached what is said where the server did not answer */
export function reasonFor({ code, message }: Refused, unreached: string): string {
	return code === null || message === '' ? unreached : message;
}
