/** Whose an event is, for this process: at once where it knows, else as soon as it does. */
import type { Clock } from '../../core/Clock.js';
import type { Logger } from '../../core/Logger.js';
import type { Presence } from '../../presence/Presence.js';
import type { ReleasesState } from './ReleasesState.js';
import type { Sight } from './Sight.js';

export interface DecidingOptions {
  readonly own: string;
  readonly sight: Sight;
  readonly state: ReleasesState;
  readonly presence: Pick<Presence, 'say' | 'heardAt'>;
  readonly realTime: Clock;
  readonly logger: Logger;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** How long an event waits for this process to know whose it is; Discord waits 3 s for the answer. */
const holdMs = 1_500;
/** Others stop waiting for a process after 30 s of silence: one that was not heard for this long looks before it answers. */
const outOfTouchMs = 20_000;

export class Deciding {
  /** From its first look on. */
  public isOpen = false;
  private looking: Promise<void> | undefined;

  public constructor(private readonly options: DecidingOptions) {}

  public answers(at: number, shard?: string): boolean {
    const { sight, own } = this.options;
    // Where nothing was ever known, there is nobody to hand over to: a bot that answers is better than none.
    return sight.document === undefined || sight.ownerAt(at, shard) === own;
  }

  public decide(at: number, shard?: string): boolean | Promise<boolean> {
    return this.isSure(at) ? this.answers(at, shard) : this.hold(at, shard);
  }

  private isSure(at: number): boolean {
    return this.isOpen && this.options.sight.canTell(at) && !this.isOutOfTouch;
  }

  private get isOutOfTouch(): boolean {
    const { presence, sight, realTime } = this.options;
    if (presence.heardAt === undefined || !sight.isReachable) return false;
    return realTime.now() - presence.heardAt > outOfTouchMs;
  }

  private async hold(at: number, shard?: string): Promise<boolean> {
    const { pause, sight } = this.options;
    let isLate = false;
    const late = pause(holdMs).then(() => {
      isLate = true;
    });
    if (this.isOpen && this.isOutOfTouch) this.looking ??= this.look();
    while (!isLate && !this.isSure(at)) await Promise.race([sight.moved(), late]);
    return this.answers(at, shard);
  }

  private async look(): Promise<void> {
    const { presence, state, logger } = this.options;
    try {
      await presence.say({});
      await state.look();
    } catch (error) {
      logger.debug('Looking before answering failed; going by what was known last.', error);
    } finally {
      this.looking = undefined;
    }
  }
}
