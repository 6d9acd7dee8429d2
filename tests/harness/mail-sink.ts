/** A mail server that keeps what it is sent, and can be told to refuse or to keep silent. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
	/** As the envelope says it: all that matters to a mail server. */
	to: string[];
	subject: string;
	text: string;
	/** The head as it came, unfolded. */
	head: string[];
}

export interface MailSink {
	/** What Directus has to be told to send its mail here. */
	env: Record<string, string>;
	/** Oldest first. */
	received: ReceivedMail[];
	/** How many mails were offered, whatever became of them. */
	offered: number;
	/** `silent`: takes a mail and never says whether it was accepted. */
	mood: 'accepting' | 'refusing' | 'silent';
	/** How long it thinks about each mail that it accepts. */
	delayMs: number;
	stop(): Promise<void>;
}

/**
 * @example
 * const sink = await startMailSink();
 * const township = await startProvisioned({ env: sink.env });
 */
export async function startMailSink(): Promise<MailSink> {
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData(stream, session, answer) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				sink.offered += 1;
				if (sink.mood === 'silent') return;
				if (sink.mood === 'refusing') {
					answer(Object.assign(new Error('Come back later'), { responseCode: 451 }));
					return;
				}
				const to = session.envelope.rcptTo.map(({ address }) => address);
				sink.received.push({ to, ...parsed(Buffer.concat(chunks).toString('latin1')) });
				setTimeout(answer, sink.delayMs);
			});
		},
	});
	// A client that is killed resets its connection.
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	const sink: MailSink = {
		env: {
			EMAIL_TRANSPORT: 'smtp',
			EMAIL_SMTP_HOST: '127.0.0.1',
			EMAIL_SMTP_PORT: String(port),
			EMAIL_SMTP_IGNORE_TLS: 'true',
		},
		received: [],
		offered: 0,
		mood: 'accepting',
		delayMs: 0,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
	return sink;
}

/** One part of plain text, as we send it. */
function parsed(raw: string): Omit<ReceivedMail, 'to'> {
	const end = raw.indexOf('\r\n\r\n');
	const head = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const of = (name: string): string =>
		head
			.find((line) => line.toLowerCase().startsWith(`${name}:`))
			?.slice(name.length + 1)
			.trim() ?? '';
	const body = raw.slice(end + 4);
	const encoding = of('content-transfer-encoding');
	const bytes =
		encoding === 'base64'
			? Buffer.from(body, 'base64')
			: encoding === 'quoted-printable'
				? unquoted(body.replace(/=\r\n/g, ''))
				: Buffer.from(body, 'latin1');
	return { head, subject: words(of('subject')), text: bytes.toString('utf8').replace(/\r\n/g, '\n').trim() };
}

/** `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; white space between two of them is none (RFC 2047). */
function words(text: string): string {
	return text
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, how: string, coded: string) =>
			(how.toLowerCase() === 'b'
				? Buffer.from(coded, 'base64')
				: unquoted(coded.replaceAll('_', ' '))
			).toString('utf8'),
		);
}

function unquoted(text: string): Buffer {
	return Buffer.from(
		text.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
		'latin1',
	);
}
