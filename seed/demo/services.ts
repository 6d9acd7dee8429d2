import { fixedId } from '../../extensions/platform/ids.js';
import { departmentName, departmentPhone, type DepartmentKey } from './places.js';
import { landline } from './phones.js';
import { FARM_SERVICES } from './services-farm.js';
import { PEOPLE_SERVICES } from './services-people.js';
import type { ServiceRow } from './rows.js';

/** Which of the town leaders has a subject in charge (分管领导), by number. */
export const SUBJECTS = { people: 0, farm: 1, law: 2, works: 3 } as const;
export type Subject = keyof typeof SUBJECTS;

/** One service as a township official would write it down; `services` makes rows of it. */
export interface ServiceText {
	code: string;
	name: string;
	category: string;
	subject: Subject;
	ledger: ServiceRow['ledger'];
	proxy: ServiceRow['proxy'];
	/** Who decides; null where the town itself does. */
	department: DepartmentKey | null;
	department_limit: string | null;
	statutory_limit?: string;
	conditions: string;
	papers: readonly string[];
	procedure: readonly string[];
	place?: string;
	fee?: string;
	in_handbook?: false;
}

/** F3: the hours that bind the cadre who runs an errand. */
const ERRAND_HOURS = 24;
const CENTRE = '青禾镇便民服务中心';
const CENTRE_PHONE = landline(100);
const HOURS = '工作日 8:30—12:00、14:30—17:30';

/** @param inCharge the cadre in charge of each subject, by its number; the last one has all that are left */
export function services(inCharge: readonly string[]): ServiceRow[] {
	return [...PEOPLE_SERVICES, ...FARM_SERVICES].map((text) => ({
		id: serviceId(text.code),
		code: text.code,
		name: text.name,
		category: text.category,
		ledger: text.ledger,
		limit_hours: text.ledger === 'proxy' ? ERRAND_HOURS : null,
		limit_days: null,
		calendar: 'clock',
		department_limit: text.department_limit,
		statutory_limit: text.statutory_limit ?? null,
		papers: text.papers.join('\n'),
		conditions: text.conditions,
		procedure: text.procedure.map((line, index) => `${index + 1}. ${line}`).join('\n'),
		place: `${text.place ?? (text.department === null ? CENTRE : departmentName(text.department))}；${HOURS}`,
		fee: text.fee ?? '不收费。包户干部代办也不收费。',
		contact: text.department === null ? CENTRE_PHONE : departmentPhone(text.department),
		proxy: text.proxy,
		in_charge: inCharge[Math.min(SUBJECTS[text.subject], inCharge.length - 1)] ?? null,
		in_handbook: text.in_handbook ?? true,
	}));
}

function serviceId(code: string): string {
	return fixedId(`demo:service:${code}`);
}
