import type { FigureName, FigureRow, Dimension } from '../figures.js';

/** What is asked besides which figures: whose and when. */
export type Params = Readonly<Record<string, string>>;

/** `GET /doorstep/figures`, as one panel asks it. */
export interface Wanted {
	figures: readonly FigureName[];
	by: readonly Dimension[];
	params: Params;
}

export interface Asking {
	/** The answer to a question; the same question that is under way already is not sent twice. */
	get: <T>(path: string, params: Params) => Promise<T>;
	/** Figures told apart; panels that ask at the same moment for the same rows share one request. */
	figures: (wanted: Wanted) => Promise<FigureRow[]>;
}

type Send = (path: string, params: Params) => Promise<unknown>;

/** Panels of one page ask at the same time: so long questions wait for more of their kind. */
const TOGETHER_MS = 30;

/**
 * Asks for all panels of a page, with as few requests as they need.
 *
 * @param send one request; what it rejects with reaches every panel that waits for it
 */
export function createAsking(send: Send): Asking {
	const underWay = new Map<string, Promise<unknown>>();
	const waiting = new Map<string, { figures: Set<FigureName>; answer: Promise<FigureRow[]> }>();

	const get = async <T>(path: string, params: Params): Promise<T> => {
		const key = keyOf(path, params);
		const answer = underWay.get(key) ?? send(path, params);
		underWay.set(key, answer);
		try {
			return (await answer) as T;
		} finally {
			underWay.delete(key);
		}
	};

	const figures = ({ figures: names, by, params }: Wanted): Promise<FigureRow[]> => {
		const key = keyOf(by.join(), params);
		const joined = waiting.get(key);
		if (joined !== undefined) {
			for (const name of names) joined.figures.add(name);
			return joined.answer;
		}
		const asked = new Set(names);
		const answer = new Promise<void>((done) => setTimeout(done, TOGETHER_MS)).then(() => {
			waiting.delete(key);
			return get<FigureRow[]>('/doorstep/figures', { ...params, by: by.join(), figures: [...asked].join() });
		});
		waiting.set(key, { figures: asked, answer });
		return answer;
	};

	return { get, figures };
}

function keyOf(path: string, params: Params): string {
	return `${path}?${Object.entries(params)
		.sort(([one], [other]) => one.localeCompare(other))
		.map((pair) => pair.join('='))
		.join('&')}`;
}
