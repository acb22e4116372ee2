/** Which schema this release writes a document in, and which documents are beyond what it knows. */
import { namespaces, type LoadedState, type Namespace } from '../../../state/Store.js';
import type { StateMigration } from './StateMigration.js';

/** @param upTo the last migration that is to hold @default all of them */
export function newestSchema(
  migrations: readonly StateMigration[],
  ns: Namespace,
  key: string,
  upTo = migrations.length,
): number {
  if (migrations.length === 0) return 1;
  const own = migrations.filter((one) => one.id <= upTo && one.ns === ns && (one.isOf?.(key) ?? true));
  return Math.max(1, ...own.map(({ from }) => from + 1));
}

export interface BeyondUs {
  readonly ns: Namespace;
  readonly key: string;
  readonly schema: number;
}

/** Documents that a newer release wrote: this one knows nothing of them, and leaves them alone. */
export function beyondUs(
  migrations: readonly StateMigration[],
  { documents }: Pick<LoadedState, 'documents'>,
): readonly BeyondUs[] {
  return namespaces.flatMap((ns) =>
    [...documents[ns]].flatMap(([key, { schema }]) =>
      schema > newestSchema(migrations, ns, key) ? [{ ns, key, schema }] : [],
    ),
  );
}

/** Whether every document is of the schema that this release writes. */
export function isOfOneForm(
  migrations: readonly StateMigration[],
  documents: LoadedState['documents'],
): boolean {
  return namespaces.every((ns) => {
    for (const [key, { schema }] of documents[ns])
      if (schema !== newestSchema(migrations, ns, key)) return false;
    return true;
  });
}
