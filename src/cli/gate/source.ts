/** What the gate says about the source, and to whom. */
import type { Environment } from '../../config/environment.js';
import { ownRelease } from '../../config/ownRelease.js';
import { RolloutError } from '../../lib/core/RolloutError.js';
import { ProgramFailed } from '../../lib/deployments/drivers/errors.js';
import { run } from '../../lib/deployments/drivers/run.js';

/** Something that the gate needs was not said. */
export class NotSaid extends RolloutError {
  public readonly code = 'NOT_SAID';
}

export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

/**
 * Undefined where nobody is to be told.
 *
 * @throws NotSaid where one half of it is missing
 */
export function receiverOf(environment: Environment, post: string | true | undefined): Receiver | undefined {
  const url = (typeof post === 'string' ? post : environment['ROLLOUTS_URL'])?.trim() ?? '';
  const secret = environment['DEPLOYMENT_WEBHOOK_SECRET']?.trim() ?? '';
  if (url === '') {
    if (post === undefined) return undefined;
    throw new NotSaid('Nothing says where the bot is.', {
      next: 'Give its address with --post https://…, or set ROLLOUTS_URL.',
    });
  }
  if (secret !== '') return { url, secret };
  throw new NotSaid(`The result cannot be signed for ${url}: there is no DEPLOYMENT_WEBHOOK_SECRET.`, {
    next: 'Set it to the value that the bot has, or leave out --post and ROLLOUTS_URL to run the gate without telling the bot.',
  });
}

/** @throws NotSaid */
export function releaseOf(environment: Environment, asked: string | undefined, folder: string): string {
  const named = asked?.trim() || environment['RELEASE']?.trim() || undefined;
  const release = named ?? ownRelease({ program: undefined, directory: folder });
  if (release !== 'unknown' && release.length <= 100) return release;
  throw new NotSaid('Nothing says which release this is.', {
    next: 'Name it with --release 1.4.0, or set RELEASE; else the version in package.json is taken.',
  });
}

const gitMs = 5_000;

/** Of the source; null where this is no repository. */
export async function commitOf(environment: Environment, folder: string): Promise<string | null> {
  const named = environment['GITHUB_SHA']?.trim() || environment['CI_COMMIT_SHA']?.trim();
  if (named !== undefined && named !== '') return named.slice(0, 100);
  try {
    const { stdout } = await run(['git', 'rev-parse', 'HEAD'], {
      signal: AbortSignal.timeout(gitMs),
      cwd: folder,
    });
    return /^[0-9a-f]{40,64}$/.exec(stdout.trim())?.[0] ?? null;
  } catch (error) {
    // No git, or no repository: the result is as good without.
    if (error instanceof ProgramFailed) return null;
    throw error;
  }
}
