/** A world with some documents replaced: how it would be after a change. The world below is left alone. */
import type { Draft, RoomNamespace, Shelf, World } from './world.js';
import type { Write } from './planning/Plan.js';

class OverlaidShelf<Document> implements Shelf<Document> {
  public constructor(
    private readonly below: Shelf<Document>,
    private readonly above: ReadonlyMap<string, Document | undefined>,
    private readonly keyOf: (document: Document) => string,
  ) {}

  public get(key: string): Document | undefined {
    return this.above.has(key) ? this.above.get(key) : this.below.get(key);
  }

  public *values(): Iterable<Document> {
    for (const document of this.below.values()) {
      if (!this.above.has(this.keyOf(document))) yield document;
    }
    for (const document of this.above.values()) if (document !== undefined) yield document;
  }
}

export function overlay(world: World, writes: readonly Write[]): World {
  const of = <Ns extends RoomNamespace>(
    ns: Ns,
  ): ReadonlyMap<string, (Draft<Ns> & { v: number }) | undefined> =>
    new Map(
      writes
        .filter((write) => write.ns === ns)
        .map((write) => [
          write.key,
          write.next === null ? undefined : { ...(write.next as Draft<Ns>), v: 0 },
        ]),
    );
  const settings = of('settings');
  return {
    servesFlags: world.servesFlags,
    flags: new OverlaidShelf(world.flags, of('flags'), (flag) => flag.key),
    guilds: new OverlaidShelf(world.guilds, of('guilds'), (guild) => guild.id),
    cohorts: new OverlaidShelf(world.cohorts, of('cohorts'), (cohort) => cohort.name),
    killSwitch: settings.size === 0 ? world.killSwitch : [...settings.values()][0],
  };
}
