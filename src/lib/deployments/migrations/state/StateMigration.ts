/** How documents of the bot's own state go from one schema to the next, and back. */
import type { DocumentBody, Namespace } from '../../../state/Store.js';
import { BadMigrations } from '../errors.js';

export interface StateMigration {
  /** 1, 2, 3 …, in the order in which they are applied; never used twice, never left out. */
  readonly id: number;
  /** For people: what changes. */
  readonly title: string;
  readonly ns: Namespace;
  /** Which documents of the namespace; several kinds share `settings`, told apart by their key. @default all of them */
  isOf?(key: string): boolean;
  /** The `schema` of the documents that it takes; what it makes has the next. */
  readonly from: number;
  /** Pure: the same document in the next schema. `schema` is set for it. */
  up(body: DocumentBody, key: string): DocumentBody;
  /** The exact opposite: `down(up(body))` equals `body`. What the older schema has no place for must be kept in some field. */
  down(body: DocumentBody, key: string): DocumentBody;
}

/** @throws {BadMigrations} where numbers are missing or out of order, or a schema is reached by nothing */
export function requireWhole(migrations: readonly StateMigration[]): void {
  for (const [index, { id, ns, from, title }] of migrations.entries()) {
    if (id !== index + 1)
      throw new BadMigrations(`Migration ${id} (${title}) stands where number ${index + 1} should.`, {
        next: 'Number them 1, 2, 3 … in the order in which they are applied.',
      });
    const reaches = (other: StateMigration): boolean => other.ns === ns && other.from === from - 1;
    if (from !== 1 && !migrations.slice(0, index).some(reaches))
      throw new BadMigrations(
        `Migration ${id} (${title}) takes ${ns} of schema ${from}, which nothing makes.`,
        {
          next: `Add the one from schema ${from - 1} before it.`,
        },
      );
  }
}
