/** Flags that the bot's code declares: the missing ones are created at start, in one commit with one notice. */
import { count } from '../core/count.js';
import type { Notice } from '../alerts/Card.js';
import { flagChanged } from '../alerts/wording/flagChanged.js';
import { newId, type RandomBytes } from '../core/ids.js';
import { plain } from '../core/Json.js';
import { Conflict } from '../state/errors.js';
import type { Store } from '../state/Store.js';
import type { Actor, FlagFacts } from './changes.js';
import type { AuditBody } from './changing/AuditBody.js';
import type { StoreClock } from '../state/committing/StoreClock.js';
import type { FlagsReplica } from './FlagsReplica.js';
import { overlay } from './overlay.js';
import { differences } from './planning/differences.js';
import { fieldChanges } from './planning/fields.js';
import { planCreate } from './planning/facts.js';
import type { KnownGuilds, Planning, Write } from './planning/Plan.js';
import type { World } from './world.js';
import { bodyOf } from '../state/committing/bodyOf.js';

const byCode: Actor = { id: 'system:code', name: 'the bot’s code' };
/** Nobody waits for it but the start. */
const deadlineMs = 5_000;

export interface DeclareOptions {
  readonly store: Pick<Store, 'commit'>;
  readonly replica: FlagsReplica;
  readonly guilds: KnownGuilds;
  readonly storeClock: StoreClock;
  readonly random: RandomBytes;
  /** Domain time. */
  readonly now: number;
}

/** Answers the keys that were created here. Throws BadName, BadValue, PrerequisiteCycle, UnknownFlag, Unavailable. */
export async function declare(
  { store, replica, guilds, storeClock, random, now }: DeclareOptions,
  flags: Readonly<Record<string, FlagFacts>>,
): Promise<readonly string[]> {
  for (;;) {
    const planning: Planning = { world: replica, guilds, by: byCode, reason: undefined, now };
    const writes = missing(planning, flags);
    if (writes.length === 0) return [];
    const keys = writes.map(({ key }) => key);
    const fields = fieldChanges(replica, writes);
    const words = differences(fields, planning).map((one, at) => ({ ...one, what: keys[at] ?? one.what }));
    const title = `${count(writes.length, 'flag')} declared by the bot’s code`;
    const notice: Notice = {
      kind: 'flag-changed',
      to: 'operations',
      card: flagChanged({ title, differences: words, by: byCode, canUndo: false }),
    };
    const [first = ''] = keys;
    const audit: AuditBody = {
      kind: 'flags',
      change: { do: 'create', flag: first, facts: {}, declared: true },
      by: byCode,
      title,
      differences: words,
      fields,
      flags: keys,
    };
    try {
      const receipt = await store.commit({
        op: newId(20, random),
        notAfter: (await storeClock.now()) + deadlineMs,
        changes: writes.map(({ ns, key, next }) => ({
          ns,
          key,
          expect: 0,
          next: next === null ? null : bodyOf(next),
        })),
        audit: [plain(audit)],
        outbox: [plain(notice)],
      });
      for (const { ns, key, next } of writes) {
        replica.adopt(ns, key, next === null ? null : { ...bodyOf(next), v: receipt.seq }, receipt.seq);
      }
      return keys;
    } catch (error) {
      if (!(error instanceof Conflict) || error.current === null) throw error;
      // Another process was faster with this one: what is left is declared in the next round.
      replica.adopt(error.ns, error.key, error.current, error.current.v);
    }
  }
}

/** In an order in which each finds its prerequisites, whichever way round they were declared. */
function missing(planning: Planning, flags: Readonly<Record<string, FlagFacts>>): readonly Write[] {
  const writes: Write[] = [];
  const waiting = new Map(
    Object.entries(flags).filter(([key]) => planning.world.flags.get(key) === undefined),
  );
  for (;;) {
    const ready = [...waiting].find(([, { requires = [] }]) => !requires.some((key) => waiting.has(key)));
    // Where a circle is left, planning any of it names the prerequisite that is not there.
    const next = ready ?? [...waiting][0];
    if (next === undefined) return writes;
    const [key, facts] = next;
    const world: World = overlay(planning.world, writes);
    writes.push(...planCreate({ ...planning, world }, key, facts, true).writes);
    waiting.delete(key);
  }
}
