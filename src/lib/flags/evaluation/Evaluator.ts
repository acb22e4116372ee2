import type { FlagHandle, GuildView } from '../FlagsRoom.js';
import type { ReplicaWatcher } from '../FlagsReplica.js';
import type { World } from '../world.js';
import { decide } from './decide.js';

export class Evaluator implements ReplicaWatcher {
  private readonly handles = new Map<string, FlagHandle>();
  private counts = new Map<string, number>();

  public constructor(private readonly world: () => World) {}

  public moved(): void {}

  public reloaded(): void {}

  public isEnabled(flag: string, guildId: string | null, fallback: boolean): boolean {
    this.counts.set(flag, (this.counts.get(flag) ?? 0) + 1);
    return decide(this.world(), flag, guildId, fallback).value;
  }

  /** Without counting it as a use. */
  public isOn(flag: string, guildId: string): boolean {
    return decide(this.world(), flag, guildId).value;
  }

  public forGuild(guildId: string | null): GuildView {
    return {
      guildId,
      isEnabled: (flag, fallback = false) => this.isEnabled(flag, guildId, fallback),
      isOn: ({ key }) => this.isEnabled(key, guildId, false),
    };
  }

  public handle(key: string): FlagHandle {
    let handle = this.handles.get(key);
    if (handle === undefined) this.handles.set(key, (handle = { key, index: this.handles.size }));
    return handle;
  }

  /** Evaluations by flag since the last call. */
  public takeCounts(): ReadonlyMap<string, number> {
    const counts = this.counts;
    this.counts = new Map();
    return counts;
  }
}
