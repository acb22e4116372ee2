/** The facade on `container.rollouts`: opens the rooms, connects them, hands them out, closes them. It holds no logic. */
import { randomBytes } from 'node:crypto';
import type { Client } from 'discord.js';
import type { Implementations } from './choices/Implementations.js';
import { followEach } from './control/followEach.js';
import { systemClock } from './core/Clock.js';
import { readDeploymentsFile } from './deployments/file/readDeploymentsFile.js';
import type { TakeMetrics } from './deployments/webhooks/HooksRoom.js';
import { type DiscordEvent, eventMoment } from './discord/eventMoment.js';
import { ownGuilds } from './discord/ownGuilds.js';
import { HttpServer } from './http/HttpServer.js';
import { deploymentHooks } from './openDeployments.js';
import { RolloutRooms } from './RolloutRooms.js';
import type { RolloutsOptions, RolloutsServiceOptions } from './RolloutsServiceOptions.js';
import { readiness } from './readiness.js';
import { PlanShelf } from './rollouts/plans/PlanShelf.js';
import { openStore } from './state/openStore.js';

export type { RolloutsClocks, RolloutsOptions, RolloutsServiceOptions } from './RolloutsServiceOptions.js';

export class RolloutsService extends RolloutRooms {
  private http: HttpServer | undefined;
  private closing: Promise<void> | undefined;

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
    const { deploymentsFile, state } = config;
    const deployments = await readDeploymentsFile(deploymentsFile, state.dataDir);
    const service = new RolloutsService(options, store, deployments);
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
    await this.goingBack.begin();
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

  /**
   * Is it this process's to answer? Of two versions of a bot that are logged in at once both get every event, and each
   * belongs to the release that was active when it happened. The bot of our own drops what is not its own by itself.
   *
   * @example if (!(await rollouts.isActive(interaction))) return;
   */
  public async isActive(event: DiscordEvent): Promise<boolean> {
    const { at, shard } = eventMoment(event, this.client.options.shardCount ?? 1);
    return this.releases.decide(at, shard);
  }

  /** Stops acting, hands the lease over, and lets go of the store. Safe to call twice. */
  public close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async load(): Promise<void> {
    this.following = await this.store.follow(followEach([...this.followers, this.control]));
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
    for (const follower of this.followers) follower.reload(kept, 'start', []);
  }

  private async listen(): Promise<void> {
    const { http } = this.config;
    if (http === undefined) return;
    const { metrics, logger, client, flags, store } = this;
    const ready = () => readiness({ store, flags, gateway: client });
    const { config, deployments, realTime, scorecard } = this;
    const takeMetrics: TakeMetrics = (body, delivery) => scorecard.takeMetrics(body, delivery);
    const hooks = deploymentHooks(config, { deployments, store, realTime, takeMetrics });
    const countHook = (hook: string, outcome: string): void => metrics.hooks.inc({ hook, outcome });
    this.http = await HttpServer.listen({ ...http, ready, metrics, logger, hooks, countHook });
    logger.info(`Health and metrics: ${this.http.url}`);
  }

  private async end(): Promise<void> {
    await this.control.stop();
    await this.goingBack.close();
    this.deployments.close();
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
