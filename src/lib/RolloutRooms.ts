/** The rooms behind `container.rollouts`, made and connected. It holds no logic. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ILogger } from '@sapphire/framework';
import type { Client } from 'discord.js';
import type { RolloutsConfig } from '../config/Config.js';
import { choiceRuns } from './choices/ChoiceRuns.js';
import type { SentMessage } from './alerts/Messenger.js';
import { Urgents } from './alerts/escalation/Urgents.js';
import type { AlertSettings } from './alerts/routing/AlertSettings.js';
import { liveKey, readLive } from './alerts/live/liveDocument.js';
import { Choices } from './choices/Choices.js';
import { Comparisons } from './choices/Comparisons.js';
import { ControlLoop } from './control/ControlLoop.js';
import { systemTimers } from './control/Timers.js';
import { type Clock, systemClock } from './core/Clock.js';
import { newId } from './core/ids.js';
import { passedIn } from './deployments/gate/passedIn.js';
import { failedSmokeTests } from './deployments/life/failedSmokeTests.js';
import type { MigrationsInBot } from './deployments/migrations/MigrationsInBot.js';
import type { GateInBot } from './deployments/gate/GateInBot.js';
import type { Deployments } from './deployments/Deployments.js';
import { type ReadDeployments } from './deployments/file/readDeploymentsFile.js';
import type { Releases } from './deployments/releases/Releases.js';
import { DeprecationUse } from './deprecations/DeprecationUse.js';
import { gatewayPing } from './discord/gatewayPing.js';
import { outcomeOf } from './discord/outcomeOf.js';
import { servedBy } from './discord/ownGuilds.js';
import { FlagsService } from './flags/FlagsService.js';
import { Feedback } from './health/feedback/Feedback.js';
import { HealthRoom } from './health/recording/HealthRoom.js';
import { dutiesOf } from './duties.js';
import { GoingBack } from './goingBack.js';
import { KeepingScore } from './keepingScore.js';
import { MeasuredStore } from './metrics/MeasuredStore.js';
import { Metrics } from './metrics/Metrics.js';
import { outboxFigures } from './metrics/outboxFigures.js';
import { environmentOverrides } from './environmentOverrides.js';
import { openGateInBot } from './gateInBot.js';
import { openMigrationsInBot } from './migrationsInBot.js';
import { openDeployments } from './openDeployments.js';
import { openMonitor } from './openMonitor.js';
import type { Presence } from './presence/Presence.js';
import type { Recovery } from './recovery/Recovery.js';
import type { Rollbacks } from './rollbacks/Rollbacks.js';
import { PlanShelf } from './rollouts/plans/PlanShelf.js';
import { Rollouts } from './rollouts/Rollouts.js';
import { SmokeRuns } from './smoke/runs/SmokeRuns.js';
import type { Scorecard } from './scorecard/Scorecard.js';
import type { SmokeRunner } from './smoke/SmokeRunner.js';
import { LastKnown } from './state/LastKnown.js';
import type { Follower, Following, Store } from './state/Store.js';

import type { RolloutsServiceOptions } from './RolloutsServiceOptions.js';

export abstract class RolloutRooms {
  public readonly config: RolloutsConfig;
  public readonly logger: ILogger;
  public readonly domainTime: Clock;
  public readonly realTime: Clock;
  public readonly store: Store;
  public readonly flags: FlagsService;
  public readonly health: HealthRoom;
  public readonly feedback: Feedback;
  public readonly scorecard: Scorecard;
  public readonly rollouts: Rollouts;
  public readonly choices: Choices;
  public readonly deprecations: DeprecationUse;
  public readonly control: ControlLoop;
  public readonly metrics: Metrics;
  public readonly presence: Presence;
  public readonly releases: Releases;
  public readonly rollbacks: Rollbacks;
  public readonly recovery: Recovery;
  public readonly smoke: SmokeRunner;
  public readonly smokeRuns: SmokeRuns;
  public readonly deployments: Deployments;
  public readonly gateInBot: GateInBot | undefined;
  public readonly migrationsInBot: MigrationsInBot | undefined;
  public readonly alerts: AlertSettings;
  public readonly urgents: Urgents;
  /** What the environment decides against everything that people set, as sentences for every card. */
  public readonly overrides: readonly string[];
  protected readonly goingBack: GoingBack;
  private readonly keepingScore: KeepingScore;
  protected readonly client: Client;
  protected plans = PlanShelf.builtIn();
  protected following: Following | undefined;

  protected constructor(options: RolloutsServiceOptions, store: Store, deployments: ReadDeployments) {
    const {
      config,
      client,
      logger,
      domainTime = systemClock,
      realTime = systemClock,
      random = randomBytes,
      smokeTests = () => [],
    } = options;
    this.config = config;
    this.client = client;
    this.logger = logger;
    this.domainTime = domainTime;
    this.realTime = realTime;
    this.overrides = environmentOverrides(config);
    this.metrics = new Metrics({
      feedLagSeconds: () => this.following && (this.realTime.now() - this.following.freshAt) / 1000,
      outbox: () => outboxFigures(store),
      holdsLease: () => this.control.status.isLeading,
      evaluations: () => this.flags.evaluations,
    });
    this.store = new MeasuredStore(store, this.metrics);
    this.flags = new FlagsService({
      store: this.store,
      clock: domainTime,
      realTime,
      random,
      servesFlags: config.featureFlagsEnabled && !config.rollbackMode,
    });
    const owner = `${hostname()}-${process.pid}-${newId(4, random)}`;
    this.health = new HealthRoom({
      store: this.store,
      clock: domainTime,
      realTime,
      random,
      process: owner,
      gatewayPing: () => gatewayPing(client),
      after: (ms, callback) => systemTimers.after(ms, callback),
      outcomeOf,
      warn: (message, cause) => logger.warn(message, cause),
    });
    this.choices = new Choices({
      isEnabled: (flag, guildId) => this.flags.isEnabled(flag, guildId),
      runs: choiceRuns(this.health.recording, outcomeOf),
      comparisons: new Comparisons({ store: this.store, clock: domainTime, random }),
      logger,
      clock: domainTime,
      random: Math.random,
    });
    this.deprecations = new DeprecationUse({ counters: this.store.counters, clock: domainTime, random });
    this.feedback = new Feedback({ ledger: this.store.ledger, domainTime, realTime });
    this.keepingScore = new KeepingScore({
      ...{ store: this.store, flags: this.flags, feedback: this.feedback, records: this.health.records },
      ...{ domainTime, realTime, random, isUp: () => client.isReady() },
    });
    this.scorecard = this.keepingScore.scorecard;
    this.rollouts = new Rollouts({
      store: this.store,
      flags: this.flags,
      records: this.health.records,
      feedback: this.feedback,
      plans: () => this.plans,
      clock: domainTime,
      realTime,
      random,
      hasApprovers: (config.staff.approverRoleIds ?? []).length > 0,
      overrides: this.overrides,
      prometheusToken: config.prometheusToken,
      gatePassed: (_flag, stage) => passedIn(this.deployments.gate(config.release), stage),
      failedSmokeTests: (rollout) => failedSmokeTests(this.deployments.list({ isOpen: true }), rollout),
      onDue: () => this.control.wake('judge'),
    });
    this.goingBack = new GoingBack({
      ...{ config, deployments, store: this.store, smokeTests, domainTime, realTime, random, logger },
      ...{ flags: this.flags, rollouts: this.rollouts, health: this.health, feedback: this.feedback },
      process: owner,
      serves: () => servedBy(client),
      misshapen: () => this.deployments.damaged(),
      after: (ms, callback) => systemTimers.after(ms, callback),
      onDue: () => this.control.wake('roll back'),
    });
    this.presence = this.goingBack.presence;
    this.releases = this.goingBack.releases;
    this.rollbacks = this.goingBack.rollbacks;
    this.recovery = this.goingBack.recovery;
    this.smoke = this.goingBack.smoke;
    this.smokeRuns = new SmokeRuns({
      ...{ store: this.store, runner: this.smoke, settings: deployments.file.smoke, process: owner },
      ...{ release: config.release, domainTime, realTime, random },
      warn: (message, cause) => logger.warn(message, cause),
    });
    this.gateInBot = config.gateInBot === true ? openGateInBot(realTime) : undefined;
    this.migrationsInBot =
      config.gateInBot === true ? openMigrationsInBot(deployments.file.migrations) : undefined;
    this.deployments = openDeployments({
      ...{ store: this.store, rollouts: this.rollouts, smoke: this.smoke, smokeRuns: this.smokeRuns },
      rollbacks: this.rollbacks,
      ...{ domainTime, realTime, random, onDue: () => this.control.wake('deploy') },
      monitor: openMonitor({
        ...{ store: this.store, records: this.health.records, file: deployments.file },
        ...{ rollouts: this.rollouts, rollbacks: this.rollbacks, usersChannel: config.usersChannelId },
      }),
    });
    this.alerts = deployments.file.alerts;
    this.urgents = new Urgents({
      ...{ store: this.store, settings: this.alerts.escalation },
      hasOnCall: config.staff.onCallRoleId !== undefined,
    });
    this.control = new ControlLoop({
      store: this.store,
      owner,
      duties: [
        ...dutiesOf(this, {
          rest: client.rest,
          goingBack: this.goingBack,
          standBack: () => this.control.standBack(),
          lastKnown: this.lastKnown,
          head: () => this.following?.head ?? { seq: 0, id: '' },
        }),
        ...this.keepingScore.duties,
      ],
      clock: realTime,
      logger,
    });
  }

  /** Where the card of a rollout, a rollback or a deployment stands; undefined where it was not written yet. Throws Unavailable. */
  public async cardOf(id: string): Promise<SentMessage | undefined> {
    const [document = null] = await this.store.getMany('settings', [liveKey]);
    return readLive(document).get(id);
  }

  /** What reads the state, in the order in which it is told of a commit. */
  protected get followers(): readonly Follower[] {
    return [
      this.flags.follower,
      this.rollouts.follower,
      this.smokeRuns.follower,
      this.deployments.follower,
      ...this.goingBack.followers,
    ];
  }

  protected get lastKnown(): LastKnown {
    const { dataDir, prefix } = this.config.state;
    return new LastKnown(dataDir, prefix);
  }
}
