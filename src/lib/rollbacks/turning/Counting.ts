/** Counts who had it on, where that would have held up the press. */
import { setImmediate } from 'node:timers/promises';
import { countAffected } from '../affected.js';
import type { RollbackCommits } from '../acting/RollbackCommits.js';
import type { FlagsForRollbacks } from '../acting/TakingBack.js';
import { hadItBefore } from '../whoHasIt.js';
import { type Again, keeper, type Look } from './Look.js';

export class Counting {
  public constructor(
    private readonly options: {
      readonly flags: Pick<FlagsForRollbacks, 'world' | 'directory'>;
      readonly commits: RollbackCommits;
    },
  ) {}

  public async look({ document: before, fence }: Look): Promise<Again> {
    const { flags, commits } = this.options;
    const hadIt = hadItBefore(flags.world, before);
    const pause = async (): Promise<void> => setImmediate(undefined);
    const { sample, ...affected } = await countAffected(flags.directory.all, hadIt, pause);
    const document = { ...before, affected, sample, isCounted: true };
    await commits.write({ before, document, by: keeper, fence });
    return 0;
  }
}
