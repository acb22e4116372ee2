/** Gates that run in this process, each with what it has come to: for the card of the version's deployment. */
import type { GateTick } from '../gate/GateInBot.js';
import { plainVersion } from './plainVersion.js';

/** One run, told by whoever runs it. */
export interface GateWatch {
  /** What there is so far, in order. */
  tell(ticks: readonly GateTick[]): void;
  /** It is over, however it ended: what it found stands in the deployment's document from now on. */
  end(): void;
}

export class GateRuns {
  private readonly told = new Map<string, { readonly by: GateWatch; readonly ticks: readonly GateTick[] }>();

  public follow(release: string, environment: string): GateWatch {
    const key = keyOf(release, environment);
    const watch: GateWatch = {
      tell: (ticks) => void this.told.set(key, { by: watch, ticks }),
      // A run that was refused, since another one is under way, takes nothing from that one.
      end: () => void (this.told.get(key)?.by === watch && this.told.delete(key)),
    };
    return watch;
  }

  public of(version: string, environment: string): readonly GateTick[] {
    return this.told.get(keyOf(version, environment))?.ticks ?? [];
  }
}

const keyOf = (version: string, environment: string): string => `${environment} ${plainVersion(version)}`;
