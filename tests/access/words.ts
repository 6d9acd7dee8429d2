import type { Policy } from '../../extensions/platform/hats.js';
import type { Word } from './table.js';
import { CAST, STANDING_IN, type Asker, type Name } from './people.js';
import { teamOf, type Place } from './places.js';

/** What a row is to people: everything that a word of the table can ask about. */
export interface Facts {
	/** Answers for the household. */
	answers?: Name;
	holder?: Name;
	/** Whom a complaint is about. */
	about?: Name;
	inCharge?: Name;
	place?: Place;
	/** Whose account, notice, comment, preset, trace. */
	owner?: Asker['name'];
	/** Of a file that no step has given to a case. */
	uploader?: Asker['name'];
	/** Of a file in the folder of officials' photos. */
	photo?: true;
	/** To whom an escalation was sent. */
	told?: readonly string[];
	/** Belongs to a case. */
	ofCase?: true;
	everybodys?: true;
	/** Of a dashboard that came with a hat. */
	shippedTo?: Policy;
}

/** Whether a word of the table, said of this person, stands for a row. Words are explained in expected.md. */
const COVERS: Record<Word, (me: Asker, facts: Facts) => boolean> = {
	own: ({ name }, { answers, owner }) => answers === name || owner === name,
	'in place': ({ name }, { answers, holder }) => {
		const other = STANDING_IN[name];
		return other !== undefined && (answers === other || holder === other);
	},
	held: ({ name }, { holder }) => holder === name,
	village: ({ name }, { place }) =>
		place !== undefined && [teamOf(place).leader, teamOf(place).deputy].some((each) => each === name),
	leaderless: ({ name }, { place }) =>
		place !== undefined && teamOf(place).leader === undefined && teamOf(place).deputy === name,
	area: ({ name }, { place }) => place !== undefined && teamOf(place).townLeader === name,
	subject: ({ name }, { inCharge }) => inCharge === name,
	kept: ({ name }, { place }) => place !== undefined && teamOf(place).clerk === name,
	town: (_me, { ofCase }) => ofCase === true,
	complaints: () => false,
	told: ({ user }, { told }) => told?.includes(user) ?? false,
	uploaded: ({ name }, { uploader }) => uploader === name,
	photos: (_me, { photo }) => photo === true,
	readable: () => false,
	'everybody’s': (_me, { everybodys }) => everybodys === true,
	shipped: ({ name }, { shippedTo }) => name !== 'visitor' && CAST[name][0].some((hat) => hat === shippedTo),
	all: () => true,
};

/** Whether one of these words opens the row to this person; a complaint is opened by `complaints` alone. */
export function covers(words: ReadonlySet<Word>, me: Asker, facts: Facts): boolean {
	if (facts.about === me.name) return false;
	if (facts.about !== undefined)
		return words.has('complaints') || (words.has('told') && (facts.told?.includes(me.user) ?? false));
	return [...words].some((word) => COVERS[word]?.(me, facts) ?? false);
}
