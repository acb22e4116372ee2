/** A database's address for PostgreSQL's programs: the password goes by the environment, where no list of processes shows it. */
import { DatabaseAway } from '../errors.js';

export interface Address {
  /** For people: `app at db.internal`. */
  readonly name: string;
  readonly database: string;
  /** The same server, another database; with the password. */
  readonly urlOf: (database: string) => string;
  /** For `--dbname`, without the password. */
  readonly openUrl: (database: string) => string;
  /** For the programs' environment. */
  readonly secret: Readonly<Record<string, string>>;
}

/** @throws {DatabaseAway} where it is no address of a PostgreSQL */
export function addressOf(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || database === '')
    throw new DatabaseAway('The database url is none of a PostgreSQL with the name of a database.', {
      next: 'Write it as postgresql://user:password@host:5432/name.',
    });
  const at = (name: string, withPassword: boolean): string => {
    const other = new URL(url);
    other.pathname = `/${encodeURIComponent(name)}`;
    if (!withPassword) other.password = '';
    return other.href;
  };
  const secret: Readonly<Record<string, string>> =
    url.password === '' ? {} : { PGPASSWORD: decodeURIComponent(url.password) };
  return {
    name: `${database} at ${url.hostname || 'this machine'}`,
    database,
    urlOf: (name) => at(name, true),
    openUrl: (name) => at(name, false),
    secret,
  };
}
