/** Why the server did not do what somebody asked for, in the words that it gave. */
export interface Refused {
	/** Stable; ours begin with `DOORSTEP_`. Without one the server was not reached. */
	code: string | null;
	message: string;
	/** The field at fault. */
	field: string | null;
}

/** What Directus's answer to a failed request says (the first of its errors). */
export function refusedOf(error: unknown): Refused {
	const answer = (error as { response?: { data?: { errors?: DirectusFault[] } } }).response?.data;
	const fault = answer?.errors?.[0];
	if (fault === undefined) {
		return { code: null, message: error instanceof Error ? error.message : String(error), field: null };
	}
	return {
		code: fault.extensions?.code ?? null,
		message: fault.message ?? '',
		field: fault.extensions?.field ?? null,
	};
}

interface DirectusFault {
	message?: string;
	extensions?: { code?: string; field?: string | null };
}
