import {
	guarded,
	guardedFromAfar,
	guardedOverRelations,
	type ProtectedFields,
} from '../platform/protected.js';
import { SENSITIVE_FIELDS } from './sensitive.js';

/** What nobody may guess by filters, orders, groups or figures (L1). */
export const PROTECTED: readonly ProtectedFields[] = [
	guarded('doorstep_households', SENSITIVE_FIELDS),
	// Whoever holds a case of a household elsewhere is told how to reach it, and no more of its file.
	guardedOverRelations('doorstep_households', ['people']),
	// Who an account is, is everybody's to know; how somebody logs in is not.
	guardedFromAfar('directus_users', ['id']),
];
