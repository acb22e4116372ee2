/** One connection to a real PostgreSQL. */
import type * as Postgres from 'pg';
import { DatabaseAway, ValidatorIncomplete } from '../errors.js';
import type { Answer, Database } from './Database.js';

const connectMs = 10_000;

export class Connection implements Database {
  private ending: Promise<void> | undefined;

  private constructor(private readonly client: Postgres.Client) {}

  /**
   * @param statementMs a statement that takes longer is ended by the server; 0 = none is
   * @throws {DatabaseAway} {@link ValidatorIncomplete}
   */
  public static async open(url: string, name: string, statementMs = 0): Promise<Connection> {
    const { Client } = await loadClient();
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      application_name: 'rollouts migrate validate',
    });
    // A server that dies in between fails the query that is under way, or the next; without a listener it would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      const reason = error instanceof AggregateError ? String(error.errors[0]) : String(error);
      throw new DatabaseAway(`${name} does not answer: ${reason.replace(/^Error: /, '')}.`, {
        next: 'Look whether the database runs and whether the address and the password are right.',
        cause: error,
      });
    }
    return new Connection(client);
  }

  public async query(sql: string): Promise<Answer> {
    const { rows, command, rowCount } = await this.client.query<Record<string, unknown>>(sql);
    const written = /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command) ? (rowCount ?? 0) : 0;
    return { rows, written };
  }

  /** What is under way fails; again is harmless. */
  public async close(): Promise<void> {
    this.ending ??= this.client.end();
    await this.ending;
  }
}

async function loadClient(): Promise<typeof Postgres> {
  try {
    return await import('pg');
  } catch (error) {
    throw new ValidatorIncomplete('The client for PostgreSQL is not installed.', {
      next: 'npm install --save-dev pg@^8, or give no address to try it on the embedded one.',
      cause: error,
    });
  }
}
