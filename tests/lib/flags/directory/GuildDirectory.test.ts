import { describe, expect, it } from 'vitest';
import type { GuildFacts } from '../../../../src/lib/flags/FlagsRoom.js';
import { GuildDirectory } from '../../../../src/lib/flags/directory/GuildDirectory.js';
import { shardOf, type ShardSet } from '../../../../src/lib/flags/directory/union.js';
import type { Blobs, OwnedBlob } from '../../../../src/lib/state/Store.js';

class MemoryBlobs implements Blobs {
  public readonly blobs = new Map<string, { at: number; blob: Uint8Array }>();
  private time = 0;
  public async get(owner: string): Promise<OwnedBlob | undefined> {
    const kept = this.blobs.get(owner);
    return kept && { owner, ...kept };
  }
  public async put(owner: string, blob: Uint8Array): Promise<void> {
    this.blobs.set(owner, { at: ++this.time, blob });
  }
  public async all(): Promise<readonly { owner: string; at: number; blob: Uint8Array }[]> {
    return [...this.blobs].map(([owner, { at, blob }]) => ({ owner, at, blob }));
  }
  public async remove(owner: string): Promise<void> {
    this.blobs.delete(owner);
  }
}

const names = [
  'Rollout HQ',
  'Café Zürich',
  'Zebra',
  'The Zebra Club',
  'Azebra',
  'Zebrafish',
  'Night Owls',
  'Night Owls',
];
const everyGuild: readonly GuildFacts[] = names.map((name, at) => ({
  id: (BigInt(at + 1) << 22n).toString(),
  name,
  members: 100 - at,
  joinedAt: 0,
}));

async function serving(blobs: Blobs, set: ShardSet, guilds = everyGuild, now = 0): Promise<GuildDirectory> {
  const directory = new GuildDirectory(blobs, { now: () => now });
  const own = guilds.filter(({ id }) => set.shards.includes(shardOf(id, set.count)));
  await directory.serve({ ...set, guilds: () => own });
  return directory;
}

describe('the guild directory', () => {
  it('is the union of processes that serve different guilds', async () => {
    const blobs = new MemoryBlobs();
    const one = await serving(blobs, { shards: [0], count: 2 });
    const other = await serving(blobs, { shards: [1], count: 2 });
    expect(one.all.length).toBeLessThan(names.length);
    await one.refresh();
    for (const directory of [one, other]) {
      expect(directory.all.map(({ name }) => name).sort()).toEqual([...names].sort());
    }
  });

  it('follows a change of the shard count once the new processes cover all shards', async () => {
    const blobs = new MemoryBlobs();
    await serving(blobs, { shards: [0], count: 1 });
    const fewer = everyGuild.slice(1);
    const one = await serving(blobs, { shards: [0], count: 2 }, fewer);
    expect(one.all).toHaveLength(names.length);
    await serving(blobs, { shards: [1], count: 2 }, fewer);
    await one.refresh();
    expect(one.all).toHaveLength(names.length - 1);
  });

  it('forgets a guild that was left, but knows its name for a month, restarts included', async () => {
    const blobs = new MemoryBlobs();
    const set = { shards: [0], count: 1 };
    await serving(blobs, set);
    const [gone] = everyGuild;
    const later = await serving(blobs, set, everyGuild.slice(1), 1_000);
    expect(later.guild(gone?.id ?? '')).toBeUndefined();
    expect(later.known(gone?.id ?? '')?.name).toBe('Rollout HQ');
    const muchLater = await serving(blobs, set, everyGuild.slice(1), 31 * 86_400_000);
    expect(muchLater.known(gone?.id ?? '')).toBeUndefined();
  });

  it('passes over blobs that are none of ours, and names them', async () => {
    const blobs = new MemoryBlobs();
    await blobs.put('1/2', new TextEncoder().encode('garbage'));
    await blobs.put('someone', new Uint8Array());
    const directory = await serving(blobs, { shards: [0], count: 1 });
    expect(directory.all).toHaveLength(names.length);
    expect([...directory.unreadable].sort()).toEqual(['1/2', 'someone']);
  });

  it('finds the best match first: exact, prefix, word, inside, misspelt', async () => {
    const directory = await serving(new MemoryBlobs(), { shards: [0], count: 1 });
    const found = (typed: string): readonly string[] => directory.search(typed, 25).map(({ name }) => name);
    expect(found('zebra')).toEqual(['Zebra', 'Zebrafish', 'The Zebra Club', 'Azebra']);
    expect(found('zurich')).toEqual(['Café Zürich']);
    expect(found('Rolout')).toEqual(['Rollout HQ']);
    expect(found('')).toHaveLength(names.length);
    expect(directory.search(everyGuild[2]?.id ?? '', 1)[0]?.name).toBe('Zebra');
  });

  it('resolves an id or an exact name, and says which are meant where several bear it', async () => {
    const directory = await serving(new MemoryBlobs(), { shards: [0], count: 1 });
    expect(directory.resolve(' ZEBRA ').name).toBe('Zebra');
    expect(directory.resolve(everyGuild[0]?.id ?? '').name).toBe('Rollout HQ');
    expect(() => directory.resolve('Zebro')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_GUILD' }) as Error,
    );
    expect(() => directory.resolve('Night Owls')).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS_GUILD' }) as Error,
    );
  });
});
