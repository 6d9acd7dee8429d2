/** Every way of reading by REST. The same questions for everybody: what an administrator gets says that they are good ones. */
import type { Method } from '../harness/request.js';
import { fieldsOf, pathOf, type Model } from './model.js';
import type { Row } from './rows.js';

export interface Ask {
	/** What is tried, for the message of a failure. */
	way: string;
	collection: string;
	method: Method;
	path: string;
	body?: unknown;
}

const FORMATS = ['csv', 'json', 'xml', 'yaml'];
/** In every form; the others in one. */
const EXPORTED = ['doorstep_cases', 'doorstep_households', 'directus_files'];
const DATES = ['timestamp', 'dateTime', 'date'];

/** Questions to one collection as a whole. */
export function asksOf(model: Model, collection: string): Ask[] {
	const path = pathOf(collection);
	const ask = (way: string, query: string): Ask => ({
		way,
		collection,
		method: 'GET',
		path: `${path}?limit=-1&${query}`,
	});
	const searched: Ask = {
		way: 'SEARCH',
		collection,
		method: 'SEARCH',
		path,
		body: { query: { limit: -1, fields: ['*'] } },
	};
	const to = (field: string) => model.ways.find((way) => way.from === collection && way.field === field);
	const lists = fieldsOf(model, collection).filter((field) => to(field)?.many === true);
	const dates = model.fields.filter((each) => each.collection === collection && DATES.includes(each.type));
	return [
		ask('list', 'fields=*'),
		ask('nested', 'fields=*.*.*'),
		ask('search', 'search=qz'),
		...(collection === 'directus_settings' ? [] : [searched]),
		...(EXPORTED.includes(collection) ? FORMATS : ['csv']).map((format) =>
			ask(`export ${format}`, `fields=*&export=${format}`),
		),
		...lists.flatMap((field) => [
			ask(`count of ${field}`, `fields=id,count(${field})`),
			ask(`nested ${field}`, `fields=id,${field}.*&deep[${field}][_limit]=-1`),
		]),
		...dates
			.slice(0, 1)
			.map(({ field }) =>
				ask(`group by year of ${field}`, `groupBy[]=id&groupBy[]=year(${field})&aggregate[count]=*`),
			),
	];
}

/** Questions to one field. */
export function asksOfField(collection: string, field: string): Ask[] {
	const path = pathOf(collection);
	const ask = (way: string, query: string): Ask => ({
		...{ way: `${way} ${field}`, collection, method: 'GET' },
		path: `${path}?limit=-1&${query}`,
	});
	return [
		ask('group by', `groupBy[]=${field}&aggregate[countDistinct]=${field}`),
		ask('alias of', `alias[other]=${field}&fields=id,other&sort=-${field}&offset=0`),
	];
}

/** One row by its id; a file's content too, in every form. */
export function asksOfRow({ collection, id }: Row): Ask[] {
	const asks: Ask[] = [
		{ way: 'by id', collection, method: 'GET', path: `${pathOf(collection)}/${id}?fields=*` },
	];
	if (collection !== 'directus_files') return asks;
	return [
		...asks,
		{ ...asks[0]!, way: 'transformed', path: `/assets/${id}/name.txt?key=system-small-cover&download` },
	];
}

/** For the routes that take one; the others take nothing. */
const NEW_RUNG = { ledger: 'proxy', rung: 9, delay: 9999, unit: 'minutes' };

/** What concerns no single collection: routes of ours, archives, revisions. */
export function otherAsks(rows: readonly Row[]): Ask[] {
	const ids = (collection: string) => rows.filter((row) => row.collection === collection).map(({ id }) => id);
	const cases = ids('doorstep_cases');
	const get = (path: string, collection = 'doorstep_cases'): Ask => ({
		way: path.split('?')[0]!,
		collection,
		method: 'GET',
		path,
	});
	return [
		get(`/doorstep/cases/possible?ids=${cases.join(',')}`),
		...['overview', 'figures?figures=open_cases&by=village,level', 'deadlines?limit=200'].map((route) =>
			get(`/doorstep/${route}`),
		),
		...['health', 'waiting', 'audit'].map((route) => get(`/doorstep/${route}`)),
		...['sweep', 'provision', 'ladder/what-if', 'calendar/2027'].map((route): Ask => ({
			...get(`/doorstep/${route}`),
			method: 'POST',
			body: NEW_RUNG,
		})),
		get(`/revisions?limit=-1&fields=*&filter[item][_in]=${cases.join(',')}`, 'directus_revisions'),
		...[
			'/users/me?fields=*',
			'/roles/me',
			'/policies/me/globals',
			'/permissions/me',
			'/server/info',
			'/server/specs/oas',
		].map((path) => get(path)),
		...ids('directus_files').map((id) => get(`/assets/${id}`, 'directus_files')),
		{ ...get('/assets/files', 'directus_files'), method: 'POST', body: { ids: ids('directus_files') } },
	];
}
