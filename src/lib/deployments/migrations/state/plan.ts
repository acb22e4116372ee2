/** Which documents a migration moves, and to what; nothing is changed by asking. */
import { isDeepStrictEqual } from 'node:util';
import {
  namespaces,
  type DocumentBody,
  type LoadedState,
  type Namespace,
  type StoredDocument,
} from '../../../state/Store.js';
import { StateMigrationFailed } from '../errors.js';
import { newestSchema } from './newestSchema.js';
import { requireWhole, type StateMigration } from './StateMigration.js';

export interface Move {
  readonly ns: Namespace;
  readonly key: string;
  /** The version at which it was read. */
  readonly v: number;
  readonly before: DocumentBody;
  readonly next: DocumentBody;
}

/**
 * @param target the last migration that is to hold; those after it are taken back
 * @throws {BadMigrations} {@link StateMigrationFailed} with the document that cannot be moved
 */
export function planMoves(
  migrations: readonly StateMigration[],
  { documents }: Pick<LoadedState, 'documents'>,
  target: number,
): readonly Move[] {
  requireWhole(migrations);
  if (!Number.isSafeInteger(target) || target < 0 || target > migrations.length)
    throw new StateMigrationFailed(`There is no migration ${target}.`, {
      next: `Name one from 0 (none of them) to ${migrations.length} (all of them).`,
    });
  return namespaces.flatMap((ns) =>
    [...documents[ns]].flatMap(([key, document]) => {
      const before = bodyOf(document);
      const next = moved(migrations, ns, key, before, target);
      return next === before ? [] : [{ ns, key, v: document.v, before, next }];
    }),
  );
}

/** Moves whose way back does not lead to where they began, as sentences. */
export function unfaithful(migrations: readonly StateMigration[], moves: readonly Move[]): readonly string[] {
  return moves.flatMap(({ ns, key, before, next }) => {
    const back = reach(migrations, ns, key, next, before.schema);
    return isDeepStrictEqual(back, before) ? [] : [`${ns}:${key} is not what it was after up and down`];
  });
}

function moved(
  migrations: readonly StateMigration[],
  ns: Namespace,
  key: string,
  body: DocumentBody,
  target: number,
): DocumentBody {
  const newest = newestSchema(migrations, ns, key);
  if (body.schema > newest)
    throw new StateMigrationFailed(
      `${ns}:${key} is of schema ${body.schema}, and this release knows no more than ${newest}.`,
      { next: 'Take the migration back with the newer release, or deploy that one again.' },
    );
  return reach(migrations, ns, key, body, newestSchema(migrations, ns, key, target));
}

function reach(
  migrations: readonly StateMigration[],
  ns: Namespace,
  key: string,
  body: DocumentBody,
  schema: number,
): DocumentBody {
  const own = migrations.filter((one) => one.ns === ns && (one.isOf?.(key) ?? true));
  let at = body;
  while (at.schema !== schema) {
    const isUp = at.schema < schema;
    const from = isUp ? at.schema : at.schema - 1;
    const step = own.find((one) => one.from === from);
    if (step === undefined)
      throw new StateMigrationFailed(`No migration takes ${ns}:${key} from schema ${at.schema} on.`);
    at = applied(step, isUp, at, key);
  }
  return at;
}

function applied(step: StateMigration, isUp: boolean, body: DocumentBody, key: string): DocumentBody {
  const schema = isUp ? step.from + 1 : step.from;
  // A migration that writes into what it was given would change what it is compared with.
  const given = structuredClone(body);
  try {
    return JSON.parse(
      JSON.stringify({ ...(isUp ? step.up(given, key) : step.down(given, key)), schema }),
    ) as DocumentBody;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StateMigrationFailed(
      `Migration ${step.id} (${step.title}) cannot ${isUp ? 'take' : 'bring back'} ${step.ns}:${key}: ${why}`,
      { next: 'Nothing was changed. Correct the migration, or mend the document, and try again.', cause },
    );
  }
}

function bodyOf({ v: _v, ...body }: StoredDocument): DocumentBody {
  return body;
}
