import { isDirectusError } from '@directus/errors';
import { expect, test } from 'vitest';
import { isUnavailable, readable } from '../../../extensions/platform/unavailable.js';

const coded = (code: string) => Object.assign(new Error('insert into "doorstep_cases" …'), { code });

test.each([
	['there is no room on PostgreSQL’s disk', coded('53100')],
	['it takes no more connections', coded('53300')],
	['it is being shut down', coded('57P01')],
	['it is starting', coded('57P03')],
	['it has become read-only', coded('25006')],
	['it lets nobody in', Object.assign(coded('XX000'), { severity: 'FATAL' })],
	['nobody listens', coded('ECONNREFUSED')],
	['SQLite’s disk is full', coded('SQLITE_FULL')],
	['SQLite cannot write', coded('SQLITE_IOERR')],
	['the connection broke', new Error('Connection terminated unexpectedly')],
	[
		'no connection is to be had',
		new Error('Knex: Timeout acquiring a connection. The pool is probably full.'),
	],
])('a database cannot be used when %s, and the refusal says so without its words', (_what, error) => {
	expect(isUnavailable(error)).toBe(true);
	const told = readable(error);
	expect(isDirectusError(told, 'DOORSTEP_DATABASE_UNAVAILABLE')).toBe(true);
	expect((told as Error).message).not.toContain(error.message);
});

test.each([
	['two transactions deadlock', coded('40P01')],
	['SQLite is busy', coded('SQLITE_BUSY')],
	['a key is taken', coded('23505')],
	['a value is missing', coded('SQLITE_CONSTRAINT')],
	['there is a mistake in our code', new TypeError('x is not a function')],
])('it can be used when %s: Directus tries again, or says it in its own way', (_what, error) => {
	expect(isUnavailable(error)).toBe(false);
	expect(readable(error)).toBe(error);
});
