/** A PostgreSQL inside of this process, which stands for the database where none can be reached. */
import type * as Engine from '@electric-sql/pglite';
import { ScriptFailed, ValidatorIncomplete } from '../errors.js';
import type { Answer, Database, Workbench } from './Database.js';
import { parseScript } from './parse.js';

type PGlite = InstanceType<typeof Engine.PGlite>;

/** SQL that makes the database as it is before the migration. */
export interface Base {
  readonly file: string;
  readonly sql: string;
}

/** @throws {ScriptFailed} where a base cannot be applied. {@link ValidatorIncomplete} */
export async function openEmbedded(bases: readonly Base[]): Promise<Workbench> {
  const { PGlite } = await loadEngine();
  const original = await PGlite.create();
  const opened = [original];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((engine) => engine.close()));
  };
  try {
    for (const base of bases) await apply(original, base);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind: 'embedded',
    name: bases.length === 0 ? 'an empty embedded PostgreSQL' : 'an embedded PostgreSQL',
    backUpAndCopy: async () => {
      const backup = await original.dumpDataDir('none');
      const copy = await PGlite.create({ loadDataDir: backup });
      opened.push(copy);
      return { copy: new EmbeddedDatabase(copy), bytes: backup.size, file: undefined };
    },
    inTheWayOf: () => Promise.resolve([]),
    close,
  };
}

class EmbeddedDatabase implements Database {
  public constructor(private readonly engine: PGlite) {}

  public async query(sql: string): Promise<Answer> {
    const { rows, affectedRows = 0 } = await this.engine.query<Record<string, unknown>>(sql);
    return { rows, written: affectedRows };
  }
}

/** pg_dump writes `\restrict` and `\connect`, which are psql's and no SQL. */
async function apply(engine: PGlite, { file, sql }: Base): Promise<void> {
  const plain = sql.replaceAll(/^\\.*$/gm, '');
  const { statements } = await parseScript(plain, file);
  const copied = statements.find(({ kind, node }) => kind === 'CopyStmt' && node['is_from'] === true);
  if (copied !== undefined)
    throw new ScriptFailed(`${file}:${copied.line}: COPY is not read here.`, {
      next: 'Dump with pg_dump --inserts --no-owner --no-privileges.',
    });
  try {
    await engine.exec(plain);
    // pg_dump's output empties the search path for the rest of the session.
    await engine.exec('reset all');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ScriptFailed(`${file} cannot be applied to an empty database: ${message}.`, {
      next: 'Dump with pg_dump --inserts --no-owner --no-privileges, or try it on a real database.',
      cause: error,
    });
  }
}

async function loadEngine(): Promise<typeof Engine> {
  try {
    return await import('@electric-sql/pglite');
  } catch (error) {
    throw new ValidatorIncomplete('The embedded PostgreSQL is not installed.', {
      next: 'npm install --save-dev @electric-sql/pglite@^0.5, or try it on a real database: DATABASE_URL.',
      cause: error,
    });
  }
}
