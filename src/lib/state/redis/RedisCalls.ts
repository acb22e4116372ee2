/** Calls to Redis with a deadline, whose every failure is one of `errors.ts`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ClientClosedError, ClientOfflineError, ErrorReply } from '@redis/client';
import { RolloutError } from '../../core/RolloutError.js';
import { withDeadline } from '../deadline.js';
import { Unavailable } from '../errors.js';
import type { RedisLink } from './RedisLink.js';

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Reads `<name>.lua` beside this file. */
export function script(name: string): Script {
  const text = readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** What is known of a call that failed on its way: a read changed nothing, a write may still land. */
export type Kind = 'read' | 'write';

export class RedisCalls {
  public constructor(
    public readonly link: RedisLink,
    private readonly deadlineMs: number,
    /** Called when a call fails because the server is away. */
    private readonly onFailure: () => void,
  ) {}

  /** One command; `args[1]` need not be the key that says which server it goes to, so that is given apart. */
  public async command(kind: Kind, key: string, args: readonly string[]): Promise<unknown> {
    return this.guard(kind, () => this.link.send(key, args));
  }

  public async run(
    kind: Kind,
    { text, sha }: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
    deadlineMs = this.deadlineMs,
  ): Promise<unknown> {
    const first = keys[0] ?? '';
    const rest = [String(keys.length), ...keys, ...args.map(String)];
    return this.guard(
      kind,
      async () => {
        try {
          return await this.link.send(first, ['EVALSHA', sha, ...rest]);
        } catch (error) {
          if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
          return await this.link.send(first, ['EVAL', text, ...rest]);
        }
      },
      deadlineMs,
    );
  }

  /** @throws {Unavailable} */
  public async guard<T>(kind: Kind, call: () => Promise<T>, deadlineMs = this.deadlineMs): Promise<T> {
    if (!this.link.isReady) throw new Unavailable('There is no connection to Redis.', 'none');
    const outcome = kind === 'read' ? 'none' : 'unknown';
    try {
      return await withDeadline(call(), deadlineMs, outcome);
    } catch (error) {
      const translated = translate(error, outcome);
      if (translated instanceof Unavailable) this.onFailure();
      throw translated;
    }
  }
}

function translate(error: unknown, outcome: 'none' | 'unknown'): unknown {
  if (error instanceof RolloutError || error instanceof TypeError) return error;
  if (error instanceof ClientOfflineError || error instanceof ClientClosedError)
    return new Unavailable('There is no connection to Redis.', 'none', { cause: error });
  // Redis answered, so it did not do it: full, read-only, loading, no quorum, wrong password.
  if (error instanceof ErrorReply)
    return new Unavailable(`Redis refuses: ${error.message.slice(0, 200)}`, 'none', { cause: error });
  return new Unavailable('The connection to Redis broke.', outcome, { cause: error });
}
