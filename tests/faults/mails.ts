/** What mail has to hold after any fault: at least one for each notice, and none of what is not there. */
import type { Knex } from 'knex';
import { expect } from 'vitest';
import { rowsOf } from '../../extensions/platform/dialect.js';
import type { ReceivedMail } from '../harness/mail-sink.js';
import { raisedRungs, sweepNotices } from './ladder.js';

const SHOWN = 5;
/** As a notice names a rung in Chinese, which is what everybody in a world reads. */
const RUNG = /【([^】]+)】(\d{4}-\d{6}) /g;

/** As if a quarter of an hour had gone by for those that a killed process was sending. */
export async function sendWhatWasInHand(knex: Knex): Promise<void> {
	await knex.raw('update doorstep_outbox set next_try_at = created_at where next_try_at is not null');
}

export async function expectHonestMail(knex: Knex, received: readonly ReceivedMail[]): Promise<void> {
	const letters = await rowsOf<{ key: string; body: string; sent_at: unknown }>(
		knex,
		'select key, body, sent_at from doorstep_outbox',
	);
	const users = await rowsOf<{ id: string; email: string }>(
		knex,
		'select id, email from directus_users where email_notifications',
	);
	const addresses = new Map(users.map(({ id, email }) => [id, email]));
	const notices = await sweepNotices(knex);
	const sent = new Set(letters.flatMap(({ key, sent_at }) => (sent_at === null ? [] : [key])));
	const wanted = notices.filter(({ recipient }) => addresses.has(recipient));
	const bodies = new Map<string, Set<string>>();
	for (const { recipient, message } of wanted) {
		const address = addresses.get(recipient) ?? '';
		bodies.set(address, (bodies.get(address) ?? new Set()).add(message.trim()));
	}
	const rungs = new Set((await raisedRungs(knex)).map(({ name, number }) => `${name} ${number}`));

	const said = received.map(({ to, text }) => ({
		to: to[0] ?? '',
		body: text.split('\n\n登录系统查看：')[0] ?? '',
	}));
	const arrived = new Set(said.map(({ to, body }) => `${to} ${body}`));
	const wrong = {
		unsent: wanted.filter(({ id }) => !sent.has(`notification/${id}`)),
		not_arrived: wanted.filter(
			({ recipient, message }) => !arrived.has(`${addresses.get(recipient) ?? ''} ${message.trim()}`),
		),
		of_no_notice: said.filter(({ to, body }) => bodies.get(to)?.has(body) !== true),
		of_no_rung: said.flatMap(({ body }) =>
			[...body.matchAll(RUNG)].filter(([, name, number]) => !rungs.has(`${name ?? ''} ${number ?? ''}`)),
		),
	};
	expect(
		Object.fromEntries(Object.entries(wrong).map(([what, rows]) => [what, rows.slice(0, SHOWN)])),
	).toEqual({ unsent: [], not_arrived: [], of_no_notice: [], of_no_rung: [] });
	expect(received.length).toBeGreaterThan(0);
}
