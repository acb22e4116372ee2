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
import { bodyOf } from '../../state/committing/bodyOf.js';
import { answeredWithinMs } from '../../state/committing/Sent.js';

export interface TurnOptions {
  readonly store: Store;
  readonly replica: RolloutsReplica;
  readonly records: HealthRecords;
  readonly clock: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
}

export interface Turn {
  readonly fence: Fence;
  readonly moment: Moment;
  readonly time: Omit<JudgedTimeDocument, 'v'>;
  /** Once the judged time is in the store: no rollout may be written with a later one than stands there. */
  readonly written: Promise<void>;
  readonly lastFlushAt: number | null;
  readonly settledUntil: number | null;
  readonly processes: Measured['processes'];
}

/** Moves the judged time on: one commit, which only the holder of the lease can make; what is to be judged is read meanwhile. */
export async function beginTurn(
  { store, replica, records, clock, realTime, random }: TurnOptions,
  fence: Fence,
  speed: number,
): Promise<Turn> {
  const [now, realNow] = [clock.now(), realTime.now()];
  const [stored = null] = await store.getMany('settings', [judgedTimeKey]);
  replica.adopt('settings', judgedTimeKey, stored, stored?.v ?? 0);
  const known = replica.judgedTime;
  const at = { now, realNow, speed, storeWasAway: replica.takeAbsence() };
  const next = known === undefined ? judgedTimeFrom(at) : movedOn(known, at);
  const notAfter = (await store.time()) + answeredWithinMs;
  const written = store
    .commit({
      op: newId(20, random),
      notAfter,
      fence,
      changes: [{ ns: 'settings', key: judgedTimeKey, expect: known?.v ?? 0, next: bodyOf(next) }],
      audit: [],
      outbox: [],
    })
    .then(({ seq }) => {
      replica.adopt('settings', judgedTimeKey, { ...bodyOf(next), v: seq }, seq);
    });
  // Whoever waits for it learns of its failure.
  written.catch(() => undefined);
  const [lastFlushAt, settledUntil, processes] = await Promise.all([
    records.lastFlushAt(),
    records.settledUntil(),
    records.processes(),
  ]);
  const moment = { by: judge, now, realNow, judgedMs: next.judgedMs };
  return { fence, moment, time: next, written, lastFlushAt, settledUntil, processes };
}
