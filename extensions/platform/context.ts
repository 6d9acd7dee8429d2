import type { ApiExtensionContext } from '@directus/types';
import type { Knex } from 'knex';

/** Who asks, as Directus knows it; null where Directus itself or a Flow asks with full rights. */
export interface Accountability {
	user: string | null;
	admin: boolean;
	role: string | null;
	roles: string[];
	app: boolean;
	ip: string | null;
	/** Of a request, where its client tells. */
	userAgent?: string | null;
	origin?: string | null;
}

/** A Directus schema overview; we hand it on and never look inside. */
export type SchemaOverview = Awaited<ReturnType<ApiExtensionContext['getSchema']>>;

/** What a filter gets beside its payload. */
export interface EventContext {
	/** Inside a create this is the transaction; always use it, for on SQLite the root connection would wait for ever. */
	database: Knex;
	schema: SchemaOverview | null;
	accountability: Accountability | null;
}

interface ServiceOptions {
	knex?: Knex;
	schema: SchemaOverview;
	accountability?: Partial<Accountability> | null;
}

interface ItemsServiceLike {
	readOne(key: string, query?: { fields?: string[] }): Promise<Record<string, unknown>>;
	readByQuery(query: Record<string, unknown>): Promise<Record<string, unknown>[]>;
	createMany(rows: object[], options?: object): Promise<unknown[]>;
	updateOne(key: string | number, row: object, options?: object): Promise<unknown>;
	upsertSingleton(row: object, options?: object): Promise<unknown>;
	readSingleton(query: Record<string, unknown>): Promise<Record<string, unknown>>;
}

interface FilesServiceLike {
	/** Rows and then contents; throws where the storage does. */
	deleteMany(keys: readonly string[]): Promise<unknown>;
}

interface PermissionsServiceLike extends ItemsServiceLike {
	/** What the caller may do with one row, by row rules alone; a row that is missing is one that nobody may touch. */
	getItemPermissions(
		collection: string,
		key: string,
	): Promise<Record<'update' | 'delete' | 'share', { access: boolean }>>;
}

interface UtilsServiceLike {
	clearCache(what: { system: boolean }): Promise<void>;
}

interface SchemaServiceLike {
	snapshot(): Promise<object>;
	getHashedSnapshot(snapshot: object): { hash: string };
	apply(payload: { hash: string; diff: object }): Promise<void>;
}

/** A mail in plain text. The address stands by itself, so that a comma in it does not make two. */
export interface Mail {
	to: { name: string; address: string };
	subject: string;
	text: string;
}

interface MailServiceLike {
	/** Throws what the mail server answers. */
	send(mail: Mail): Promise<unknown>;
}

/** The services of Directus that we use; Directus types them as `any`. */
export interface Services {
	ItemsService: new (collection: string, options: ServiceOptions) => ItemsServiceLike;
	PoliciesService: new (options: ServiceOptions) => ItemsServiceLike;
	PermissionsService: new (options: ServiceOptions) => PermissionsServiceLike;
	TranslationsService: new (options: ServiceOptions) => ItemsServiceLike;
	FilesService: new (options: ServiceOptions) => FilesServiceLike;
	UtilsService: new (options: ServiceOptions) => UtilsServiceLike;
	MailService: new (options: ServiceOptions) => MailServiceLike;
	SchemaService: new (options: { knex?: Knex; accountability: { admin: true } }) => SchemaServiceLike;
}

/** What Directus hands to hooks and endpoints, with types where Directus has none. */
export interface Platform {
	database: Knex;
	services: Services;
	env: Record<string, unknown>;
	logger: ApiExtensionContext['logger'];
	getSchema: ApiExtensionContext['getSchema'];
}

export function platformOf(context: ApiExtensionContext): Platform {
	return {
		database: context.database,
		services: context.services as unknown as Services,
		env: context.env as Record<string, unknown>,
		logger: context.logger,
		getSchema: context.getSchema,
	};
}
