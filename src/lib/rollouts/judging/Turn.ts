/** What all rollouts of one turn share: the moment, the judged time moved on to it, and what processes report. */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import type { Fence, Store } from '../../state/Store.js';
import type { JudgedTimeDocument } from '../documents.js';
import { judge, type Moment } from '../moment.js';
import { judgedTimeKey, type RolloutsReplica } from '../RolloutsReplica.js';
import type { Measured } from './findings.js';
import { judgedTimeFrom, movedOn } from './judgedTime.js';
import { JudgedTimeWriting } from './JudgedTimeWriting.js';
import { bodyOf } from '../../state/committing/bodyOf.js';
import { answeredWithinMs } from '../../state/committing/Sent.js';

export interface TurnOptions {
  readonly store: Store;
  readonly replica: RolloutsReplica;
  readonly records: HealthRecords;
  readonly clock: Clock;
  readonly realTime: Clock;
}

export interface Turn {
  readonly fence: Fence;
  readonly moment: Moment;
  readonly time: Omit<JudgedTimeDocument, 'v'>;
  readonly writing: JudgedTimeWriting;
  readonly lastFlushAt: number | null;
  readonly settledUntil: number | null;
  readonly processes: Measured['processes'];
}

/** Moves the judged time on; it is not in the store yet. */
export async function beginTurn(
  { store, replica, records, clock, realTime }: TurnOptions,
  fence: Fence,
  speed: number,
): Promise<Turn> {
  const [now, realNow] = [clock.now(), realTime.now()];
  const [stored = null] = await store.getMany('settings', [judgedTimeKey]);
  replica.adopt('settings', judgedTimeKey, stored, stored?.v ?? 0);
  const known = replica.judgedTime;
  const at = { now, realNow, speed, storeWasAway: replica.takeAbsence() };
  const next = known === undefined ? judgedTimeFrom(at) : movedOn(known, at);
  const written = bodyOf(next);
  const change = { ns: 'settings', key: judgedTimeKey, expect: known?.v ?? 0, next: written } as const;
  const writing = new JudgedTimeWriting(change, (seq) =>
    replica.adopt('settings', judgedTimeKey, { ...written, v: seq }, seq),
  );
  const [lastFlushAt, settledUntil, processes] = await Promise.all([
    records.lastFlushAt(),
    records.settledUntil(),
    records.processes(),
  ]);
  const moment = { by: judge, now, realNow, judgedMs: next.judgedMs };
  return { fence, moment, time: next, writing, lastFlushAt, settledUntil, processes };
}

/** By itself, where no rollout was written in the turn that it could have gone in with. */
export function finishTurn(
  { store, random }: Pick<TurnOptions, 'store'> & { readonly random: RandomBytes },
  { fence, writing }: Turn,
): Promise<void> {
  return writing.finish(async (changes) => {
    const notAfter = (await store.time()) + answeredWithinMs;
    const op = newId(20, random);
    const { seq } = await store.commit({ op, notAfter, fence, changes, audit: [], outbox: [] });
    return seq;
  });
}
