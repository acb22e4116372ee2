/** A flags room on a real embedded store, for tests: guilds, a clock that stands, and short words for long questions. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FlagChange } from '../../../src/lib/flags/changes.js';
import { type FlagsOptions, FlagsService, type GuildFacts } from '../../../src/lib/flags/FlagsService.js';
import type { ChangeOutcome } from '../../../src/lib/flags/results.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Store } from '../../../src/lib/state/Store.js';

/** 3 May 2026, noon. */
export const today = Date.UTC(2026, 4, 3, 12);
export const ada = { id: '100000000000000001', name: 'Ada' };
export const grace = { id: '100000000000000002', name: 'Grace' };

/** Snowflakes of 18 digits. */
export function guildId(number: number): string {
  return (200_000_000_000_000_000n + BigInt(number) * 7_919n).toString();
}

export function guildsNamed(amount: number): readonly GuildFacts[] {
  return Array.from({ length: amount }, (_, at) => ({
    id: guildId(at),
    name: `Guild ${at}`,
    members: 10 + at,
    joinedAt: today - at,
  }));
}

export class Room {
  public now = today;

  private constructor(
    public readonly store: Store,
    public readonly flags: FlagsService,
    public readonly directory: string,
  ) {}

  public static async open(
    options: {
      guilds?: readonly GuildFacts[];
      wrap?: (store: Store) => Store;
      dataDir?: string;
    } & Partial<FlagsOptions> = {},
  ): Promise<Room> {
    const { guilds = guildsNamed(40), wrap = (store: Store) => store, dataDir, ...rest } = options;
    const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'flags-')));
    const store = await openStore({ dataDir: directory, prefix: 'test' });
    const clock = { now: () => room.now };
    const flags = new FlagsService({ store: wrap(store), clock, servesFlags: true, ...rest });
    const room: Room = new Room(store, flags, directory);
    const following = await store.follow(flags.follower);
    await flags.directory.serve({ shards: [0], count: 1, guilds: () => guilds });
    onTestFinished(async () => {
      flags.close();
      await following.close();
      await store.close();
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
    });
    return room;
  }

  /** Makes the change as Ada, confirming whatever is asked. */
  public async do(change: FlagChange, by = ada): Promise<ChangeOutcome> {
    const outcome = await this.flags.change({ change, by });
    return outcome.status === 'confirm'
      ? this.flags.change({ change, by, confirmed: outcome.proposal })
      : outcome;
  }

  public async done(change: FlagChange, by = ada): Promise<ChangeOutcome & { status: 'done' }> {
    const outcome = await this.do(change, by);
    if (outcome.status !== 'done') throw new Error(`expected done, got ${outcome.status}`);
    return outcome;
  }

  public async create(...flags: readonly string[]): Promise<void> {
    for (const flag of flags) await this.done({ do: 'create', flag, facts: {} });
  }

  /** The guilds for which it is on. */
  public on(flag: string): readonly string[] {
    return this.flags.directory.all.map(({ id }) => id).filter((id) => this.flags.isEnabled(flag, id));
  }

  public async outbox(): Promise<
    readonly { readonly kind: string; readonly to?: unknown; readonly card: { title: string } }[]
  > {
    return (await this.store.outbox.pending(1_000)).map(({ body }) => body as never);
  }
}
