/** An id that no other client makes, so that something sent twice is stored once; also where the page has no secure origin. */
export function newClientId(): string {
	return [...crypto.getRandomValues(new Uint8Array(16))]
		.map((byte) => byte.toString(16).padStart(2, '0'))
		.join('');
}
