/** Which shards are served by whom. A shard is named by its number and how many there are: `3/16`. */
import type { ProcessPresence } from '../../presence/PresenceRoom.js';

export type Serving = Pick<ProcessPresence, 'shards' | 'shardCount'>;

function shardName(shard: number, shardCount: number): string {
  return `${shard}/${shardCount}`;
}

export function shardsOf(processes: readonly Serving[]): ReadonlySet<string> {
  return new Set(
    processes.flatMap(({ shards, shardCount }) => shards.map((shard) => shardName(shard, shardCount))),
  );
}

/** Do these serve every guild there is, by whatever number of shards? */
export function isComplete(processes: readonly Serving[]): boolean {
  const served = shardsOf(processes);
  return processes.some(
    ({ shardCount }) =>
      shardCount > 0 &&
      Array.from({ length: shardCount }, (_, shard) => shardName(shard, shardCount)).every((name) =>
        served.has(name),
      ),
  );
}

/** The shards of `these` whose guilds nobody of `by` serves; sorted. */
export function uncovered(these: readonly Serving[], by: readonly Serving[]): readonly string[] {
  if (isComplete(by)) return [];
  const served = shardsOf(by);
  return [...shardsOf(these)].filter((name) => !served.has(name)).sort();
}
