import type { Told } from '../../../../../src/lib/alerts/wording/told.js';

/** What people wrote, in the place of this word: as it is, very long, or meant to harm. */
export type Say = (word: string) => string;

/** By the template's name: cards of every way that it can end. */
export type Examples = Readonly<Record<string, (say: Say) => readonly (Told | null)[]>>;

/** A person: drawn as a mention, which calls nobody. */
export const admin = { id: '424242424242424242', name: 'admin' };
/** Something that is no person has the name that it was given. */
export const program = (say: Say) => ({ id: 'system:ci', name: say('GitHub') });
