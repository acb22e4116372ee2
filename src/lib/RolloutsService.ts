/** The facade on `container.rollouts`: opens the rooms, connects them, hands them out, closes them. It holds no logic. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ILogger } from '@sapphire/framework';
import type { Client } from 'discord.js';
import type { RolloutsConfig } from '../config/Config.js';
import type { RolloutsConfigOptions } from '../config/resolveConfig.js';
import { choiceRuns } from './choices/ChoiceRuns.js';
import { Choices } from './choices/Choices.js';
import { Comparisons } from './choices/Comparisons.js';
import type { Implementations } from './choices/Implementations.js';
import { ControlLoop } from './control/ControlLoop.js';
import { followEach } from './control/followEach.js';
import { systemTimers } from './control/Timers.js';
import { type Clock, systemClock } from './core/Clock.js';
import { newId, type RandomBytes } from './core/ids.js';
import { DeprecationUse } from './deprecations/DeprecationUse.js';
import { outcomeOf } from './discord/outcomeOf.js';
import { ownGuilds } from './discord/ownGuilds.js';
import { FlagsService } from './flags/FlagsService.js';
import { Feedback } from './health/feedback/Feedback.js';
import { HealthRoom } from './health/recording/HealthRoom.js';
import { dutiesOf } from './duties.js';
import { HttpServer } from './http/HttpServer.js';
import { MeasuredStore } from './metrics/MeasuredStore.js';
import { Metrics } from './metrics/Metrics.js';
import { outboxFigures } from './metrics/outboxFigures.js';
import { environmentOverrides } from './environmentOverrides.js';
import { readiness } from './readiness.js';
import { PlanShelf } from './rollouts/plans/PlanShelf.js';
import { Rollouts } from './rollouts/Rollouts.js';
import { LastKnown } from './state/LastKnown.js';
import { openStore } from './state/openStore.js';
import type { Following, Store } from './state/Store.js';

/** Where the service takes its time from; tests and the sandbox may speed up domain time, nobody real time. */
export interface RolloutsClocks {
  readonly domainTime?: Clock;
  readonly realTime?: Clock;
}

/** What a host passes as `rollouts` in its client options. */
export interface RolloutsOptions extends RolloutsConfigOptions {
  /** @default the machine's clock */
  readonly clocks?: RolloutsClocks;
}

export interface RolloutsServiceOptions extends RolloutsClocks {
  readonly config: RolloutsConfig;
  readonly client: Client;
  readonly logger: ILogger;
  readonly random?: RandomBytes;
}

export class RolloutsService {
  public readonly config: RolloutsConfig;
  public readonly logger: ILogger;
  public readonly domainTime: Clock;
  public readonly realTime: Clock;
  public readonly store: Store;
  public readonly flags: FlagsService;
  public readonly health: HealthRoom;
  public readonly feedback: Feedback;
  public readonly rollouts: Rollouts;
  public readonly choices: Choices;
  public readonly deprecations: DeprecationUse;
  public readonly control: ControlLoop;
  public readonly metrics: Metrics;
  private readonly client: Client;
  private plans = PlanShelf.builtIn();
  private following: Following | undefined;
  private http: HttpServer | undefined;
  private closing: Promise<void> | undefined;

  private constructor(options: RolloutsServiceOptions, store: Store) {
    const {
      config,
      client,
      logger,
      domainTime = systemClock,
      realTime = systemClock,
      random = randomBytes,
    } = options;
    this.config = config;
    this.client = client;
    this.logger = logger;
    this.domainTime = domainTime;
    this.realTime = realTime;
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
      gatewayPing: () => (client.ws.ping < 0 ? null : client.ws.ping),
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
      overrides: environmentOverrides(config),
      prometheusToken: config.prometheusToken,
      onDue: () => this.control.wake('judge'),
    });
    this.control = new ControlLoop({
      store: this.store,
      owner,
      duties: dutiesOf(this, {
        rest: client.rest,
        lastKnown: this.lastKnown,
        head: () => this.following?.head ?? { seq: 0, id: '' },
      }),
      clock: realTime,
      logger,
    });
  }

  /**
   * Opens everything and loads the state. A store that is away is no error: the state that was kept last is served, marked
   * as stale, until it is back.
   *
   * @throws {BadRedisUrl} {@link NetworkDisk} {@link CannotListen}
   */
  public static async open(options: RolloutsServiceOptions): Promise<RolloutsService> {
    const { config, logger, realTime = systemClock, random = randomBytes } = options;
    const store = await openStore({
      ...config.state,
      clock: realTime,
      random,
      warn: (message, cause) => logger.warn(message, cause),
    });
    const service = new RolloutsService(options, store);
    try {
      service.plans = await PlanShelf.open(config.plansDir);
      for (const problem of service.plans.problems) logger.warn(problem);
      await service.load();
      await service.listen();
    } catch (error) {
      await service.close();
      throw error;
    }
    return service;
  }

  /** Where /livez, /readyz and /metrics are; undefined where there is no HTTP server. */
  public get httpUrl(): string | undefined {
    return this.http?.url;
  }

  /** Once the gateway is ready: tells the directory which guilds are this process's, and begins to act. */
  public async begin(client: Client<true>): Promise<void> {
    this.control.start();
    await this.flags.directory.serve(ownGuilds(client));
  }

  /**
   * Measures work of the host's own as if it were a command, so that flags under rollout which it evaluates are judged by it,
   * too. What `work` resolves to is answered, what it throws is thrown.
   *
   * @example await rollouts.measure('nightly-report', guild.id, () => sendReport(guild));
   */
  public measure<T>(name: string, guildId: string | null, work: () => T | PromiseLike<T>): Promise<T> {
    return this.health.measure(name, guildId, work);
  }

  /**
   * Lets rollouts know how a database (or anything that the bot cannot do without) is doing: `ask` is called every 30 s, and a
   * rejection or 5 s of silence is a failure. Three failures of five pause what is rolling out.
   *
   * @returns takes the probe away again
   * @throws {ProbeExists}
   * @example rollouts.probe('postgres', () => pool.query('select 1'));
   */
  public probe(name: string, ask: () => unknown): () => void {
    return this.health.probe(name, ask);
  }

  /**
   * Answers by one of two implementations, named by a flag: `candidate` where it is on for the guild, else `control`. It counts
   * for the rollout of the flag.
   *
   * @example
   * const text = await rollouts.choose('service_layer', guildId, {
   *   candidate: () => greetings.greet(name),
   *   control: () => oldGreetings.sayHello(name),
   *   fallback: true,
   * });
   * @throws {BadChoice}, and what the implementation throws
   */
  public choose<T>(flag: string, guildId: string | null, both: Implementations<T>): Promise<T> {
    return this.choices.choose(flag, guildId, both);
  }

  /** Stops acting, hands the lease over, and lets go of the store. Safe to call twice. */
  public close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async load(): Promise<void> {
    this.following = await this.store.follow(
      followEach([this.flags.follower, this.rollouts.follower, this.control]),
    );
    if (this.flags.isLoaded) return;
    const kept = await this.lastKnown.load();
    if (kept === undefined) {
      this.logger.warn(
        'The state store is away and no earlier state was kept here: every flag is off until it is back.',
      );
      return;
    }
    this.logger.warn(
      `The state store is away: serving the state of ${new Date(kept.at).toISOString()} until it is back.`,
    );
    for (const follower of [this.flags.follower, this.rollouts.follower]) follower.reload(kept, 'start', []);
  }

  private async listen(): Promise<void> {
    const { http } = this.config;
    if (http === undefined) return;
    const { metrics, logger, client, flags, store } = this;
    const ready = () => readiness({ store, flags, gateway: client });
    this.http = await HttpServer.listen({ ...http, ready, metrics, logger });
    logger.info(`Health and metrics: ${this.http.url}`);
  }

  private get lastKnown(): LastKnown {
    const { dataDir, prefix } = this.config.state;
    return new LastKnown(dataDir, prefix);
  }

  private async end(): Promise<void> {
    await this.control.stop();
    await this.health.close();
    this.rollouts.close();
    this.flags.close();
    await this.following?.close();
    await this.http?.close();
    await this.store.close();
  }
}

declare module '@sapphire/pieces' {
  interface Container {
    rollouts: RolloutsService;
  }
}

declare module 'discord.js' {
  interface ClientOptions {
    /** Turns the plugin on. */
    rollouts?: RolloutsOptions;
  }
}
