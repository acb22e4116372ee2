/** Several processes of several releases, logged in with one token: each gets every event, and decides whether it answers. */
import { Presence } from '../../../../src/lib/presence/Presence.js';
import { Releases } from '../../../../src/lib/deployments/releases/Releases.js';
import type { ReleasesDocument } from '../../../../src/lib/deployments/releases/documents.js';
import { FakeState, type Line } from './FakeState.js';
import { FakeTime } from './FakeTime.js';

export interface Bot {
  readonly name: string;
  readonly presence: Presence;
  readonly releases: Releases;
  readonly line: Line;
  /** How long an event takes from Discord. */
  gatewayMs: number;
  isDead: boolean;
  readonly serves: ReadonlySet<string>;
}

export interface BotFacts {
  readonly shards?: readonly number[];
  readonly shardCount?: number;
  readonly line?: Partial<Line>;
  readonly gatewayMs?: number;
}

export class World {
  public readonly time = new FakeTime();
  public readonly state = new FakeState(this.time);
  public readonly bots: Bot[] = [];
  /** Who answered, by event. */
  public readonly answers: { readonly at: number; readonly by: string[] }[] = [];
  public readonly errors: unknown[][] = [];
  /** Discord's clock minus the store's. */
  public skewMs = 0;

  /** A process that is ready; its duties take their turns until it dies. */
  public async start(name: string, release: string, facts: BotFacts = {}): Promise<Bot> {
    const { shards = [0], shardCount = 1, gatewayMs = 20 } = facts;
    const line: Line = { latencyMs: 1, lagMs: 2, isCut: false, ...facts.line };
    const store = this.state.view(line);
    const clock = { now: () => this.time.now };
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (...values: readonly unknown[]) => void this.errors.push([...values]),
    };
    const pause = (ms: number): Promise<void> => this.time.pause(ms);
    const serves = () => ({ guilds: 1, shards, shardCount });
    const presence = new Presence({ store, process: name, release, serves, realTime: clock, logger, pause });
    const releases = new Releases({ store, presence, clock, realTime: clock, logger, pause });
    const bot: Bot = {
      name,
      presence,
      releases,
      line,
      gatewayMs,
      isDead: false,
      serves: new Set(shards.map((shard) => `${shard}/${shardCount}`)),
    };
    this.bots.push(bot);
    this.state.follow(line, releases.follower);
    this.state.follow(line, presence.follower);
    await this.until(releases.begin());
    void this.turns(bot);
    return bot;
  }

  /** As if killed. */
  public kill(bot: Bot): void {
    bot.isDead = true;
    bot.line.isCut = true;
  }

  /** As if asked to end. */
  public async stop(bot: Bot): Promise<void> {
    bot.isDead = true;
    await this.until(bot.presence.close());
    bot.line.isCut = true;
  }

  /** It says that it lives, and acknowledges nothing. */
  public deafen(bot: Bot): void {
    const say = bot.presence.say.bind(bot.presence);
    bot.presence.say = () => say({});
  }

  /** Something happens on Discord now. */
  public event(shard = '0/1'): void {
    const event = { at: this.time.now + this.skewMs, by: [] as string[] };
    this.answers.push(event);
    for (const bot of this.bots) void this.deliver(bot, event, shard);
  }

  /** An event every so often, while time passes. */
  public async live(ms: number, everyMs = 10): Promise<void> {
    for (let passed = 0; passed < ms; passed += everyMs) {
      this.event();
      await this.time.pass(everyMs);
    }
  }

  /** Time passes until something has ended. */
  public async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const done = (): void => {
      isOver = true;
    };
    work.then(done, done);
    for (let ms = 0; !isOver && ms < 120_000; ms += 5) await this.time.pass(5);
    return work;
  }

  public async handOver(
    bot: Bot,
    to: string,
    signal = new AbortController().signal,
  ): Promise<ReleasesDocument> {
    const by = { by: '1', at: 0 };
    return bot.releases.handOver(to, { by, why: 'A test wants it.' }, signal);
  }

  public get document(): ReleasesDocument {
    return this.state.document('deployments', 'releases') as unknown as ReleasesDocument;
  }

  /** Events that nobody answered, or more than one. */
  public get wrong(): readonly { readonly at: number; readonly by: readonly string[] }[] {
    return this.answers.filter(({ by }) => by.length !== 1);
  }

  private async deliver(
    bot: Bot,
    event: { readonly at: number; readonly by: string[] },
    shard: string,
  ): Promise<void> {
    await this.time.pause(bot.gatewayMs);
    if (bot.isDead || !bot.serves.has(shard)) return;
    const isOurs = await bot.releases.decide(event.at, shard);
    if (isOurs && !bot.isDead) event.by.push(bot.name);
  }

  private async turns(bot: Bot): Promise<void> {
    for (let turn = 0; !bot.isDead; turn += 1) {
      if (turn % 5 === 0) await bot.releases.turn().catch((error: unknown) => this.errors.push([error]));
      // Whoever lives longest leads: as good as any other.
      if (this.leader === bot) await bot.releases.lead().catch((error: unknown) => this.errors.push([error]));
      await this.time.pause(this.isQuiet ? 1_000 : 50);
    }
  }

  private get isQuiet(): boolean {
    const stored = this.state.document('deployments', 'releases');
    return stored === undefined || stored.handover === null;
  }

  private get leader(): Bot | undefined {
    return this.bots.find(({ isDead, line }) => !isDead && !line.isCut);
  }
}
