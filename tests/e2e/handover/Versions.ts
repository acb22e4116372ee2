/** Versions of the demo bot as processes of their own, logged in at one sandbox with one token, on one state. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src/lib/core/Clock.js';
import { Releases } from '../../../src/lib/deployments/releases/Releases.js';
import type { ReleasesDocument } from '../../../src/lib/deployments/releases/documents.js';
import { Presence } from '../../../src/lib/presence/Presence.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { startSandbox, type Exchange, type Sandbox } from '../../../src/sandbox/index.js';
import { environmentFor } from '../../support/bot.js';
import type { ChildModule } from '../../support/child.js';
import { demoProgram } from '../../support/demoProgram.js';
import { until } from '../../support/redis/until.js';

const silent = (): void => undefined;
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

export interface Tally {
  /** Interactions that were sent. */
  readonly sent: number;
  /** What people saw go wrong, as their client says it. */
  readonly unanswered: readonly string[];
  /** Answers that Discord refused, since there was one already. */
  readonly refused: number;
}

export class Versions {
  private readonly children: ChildProcess[] = [];
  private refused = 0;

  private constructor(
    private readonly program: ChildModule,
    private readonly dataDir: string,
    public readonly sandbox: Sandbox,
    private readonly store: Store,
    private readonly outsider: Releases,
    private readonly redisUrl: string | undefined,
  ) {}

  /** @param redisUrl where their state lies; without it, in a folder that they share */
  public static async open(redisUrl?: string): Promise<Versions> {
    const heard: ((exchange: Exchange) => void)[] = [];
    const [program, dataDir, sandbox] = await Promise.all([
      demoProgram(),
      mkdtemp(join(tmpdir(), 'rollouts-handover-')),
      startSandbox({
        port: 0,
        guilds: 12,
        onExchange: (exchange) => heard.forEach((hear) => hear(exchange)),
      }),
    ]);
    const store = await openStore({ redisUrl, dataDir, prefix: 'rollouts' });
    // Asks as a deployment driver would, and is no process of the bot: it neither lives nor acknowledges.
    const presence = new Presence({
      ...{ store, process: 'test', release: 'test', realTime: systemClock, logger: quiet },
      serves: () => ({ guilds: 0, shards: [], shardCount: 1 }),
    });
    const outsider = new Releases({
      store,
      presence,
      clock: systemClock,
      realTime: systemClock,
      logger: quiet,
    });
    const versions = new Versions(program, dataDir, sandbox, store, outsider, redisUrl);
    heard.push(({ path, status }) => {
      if (path.endsWith('/callback') && status >= 400) versions.refused += 1;
    });
    return versions;
  }

  /** Resolves when it is ready. */
  public async start(release: string): Promise<ChildProcess> {
    const { sandbox, dataDir, redisUrl } = this;
    const env = {
      ...process.env,
      ...environmentFor(sandbox, dataDir),
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      RELEASE: release,
    };
    const child = fork(this.program.file, { execArgv: [], env });
    this.children.push(child);
    const ready = new Promise<boolean>((tell) =>
      child.on('message', (said) => said === 'ready' && tell(true)),
    );
    const ended = once(child, 'exit').then(() => false);
    if (!(await Promise.race([ready, ended])))
      throw new Error(`Release ${release} ended before it was ready.`);
    return child;
  }

  public async document(): Promise<ReleasesDocument> {
    const [document = null] = await this.store.getMany('deployments', ['releases']);
    if (document === null) throw new Error('No release was ever active.');
    return document as unknown as ReleasesDocument;
  }

  public async answering(release: string): Promise<void> {
    await until(`release ${release} answers`, async () => {
      const { active, handover } = await this.document();
      return active.release === release && handover === null && active.since <= Date.now();
    });
  }

  public handOver(to: string): Promise<ReleasesDocument> {
    const by = { by: 'system:test', at: Date.now() };
    return this.outsider.handOver(to, { by, why: 'A test wants it.' }, new AbortController().signal);
  }

  /** People greet the bot, so many times a second, until `work` has ended and every greeting has its answer. */
  public async underTraffic(perSecond: number, work: () => Promise<void>): Promise<Tally> {
    const person = this.sandbox.as('beta1_manager').in('general', 'beta_server_1');
    const before = this.refused;
    const unanswered: string[] = [];
    const open = new Set<Promise<void>>();
    let isOver = false;
    let sent = 0;
    const ending = work().finally(() => {
      isOver = true;
    });
    const begun = performance.now();
    while (!isOver) {
      // By the clock, not by the pauses: a machine that is busy sends several at once.
      for (; sent < ((performance.now() - begun) / 1000) * perSecond; sent += 1) {
        const at = Date.now();
        const greeting = person
          .slash('/hello')
          .then(
            () => undefined,
            (error: unknown) => void unanswered.push(`${new Date(at).toISOString()}: ${String(error)}`),
          )
          .finally(() => open.delete(greeting));
        open.add(greeting);
      }
      await sleep(5);
    }
    await ending;
    await Promise.all(open);
    return { sent, unanswered, refused: this.refused - before };
  }

  public async close(): Promise<void> {
    await Promise.all(
      this.children
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map((child) => {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          return ended;
        }),
    );
    await this.store.close();
    await this.sandbox.close();
    await this.program.dispose();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
