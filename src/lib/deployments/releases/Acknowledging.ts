/** This process's part in a handover: it acknowledges, and keeps seeing whether the moment was set. */
import type { Logger } from '../../core/Logger.js';
import type { Presence } from '../../presence/Presence.js';
import { Unavailable } from '../../state/errors.js';
import type { HandingOver } from './HandingOver.js';
import type { ReleasesState } from './ReleasesState.js';
import type { Sight } from './Sight.js';

export interface AcknowledgingOptions {
  readonly own: string;
  readonly sight: Sight;
  readonly state: ReleasesState;
  readonly handingOver: HandingOver;
  readonly presence: Pick<Presence, 'say'>;
  readonly logger: Logger;
  readonly pause: (ms: number) => Promise<unknown>;
  /** A process is asked for acknowledgements only once it has begun. */
  readonly hasBegun: () => boolean;
}

/** While a handover is prepared, state is read this often. */
export const watchMs = 50;

export class Acknowledging {
  private watching: Promise<void> | undefined;
  private isClosed = false;

  public constructor(private readonly options: AcknowledgingOptions) {}

  /** After every change of the document. */
  public see(): void {
    if (this.options.sight.document?.handover) this.watching ??= this.watch();
  }

  public async close(): Promise<void> {
    this.isClosed = true;
    await this.watching;
  }

  private async watch(): Promise<void> {
    const { sight, logger, pause } = this.options;
    let acknowledged: string | undefined;
    let complaint: string | undefined;
    for (;;) {
      const handover = sight.document?.handover;
      if (!handover || this.isClosed) break;
      try {
        if (acknowledged !== handover.id && this.options.hasBegun()) {
          await this.options.presence.say({ prepared: handover.id });
          acknowledged = handover.id;
        }
        // The one that is to answer has the greatest interest; that the leader does the same is no harm.
        if (handover.to === this.options.own) await this.options.handingOver.advance();
        else await this.options.state.look();
        complaint = undefined;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        // Twenty looks a second: what stays as it is, is said once.
        if (!(error instanceof Unavailable) && why !== complaint)
          logger.error('A handover could not be followed.', error);
        complaint = why;
      }
      if (sight.document?.handover) await pause(watchMs);
    }
    this.watching = undefined;
  }
}
