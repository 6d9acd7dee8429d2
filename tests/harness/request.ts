/** One error as Directus writes it. */
interface Refusal {
	message: string;
	extensions: { code: string } & Record<string, unknown>;
}

/** What came back, refusals included: tests of refusals read `status` and `errors`, they catch nothing. */
export interface Answer<T> {
	status: number;
	headers: Headers;
	/** `data` of a JSON answer; undefined on a refusal, and where the answer is no such JSON. */
	data: T | undefined;
	/** Empty unless the answer is a refusal. */
	errors: Refusal[];
	/** The body as it came: PDF, HTML, or the text of the JSON. */
	raw: Buffer;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'SEARCH';

/** Somebody who talks to one Directus: an administrator, an official, or a passer-by without a token. */
export interface Client {
	url: string;
	/** Null for a passer-by. */
	token: string | null;
	/** Sends JSON, or FormData as it is. Throws only if nothing answers. */
	request<T = unknown>(
		method: Method,
		path: string,
		body?: unknown,
		headers?: HeadersInit,
	): Promise<Answer<T>>;
	/** For the steps before the one that is tested: gives `data`, throws on any refusal. */
	ok<T = unknown>(method: Method, path: string, body?: unknown, headers?: HeadersInit): Promise<T>;
}

/**
 * A client of one Directus.
 *
 * @example (await wang.request('PATCH', '/items/doorstep_cases/1', { status: 'closed' })).errors[0]?.extensions.code
 */
export function clientOf(url: string, token: string | null = null, patienceMs = 60_000): Client {
	const request = <T>(method: Method, path: string, body?: unknown, headers?: HeadersInit) =>
		send<T>(new URL(path, url), method, token, body, headers, patienceMs);

	return {
		url,
		token,
		request,
		async ok<T>(method: Method, path: string, body?: unknown, headers?: HeadersInit) {
			const answer = await request<T>(method, path, body, headers);
			if (answer.status >= 400 || answer.errors.length > 0) {
				throw new Error(`${method} ${path} was refused with ${answer.status}: ${answer.raw.toString()}`);
			}
			return answer.data as T;
		},
	};
}

/** A client that is logged in; a wrong password throws. */
export async function logIn(url: string, email: string, password: string): Promise<Client> {
	const log = clientOf(url);
	const { access_token } = await log.ok<{ access_token: string }>('POST', '/auth/login', { email, password });
	return clientOf(url, access_token);
}

async function send<T>(
	url: URL,
	method: Method,
	token: string | null,
	body: unknown,
	extra: HeadersInit | undefined,
	patienceMs: number,
): Promise<Answer<T>> {
	const headers = new Headers(extra);
	if (token !== null) headers.set('authorization', `Bearer ${token}`);
	const isForm = body instanceof FormData;
	if (body !== undefined && !isForm) headers.set('content-type', 'application/json');

	const response = await fetch(url, {
		method,
		headers,
		redirect: 'manual',
		signal: AbortSignal.timeout(patienceMs),
		...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
	});
	const raw = Buffer.from(await response.arrayBuffer());
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	const parsed = (isJson ? JSON.parse(raw.toString()) : {}) as { data?: T; errors?: Refusal[] };
	return {
		status: response.status,
		headers: response.headers,
		data: parsed.data,
		errors: parsed.errors ?? [],
		raw,
	};
}
