/** The documents that evaluation and planning look at, wherever they are kept. */
import type {
  CohortDocument,
  FlagDocument,
  Freeze,
  FreezeDocument,
  GuildDocument,
  Stamp,
  SwitchDocument,
} from './documents.js';

/** Documents of one kind by key; a Map is one. */
export interface Shelf<Document> {
  get(key: string): Document | undefined;
  values(): Iterable<Document>;
}

export interface World {
  /** False where the process was started with every flag off, whatever state says. */
  readonly servesFlags: boolean;
  readonly flags: Shelf<FlagDocument>;
  readonly guilds: Shelf<GuildDocument>;
  readonly cohorts: Shelf<CohortDocument>;
  /** `settings:switch`. */
  readonly killSwitch: SwitchDocument | undefined;
  /** What is off in this process alone, until the store has it. */
  readonly offHere?: OffHere;
}

/** A rollback that the store could not take yet. */
export interface OffHere {
  readonly everything: Stamp | undefined;
  readonly flags: ReadonlyMap<string, Stamp>;
}

/** The key of {@link SwitchDocument} in `settings`. */
export const switchKey = 'switch';

/** The key of {@link FreezeDocument} in `settings`. */
export const freezeKey = 'freeze';

/** The freeze that holds at a domain time. */
export function freezeAt(document: FreezeDocument | undefined, now: number): Freeze | undefined {
  const freeze = document?.freeze ?? undefined;
  return freeze === undefined || (freeze.until !== null && freeze.until <= now) ? undefined : freeze;
}

/** A document of this room by its namespace. */
export interface RoomDocuments {
  readonly flags: FlagDocument;
  readonly guilds: GuildDocument;
  readonly cohorts: CohortDocument;
  readonly settings: SwitchDocument;
}

export type RoomNamespace = keyof RoomDocuments;

/** What a planner writes: a document without its version, which is the store's to give. */
export type Draft<Ns extends RoomNamespace = RoomNamespace> = Omit<RoomDocuments[Ns], 'v'>;

export function everythingOff(world: World): Stamp | undefined {
  return world.killSwitch?.off ?? undefined;
}

const members = new WeakMap<CohortDocument, ReadonlySet<string>>();

/** Is the guild in this cohort? A cohort that does not exist has no guilds. */
export function isInCohort(cohort: CohortDocument | undefined, guildId: string): boolean {
  if (cohort === undefined) return false;
  let guilds = members.get(cohort);
  if (guilds === undefined) members.set(cohort, (guilds = new Set(cohort.guilds)));
  return guilds.has(guildId);
}

/** The version of a document; 0 where it does not exist. */
export function version(world: World, ns: RoomNamespace, key: string): number {
  return lookUp(world, ns, key)?.v ?? 0;
}

export function lookUp(
  world: World,
  ns: RoomNamespace,
  key: string,
): FlagDocument | GuildDocument | CohortDocument | SwitchDocument | undefined {
  switch (ns) {
    case 'flags':
      return world.flags.get(key);
    case 'guilds':
      return world.guilds.get(key);
    case 'cohorts':
      return world.cohorts.get(key);
    case 'settings':
      return key === switchKey ? world.killSwitch : undefined;
  }
}
