/** Looks for the proof: asks every process, reads what was measured, tries the commands, and walks through the state. */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { World } from '../../flags/world.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import type { PresenceRoom } from '../../presence/PresenceRoom.js';
import type { SmokeResult } from '../../smoke/SmokeTest.js';
import { breather } from '../../state/breather.js';
import { Unavailable } from '../../state/errors.js';
import type { RollbackDocument } from '../documents.js';
import type { Prove } from '../work.js';
import { commandsWork } from './checks/commandsWork.js';
import { dataIntegrity } from './checks/dataIntegrity.js';
import type { CheckFinding } from './checks/Finding.js';
import { flagsOff, flagsOffKind, flagsOffQuestion } from './checks/flagsOff.js';
import { normalityChecks, type NormalityFindings, type RolloutFacts } from './checks/normalityChecks.js';
import { hadFlag } from './hadFlag.js';
import type { IntegrityReport } from './integrity/IntegrityReport.js';
import { checkNames, type Check, type CheckName, type Proof } from './Proof.js';
import { isFinal, proofMs, verdictOf } from './verdict.js';

export interface ProvingOptions {
  readonly presence: Pick<PresenceRoom, 'ask'>;
  readonly records: Pick<HealthRecords, 'baseUnits' | 'settledUntil'>;
  /** A rollout, also an ended one; undefined where nothing is known of it any more. */
  readonly rollout: (id: string) => RolloutFacts | undefined;
  /** What evaluation looks at. */
  readonly world: () => World;
  /** Runs the smoke test "commands" here. */
  readonly commands: () => Promise<SmokeResult>;
  /** Walks through the state; throws Unavailable. */
  readonly integrity: () => Promise<IntegrityReport>;
  /** Domain time. */
  readonly clock: Clock;
  readonly random?: RandomBytes;
  /** A check that broke is a bug, and no verdict. */
  readonly warn: (message: string, cause?: unknown) => void;
}

/** How long processes have to answer, ms of real time. */
const answerMs = 2_000;

type Looking = (open: (name: CheckName) => boolean) => Partial<Record<CheckName, Promise<CheckFinding>>>;

/**
 * What passed or failed stays; what is not known is looked at anew. To look at everything again pass no proof.
 */
export function proving(options: ProvingOptions): Prove {
  const { clock } = options;
  return async (rollback, before) => {
    const beganAt = before?.beganAt ?? clock.now();
    const known = (before?.checks ?? []).filter(({ verdict }) => verdict !== 'unknown');
    const look = new Look(options, rollback, before, beganAt);
    const findings = look.at((name) => !known.some((check) => check.name === name));
    const checks = await Promise.all(
      checkNames.map(async (name): Promise<Check> => {
        const kept = known.find((check) => check.name === name);
        return kept ?? { name, ...(await findings[name]!), at: clock.now() };
      }),
    );
    const at = clock.now();
    return {
      beganAt,
      at,
      checks,
      verdict: verdictOf(checks),
      isFinal: isFinal(checks, beganAt, at),
    } satisfies Proof;
  };
}

/** One look. */
class Look {
  private readonly isLast: boolean;
  private readonly until: number;

  public constructor(
    private readonly options: ProvingOptions,
    private readonly rollback: RollbackDocument,
    private readonly before: Proof | null,
    private readonly beganAt: number,
  ) {
    this.until = beganAt + proofMs;
    this.isLast = options.clock.now() >= this.until;
  }

  /** Those that are open, all at once. */
  public readonly at: Looking = (open) => {
    const names = checkNames.filter(open);
    const normality =
      names.includes('errors-normal') || names.includes('performance-restored')
        ? this.normality()
        : undefined;
    const work: Readonly<Record<CheckName, () => Promise<CheckFinding>>> = {
      'flags-off': () => this.flagsOff(),
      'performance-restored': async () => (await normality)!['performance-restored'],
      'errors-normal': async () => (await normality)!['errors-normal'],
      'commands-work': async () => commandsWork(await this.options.commands()),
      'data-integrity': async () => dataIntegrity(await this.options.integrity()),
    };
    return Object.fromEntries(names.map((name) => [name, this.guarded(name, work[name])]));
  };

  private async flagsOff(): Promise<CheckFinding> {
    const { options, rollback, isLast } = this;
    const question = {
      id: `proof-${rollback.id}-${newId(6, options.random)}`,
      kind: flagsOffKind,
      body: flagsOffQuestion(rollback),
    };
    const roll = await options.presence.ask(question, answerMs);
    return flagsOff(roll, { sample: rollback.sample, seq: rollback.v, isLast });
  }

  private normality(): Promise<NormalityFindings> {
    const { options, rollback, beganAt, until, isLast, before } = this;
    const rollouts = rollback.rollouts
      .map((id) => options.rollout(id))
      .filter((rollout) => rollout !== undefined);
    return normalityChecks(rollback, {
      ...{ records: options.records, rollouts, beganAt, until, isLast },
      had: hadFlag(rollback, options.world()),
      before: before?.checks ?? [],
      breathe: breather(),
    });
  }

  private async guarded(name: CheckName, work: () => Promise<CheckFinding>): Promise<CheckFinding> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      this.options.warn(`The check "${name}" of rollback ${this.rollback.id} broke.`, error);
      const why = error instanceof Error ? error.message : String(error);
      return { verdict: 'unknown', sentence: `It could not be looked at: ${why}`, evidence: { error: why } };
    }
  }
}
