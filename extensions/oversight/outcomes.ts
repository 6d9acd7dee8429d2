/** What may be said of a drawn case by hand: somebody still has to call, or nobody was reached. */
export const OPEN = ['pending', 'unreached'] as const;
/** What a step of the case says by itself, and nobody changes any more. */
export const SETTLED = ['verified', 'overtaken'] as const;
export type Settled = (typeof SETTLED)[number];
export const OUTCOMES = ['pending', 'verified', 'unreached', 'overtaken'] as const;
