/** What the room is made of, and how the pieces are connected. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../core/Clock.js';
import { Advancer } from './acting/Advancer.js';
import { Asking } from './acting/Asking.js';
import { Freezing } from './acting/Freezing.js';
import { RolloutCommits } from './acting/RolloutCommits.js';
import { Starter } from './acting/Starter.js';
import { waitFor } from './acting/waitFor.js';
import { Judge } from './judging/Judge.js';
import { Obstacles } from './judging/Obstacles.js';
import { Reach } from './judging/Reach.js';
import { prometheusSources } from './judging/sources/prometheusSources.js';
import { SourceReader } from './judging/sources/SourceReader.js';
import { UnitReader } from './judging/UnitReader.js';
import { RolloutIndex } from './RolloutIndex.js';
import { RolloutsReplica } from './RolloutsReplica.js';
import type { RolloutsRoomOptions } from './RolloutsRoomOptions.js';
import { Showing } from './showing/Showing.js';

export interface RolloutPieces {
  readonly replica: RolloutsReplica;
  readonly index: RolloutIndex;
  readonly commits: RolloutCommits;
  readonly judge: Judge;
  readonly asking: Asking;
  readonly starter: Starter;
  readonly advancer: Advancer;
  readonly showing: Showing;
  readonly freezing: Freezing;
}

/** @param signal aborted where the room is closed: ends what still waits for the store to answer */
export function rolloutPieces(options: RolloutsRoomOptions, signal: AbortSignal): RolloutPieces {
  const { store, flags, records, feedback, clock, hasApprovers, overrides = [] } = options;
  const {
    realTime = systemClock,
    random = randomBytes,
    onDue,
    gatePassed = () => undefined,
    failedSmokeTests = () => [],
    wait = waitFor,
  } = options;
  const replica = new RolloutsReplica(realTime, ({ state }) => {
    if (state === 'draft' || state === 'waiting' || state === 'rolling-back') onDue?.();
  });
  const index = new RolloutIndex(replica);
  const find = (rollout: string) => index.find(rollout);
  const commits = new RolloutCommits({ store, flags, replica, random });
  const obstacles = new Obstacles({ flags, feedback, hasApprovers, gatePassed });
  const judge = new Judge({
    ...{ store, flags, replica, records, feedback, commits, clock, realTime, random },
    ...{ failedSmokeTests, obstacles },
    units: new UnitReader(records),
    sources: new SourceReader(options.sourceOf ?? prometheusSources(options.prometheusToken)),
    reach: new Reach(flags),
  });
  const asking: Asking = new Asking({
    ...{ store, flags, replica, commits, clock, realTime, random, wait, signal, find },
    statusOf: (document) => Promise.resolve(showing.status(document)),
  });
  const judgedMs = (): number => asking.moment({ by: { id: '', name: '' } }).judgedMs;
  const showing = new Showing({ flags, replica, records, clock, overrides, judgedMs });
  return {
    ...{ replica, index, commits, judge, asking, showing },
    starter: new Starter({
      ...{ flags, random, clock, hasApprovers, asking },
      plan: (name) => options.plans().plan(name),
    }),
    advancer: new Advancer({ flags, clock, hasApprovers, obstacles, asking, find }),
    freezing: new Freezing({ store, flags, clock, random }),
  };
}
