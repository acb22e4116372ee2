/** Our commands as virtual pieces: they load the same from every file format, and under the names the host chose. */
import { container } from '@sapphire/framework';
import type { RolloutsConfig } from '../config/Config.js';
import { BetaCommand } from './beta/BetaCommand.js';
import { CohortCommand } from './cohort/CohortCommand.js';
import { DeployCommand } from './deploy/DeployCommand.js';
import { FeatureCommand } from './feature/FeatureCommand.js';
import { FeedbackCommand } from './feedback/FeedbackCommand.js';
import { FreezeCommand } from './freeze/FreezeCommand.js';
import { ReportCommand } from './report/ReportCommand.js';
import { RollbackCommand } from './rollback/RollbackCommand.js';
import { RolloutCommand } from './rollout/RolloutCommand.js';
import { ScorecardCommand } from './scorecard/ScorecardCommand.js';
import { SmokeCommand } from './smoke/SmokeCommand.js';

export const pieces = {
  feature: FeatureCommand,
  cohort: CohortCommand,
  beta: BetaCommand,
  rollout: RolloutCommand,
  rollback: RollbackCommand,
  deploy: DeployCommand,
  freeze: FreezeCommand,
  smoke: SmokeCommand,
  scorecard: ScorecardCommand,
  report: ReportCommand,
  feedback: FeedbackCommand,
} as const;

/** `false` leaves a command out, a text is the name it gets instead of its own. */
export function loadCommands(names: RolloutsConfig['commands'] = {}): void {
  for (const [own, piece] of Object.entries(pieces)) {
    const name = names[own as keyof typeof pieces] ?? own;
    if (name !== false) void container.stores.loadPiece({ name, piece, store: 'commands' });
  }
}
