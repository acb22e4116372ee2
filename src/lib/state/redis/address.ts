/** Understands REDIS_URL: one server, a Sentinel group, or a cluster. */
import { BadRedisUrl } from '../errors.js';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

interface Access {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
}

export type RedisAddress =
  | ({ readonly kind: 'single'; readonly node: HostPort; readonly database: number } & Access)
  /** `nodes` are the sentinels; the password is the master's, and theirs too unless `?sentinelPassword=` says otherwise. */
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly HostPort[];
      readonly master: string;
      readonly database: number;
      readonly sentinelPassword: string | undefined;
    } & Access)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly HostPort[] } & Access);

const form =
  /^(?<scheme>redis|rediss|redis\+sentinel|rediss\+sentinel):\/\/(?:(?<user>[^:@/]*)(?::(?<pass>[^@/]*))?@)?(?<hosts>[^/?]*)(?:\/(?<path>[^?]*))?(?:\?(?<query>.*))?$/;

/**
 * `redis[s]://[[user]:pass@]host[:port][/db]` ·
 * `redis[s]+sentinel://[[user]:pass@]host[:port],host[:port]/master[/db][?sentinelPassword=…]` ·
 * `redis[s]://[[user]:pass@]host[:port],[redis[s]://]host[:port],…` (a cluster).
 *
 * @throws {BadRedisUrl} whose message never shows the password.
 */
export function parseRedisUrl(url: string): RedisAddress {
  const [first, ...others] = url.trim().split(/,(?=rediss?:\/\/)/);
  const match = form.exec(first ?? '');
  if (!match?.groups) throw bad('It begins with redis://, rediss:// or redis+sentinel://.');
  const { scheme = '', user, pass, hosts = '', path = '', query } = match.groups;
  const access: Access = {
    username: user ? decode(user) : undefined,
    password: pass ? decode(pass) : undefined,
    tls: scheme.startsWith('rediss'),
  };
  const isSentinel = scheme.endsWith('+sentinel');
  const nodes = hosts.split(',').map((host) => hostPort(host, isSentinel ? 26379 : 6379));
  if (isSentinel) {
    const [master = '', database] = path.split('/');
    if (master === '') throw bad('After the sentinels comes "/" and the master\'s name.');
    const sentinelPassword = new URLSearchParams(query).get('sentinelPassword') ?? access.password;
    return {
      kind: 'sentinel',
      nodes,
      master: decode(master),
      database: databaseOf(database),
      sentinelPassword,
      ...access,
    };
  }
  const more = others.map((other) =>
    hostPort(other.replace(/^rediss?:\/\/(?:[^@/]*@)?/, '').replace(/\/.*$/, ''), 6379),
  );
  const all = [...nodes, ...more];
  if (all.length > 1) return { kind: 'cluster', nodes: all, ...access };
  return {
    kind: 'single',
    node: nodes[0] ?? hostPort('', 6379),
    database: databaseOf(path || undefined),
    ...access,
  };
}

function hostPort(text: string, defaultPort: number): HostPort {
  const match = /^(\[[\da-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const port = Number(match?.[2] ?? defaultPort);
  if (match?.[1] === undefined || port < 1 || port > 65_535)
    throw bad('A host is written as host or host:port.');
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function databaseOf(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^\d{1,3}$/.test(text)) throw bad('The database is a number.');
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad('User, password and master are percent-encoded.');
  }
}

function bad(why: string): BadRedisUrl {
  return new BadRedisUrl(`REDIS_URL is not understood. ${why}`, {
    next: 'Write redis://host:6379, redis+sentinel://host:26379,host:26379/mymaster, or redis://host:7000,host:7001 for a cluster.',
  });
}
