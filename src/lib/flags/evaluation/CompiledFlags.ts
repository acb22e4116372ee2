/** Flags compiled when they are written, guilds in tables of numbers; it follows the documents in steps as small as the change. */
import type { CohortDocument, FlagDocument, GuildDocument } from '../documents.js';
import type { FlagHandle } from '../FlagsRoom.js';
import type { ReplicaWatcher } from '../FlagsReplica.js';
import { everythingOff, type RoomDocuments, type RoomNamespace, type World } from '../world.js';
import { Arena } from './Arena.js';
import { CompiledFlag } from './CompiledFlag.js';
import { bitsOf, targeted } from './entryBits.js';
import { Exposures } from './Exposures.js';
import { GuildKey } from './GuildKey.js';
import { GuildTable } from './GuildTable.js';

/** What {@link Evaluator} asks; one object with it, since an answer takes less time than a step to another one. */
export class CompiledFlags implements ReplicaWatcher {
  /** Grows whenever an answer may have changed; a view of an older one asks anew. */
  public generation = 0;
  /** How often each flag was asked for, by index. */
  protected asked = new Uint32Array(64);
  protected readonly flags = new Map<string, CompiledFlag>();
  protected readonly byIndex: CompiledFlag[] = [];
  protected readonly exposures: Exposures;
  protected isEverythingOff = false;
  private readonly arena = new Arena();
  private readonly cohorts = new Map<string, GuildTable>();
  private readonly writing = new GuildKey();

  /** @param world what the documents say; read at every change, and for ids that are no snowflakes */
  public constructor(protected readonly world: () => World) {
    this.exposures = new Exposures(world);
  }

  /** Known or not yet: a flag that is created later keeps the handle. */
  public handle(key: string): CompiledFlag & FlagHandle {
    let flag = this.flags.get(key);
    if (flag === undefined) {
      flag = new CompiledFlag(key, this.byIndex.length, new GuildTable(this.arena, this.writing));
      this.flags.set(key, flag);
      this.byIndex.push(flag);
      if (this.byIndex.length > this.asked.length) {
        const more = new Uint32Array(this.asked.length * 2);
        more.set(this.asked);
        this.asked = more;
      }
    }
    return flag;
  }

  /** How many flags have a handle. */
  public get size(): number {
    return this.byIndex.length;
  }

  /** Bytes held by the guilds' entries. */
  public get bytes(): number {
    return this.arena.bytes;
  }

  public moved<Ns extends RoomNamespace>(
    ns: Ns,
    key: string,
    before: RoomDocuments[Ns] | undefined,
    after: RoomDocuments[Ns] | undefined,
  ): void {
    this.generation++;
    if (ns === 'settings') this.switched();
    else if (ns === 'flags')
      this.flagMoved(key, before as FlagDocument | undefined, after as FlagDocument | undefined);
    else if (ns === 'guilds')
      this.guildMoved(key, before as GuildDocument | undefined, after as GuildDocument | undefined);
    else this.cohortMoved(key, before as CohortDocument | undefined, after as CohortDocument | undefined);
  }

  public reloaded(): void {
    const world = this.world();
    this.generation++;
    for (const cohort of this.cohorts.values()) cohort.clear();
    for (const flag of this.byIndex) {
      flag.entries.clear();
      flag.settings(undefined, [], (name) => this.cohort(name));
    }
    for (const { id, entries } of world.guilds.values()) {
      for (const [key, entry] of Object.entries(entries)) this.handle(key).entries.set(id, bitsOf(entry));
    }
    for (const { name, guilds } of world.cohorts.values())
      for (const id of guilds) this.cohort(name).set(id, 1);
    for (const flag of world.flags.values()) {
      this.retarget(this.handle(flag.key), [], flag.rollout?.targets ?? []);
      this.compile(this.handle(flag.key), flag);
    }
    for (const flag of this.byIndex) this.classify(flag);
    this.exposures.follow(this.byIndex);
    this.switched();
  }

  /** What is off in this process alone has changed. @param key null = everything */
  public offHereMoved(key: string | null): void {
    this.generation++;
    if (key === null) return this.switched();
    this.classify(this.handle(key));
    this.exposures.follow(this.byIndex);
  }

  private switched(): void {
    const world = this.world();
    this.isEverythingOff =
      !world.servesFlags || everythingOff(world) !== undefined || world.offHere?.everything !== undefined;
  }

  private flagMoved(key: string, before: FlagDocument | undefined, after: FlagDocument | undefined): void {
    const flag = this.handle(key);
    this.retarget(flag, before?.rollout?.targets ?? [], after?.rollout?.targets ?? []);
    this.compile(flag, after);
    this.classify(flag);
    this.exposures.follow(this.byIndex);
  }

  private guildMoved(id: string, before: GuildDocument | undefined, after: GuildDocument | undefined): void {
    const keys = new Set([...Object.keys(before?.entries ?? {}), ...Object.keys(after?.entries ?? {})]);
    for (const key of keys) {
      const bits = bitsOf(after?.entries[key]);
      if (bits === bitsOf(before?.entries[key])) continue;
      const flag = this.handle(key);
      const hadEntries = flag.entries.size > 0;
      flag.entries.set(id, bits | (flag.entries.bitsOf(id) & targeted));
      if (hadEntries === flag.entries.size > 0) continue;
      this.classify(flag);
      this.exposures.follow(this.byIndex);
    }
  }

  private cohortMoved(
    name: string,
    before: CohortDocument | undefined,
    after: CohortDocument | undefined,
  ): void {
    const table = this.cohort(name);
    const guilds = new Set(after?.guilds);
    for (const id of before?.guilds ?? []) if (!guilds.has(id)) table.set(id, 0);
    for (const id of guilds) table.set(id, 1);
  }

  private retarget({ entries }: CompiledFlag, before: readonly string[], after: readonly string[]): void {
    for (const id of before) entries.set(id, entries.bitsOf(id) & ~targeted);
    for (const id of after) entries.set(id, entries.bitsOf(id) | targeted);
  }

  private compile(flag: CompiledFlag, document: FlagDocument | undefined): void {
    const requires = (document?.requires ?? []).map((key) => this.handle(key));
    flag.settings(document, requires, (name) => this.cohort(name));
  }

  /** What a flag has become decides what its dependants are; a flag visited twice on the way has settled. */
  private classify(flag: CompiledFlag, above: ReadonlySet<CompiledFlag> = new Set()): void {
    const world = this.world();
    const isOffHere = world.offHere?.flags.has(flag.key);
    if (above.has(flag) || !flag.classify(world.flags.get(flag.key), isOffHere)) return;
    const within = new Set(above).add(flag);
    for (const dependant of flag.dependants) this.classify(dependant, within);
  }

  private cohort(name: string): GuildTable {
    let table = this.cohorts.get(name);
    if (table === undefined) this.cohorts.set(name, (table = new GuildTable(this.arena, this.writing)));
    return table;
  }
}
