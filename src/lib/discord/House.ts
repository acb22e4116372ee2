/** What the rooms behind the chat look like from here; `container.rollouts` has this shape. */
import type { ILogger } from '@sapphire/framework';
import type { RolloutsConfig } from '../../config/Config.js';
import type { Clock } from '../core/Clock.js';
import type { Comparisons } from '../choices/Comparisons.js';
import type { DeploymentsRoom } from '../deployments/DeploymentsRoom.js';
import type { GateInBot } from '../deployments/gate/GateInBot.js';
import type { MigrationsInBot } from '../deployments/migrations/MigrationsInBot.js';
import type { DeprecationUse } from '../deprecations/DeprecationUse.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import type { Feedback } from '../health/feedback/Feedback.js';
import type { Urgents } from '../alerts/escalation/Urgents.js';
import type { SentMessage } from '../alerts/Messenger.js';
import type { RecoveryRoom } from '../recovery/RecoveryRoom.js';
import type { RollbacksRoom } from '../rollbacks/RollbacksRoom.js';
import type { RolloutsRoom } from '../rollouts/RolloutsRoom.js';
import type { ScorecardRoom } from '../scorecard/ScorecardRoom.js';
import type { SmokeRuns } from '../smoke/runs/SmokeRuns.js';
import type { SmokeRunner } from '../smoke/SmokeRunner.js';

export interface House {
  readonly flags: FlagsRoom;
  readonly rollouts: RolloutsRoom;
  readonly rollbacks: RollbacksRoom;
  readonly deployments: DeploymentsRoom;
  /** Undefined where the gate is not run in the bot. */
  readonly gateInBot?: GateInBot | undefined;
  /** Undefined where no migration is tried in the bot. */
  readonly migrationsInBot?: MigrationsInBot | undefined;
  readonly recovery: RecoveryRoom;
  readonly urgents: Pick<Urgents, 'take' | 'takeIfWaiting'>;
  readonly smoke: Pick<SmokeRunner, 'list' | 'suites'>;
  readonly smokeRuns: Pick<SmokeRuns, 'list' | 'run' | 'ticksOf'>;
  readonly feedback: Feedback;
  readonly scorecard: ScorecardRoom;
  readonly choices: { readonly comparisons: Pick<Comparisons, 'report'> };
  readonly deprecations: Pick<DeprecationUse, 'list'>;
  /** What the environment decides against everything that people set, as sentences for every card. */
  readonly overrides: readonly string[];
  readonly config: Pick<RolloutsConfig, 'staff'>;
  readonly realTime: Clock;
  readonly domainTime: Clock;
  readonly logger: ILogger;
  /** Where the card of a rollout, a rollback or a deployment stands; undefined where it was not written yet. Throws Unavailable. */
  cardOf(id: string): Promise<SentMessage | undefined>;
}
