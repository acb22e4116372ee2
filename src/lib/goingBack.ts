/** The rooms of going back, opened and connected: who lives and which release answers, recovery, the driver, rollbacks. */
import type { RolloutsConfig } from '../config/Config.js';
import type { Clock } from './core/Clock.js';
import type { RandomBytes } from './core/ids.js';
import type { Logger } from './core/Logger.js';
import type { Driver } from './deployments/Driver.js';
import { openDriver } from './deployments/drivers/openDriver.js';
import { type ReadDeployments, saidOf } from './deployments/file/readDeploymentsFile.js';
import { AutomaticMigration } from './deployments/migrations/state/AutomaticMigration.js';
import { stateMigrations } from './deployments/migrations/state/migrations.js';
import { Releases } from './deployments/releases/Releases.js';
import type { DamagedDocument } from './flags/FlagsRoom.js';
import type { FlagsService } from './flags/FlagsService.js';
import type { HealthRoom } from './health/recording/HealthRoom.js';
import type { Feedback } from './health/feedback/Feedback.js';
import { Presence, type PresenceOptions } from './presence/Presence.js';
import { HostDatabase } from './recovery/database/HostDatabase.js';
import { Damage } from './recovery/damage/Damage.js';
import { problemOf } from './recovery/damage/isWhole.js';
import { Recovery } from './recovery/Recovery.js';
import { requireReadable } from './recovery/snapshots/requireReadable.js';
import { SnapshotKeeper } from './recovery/snapshots/SnapshotKeeper.js';
import { databaseStep, snapshotStep } from './recovery/steps.js';
import { answerFlagsOff, flagsOffKind } from './rollbacks/proof/checks/flagsOff.js';
import { commandsSmoke } from './rollbacks/proof/checks/commandsWork.js';
import { checkIntegrity } from './rollbacks/proof/integrity/checkIntegrity.js';
import { proving } from './rollbacks/proof/proving.js';
import { writingReceipts } from './rollbacks/proof/receipt/makeReceipt.js';
import { Rollbacks } from './rollbacks/Rollbacks.js';
import { readRollback } from './rollbacks/schemas.js';
import type { StepWork } from './rollbacks/work.js';
import { deploymentWorks } from './rollbacks/works/deploymentWorks.js';
import type { Rollouts } from './rollouts/Rollouts.js';
import { SmokeRunner } from './smoke/SmokeRunner.js';
import type { Smoke } from './smoke/SmokeTest.js';
import type { Follower, Store } from './state/Store.js';

export interface GoingBackOptions {
  readonly config: RolloutsConfig;
  readonly deployments: ReadDeployments;
  readonly store: Store;
  readonly flags: FlagsService;
  readonly rollouts: Rollouts;
  readonly health: HealthRoom;
  readonly feedback: Feedback;
  /** Names the process for its lifetime. */
  readonly process: string;
  readonly serves: PresenceOptions['serves'];
  readonly smokeTests: () => Iterable<Smoke>;
  /** Documents of rooms that are none of going back's. */
  readonly misshapen: () => readonly DamagedDocument[];
  readonly domainTime: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  readonly after: (ms: number, callback: () => void) => { cancel(): void };
  readonly logger: Logger;
  /** A rollback has something to do at once. */
  readonly onDue: () => void;
}

export class GoingBack {
  public readonly presence: Presence;
  public readonly releases: Releases;
  public readonly driver: Driver | undefined;
  public readonly keeper: SnapshotKeeper;
  public readonly migration: AutomaticMigration;
  public readonly damage: Damage;
  public readonly recovery: Recovery;
  public readonly smoke: SmokeRunner;
  public readonly rollbacks: Rollbacks;

  public constructor(options: GoingBackOptions) {
    const { config, deployments, store, flags, rollouts, health, feedback } = options;
    const { domainTime, realTime, random, after, logger } = options;
    const { driver, recovery, drillEveryMs } = deployments.file;
    for (const problem of deployments.problems) logger.error(saidOf(problem));
    const clocks = { domainTime, realTime };
    const warn = (message: string, cause?: unknown): void => logger.warn(message, cause);

    this.presence = new Presence({
      ...{ store, process: options.process, release: config.release, serves: options.serves },
      ...{ realTime, logger, random },
    });
    this.presence.answer(
      flagsOffKind,
      answerFlagsOff({
        list: () => flags.list(),
        evaluate: (flag, guildId) => flags.evaluate(flag, guildId),
        isOn: (flag, guildId) => flags.isOn(flag, guildId),
      }),
    );
    this.releases = new Releases({
      ...{ store, presence: this.presence, clock: domainTime, realTime, logger, random },
    });
    this.smoke = new SmokeRunner({ tests: options.smokeTests, clock: realTime, after, warn });

    this.keeper = new SnapshotKeeper({ store, settings: recovery.snapshots, ...clocks });
    this.migration = new AutomaticMigration({
      ...{ store, realTime, release: config.release, migrations: stateMigrations },
      isAutomatic: deployments.file.migrations.isStateAutomatic,
      keep: async () => requireReadable(this.keeper.folder, await this.keeper.take('migration')),
      otherReleases: async () => {
        const living = await this.presence.living();
        return [...new Set(living.map((one) => one.release))].filter((one) => one !== config.release);
      },
    });
    this.damage = new Damage({
      ...{ store, folder: this.keeper.folder, domainTime },
      misshapen: () => [
        ...flags.damaged(),
        ...rollouts.damaged(),
        ...this.rollbacks.damaged(),
        ...this.releases.damaged(),
        ...options.misshapen(),
      ],
    });
    this.recovery = new Recovery({
      ...{ store, keeper: this.keeper, damage: this.damage, domainTime, random },
      hasApprovers: (config.staff.approverRoleIds ?? []).length > 0,
    });

    this.driver = driver === undefined ? undefined : openDriver(driver, logger);
    this.rollbacks = new Rollbacks({
      ...{ store, flags, rollouts, records: health.records, feedback, works: this.works(options) },
      ...{ clock: domainTime, realTime, random, drillEveryMs, warn, after, onDue: options.onDue },
      prove: proving({
        presence: this.presence,
        records: health.records,
        rollout: (id) => [...rollouts.documents].find((one) => one.id === id),
        world: () => flags.world,
        commands: () => this.smoke.run(commandsSmoke),
        integrity: () => this.integrity(store),
        ...{ clock: domainTime, random, warn },
      }),
      writeReceipt: writingReceipts({ audit: store.audit, realTime }),
    });
  }

  /** To be told of every commit, after the flags' and the rollouts' own. */
  public get followers(): readonly Follower[] {
    return [this.rollbacks.follower, this.releases.follower, this.presence.follower];
  }

  /** As soon as the gateway is ready. */
  public begin(): Promise<void> {
    return this.releases.begin();
  }

  /** After the loop has stopped. */
  public async close(): Promise<void> {
    this.rollbacks.close();
    await this.releases.close();
    await this.presence.close();
  }

  private works({ deployments, realTime: clock }: GoingBackOptions): readonly StepWork[] {
    const { database } = deployments.file.recovery;
    return [
      snapshotStep(this.keeper),
      databaseStep(database && new HostDatabase({ settings: database, clock }), database?.timeoutMs),
      ...deploymentWorks({
        driver: this.driver,
        deadlineMs: deployments.file.driver?.deadlineMs,
        reach: deployments.file.driver?.for,
        problems: deployments.problems.map(saidOf),
        releases: this.releases,
        presence: this.presence,
      }),
    ];
  }

  /** What it finds damaged is dealt with as what is found at start. */
  private async integrity(store: Store) {
    const report = await checkIntegrity({
      store,
      problemOf: (ns, key, document) => {
        if (ns !== 'rollbacks') return problemOf(ns, key, document);
        const read = readRollback(document);
        return 'problem' in read ? read.problem : undefined;
      },
    });
    this.damage.report(
      report.findings.flatMap(({ document, problem }) =>
        document === undefined ? [] : [{ ...document, problem }],
      ),
    );
    return report;
  }
}
