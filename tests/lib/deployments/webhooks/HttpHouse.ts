/** Both hooks behind the real server, with real metrics, and a log that can be read. */
import { connect } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { HttpServer } from '../../../../src/lib/http/HttpServer.js';
import { Metrics } from '../../../../src/lib/metrics/Metrics.js';
import { deploymentHooks } from '../../../../src/lib/openDeployments.js';
import { Ground } from '../life/ground.js';

export const secrets = {
  deploymentSecret: 'between-ci-and-the-bot',
  githubSecret: 'between-github-and-the-bot',
};
export const now = 1_800_000_000_000;
/** A path of a file, a line of a stack, or a secret. */
export const internal = /node:|\.[tj]s:\d|\n\s+at |between-/;

export class HttpHouse {
  private constructor(
    public readonly ground: Ground,
    public readonly metrics: Metrics,
    public readonly server: HttpServer,
    public readonly logged: readonly unknown[],
  ) {}

  public static async open(
    webhooks: Partial<typeof secrets> = secrets,
    bodyWithinMs?: number,
  ): Promise<HttpHouse> {
    const ground = await Ground.open();
    const metrics = new Metrics({
      feedLagSeconds: () => 0,
      outbox: () => Promise.resolve(undefined),
      holdsLease: () => false,
      evaluations: () => [],
    });
    const rooms = { deployments: ground.room, store: ground.store, realTime: { now: () => now } };
    const logged: unknown[] = [];
    const log = (...values: unknown[]): void => void logged.push(...values);
    const server = await HttpServer.listen({
      ...{ host: '127.0.0.1', port: 0, metrics, ready: () => Promise.resolve([]) },
      logger: { debug: log, info: log, warn: log, error: log },
      hooks: deploymentHooks({ webhooks }, rooms),
      countHook: (hook, outcome) => metrics.hooks.inc({ hook, outcome }),
      ...(bodyWithinMs !== undefined && { bodyWithinMs }),
    });
    onTestFinished(() => server.close());
    return new HttpHouse(ground, metrics, server, logged);
  }

  public async post(path: string, body: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(this.server.url + path, { method: 'POST', body, headers });
    const text = await response.text();
    return { status: response.status, text };
  }

  /** Everything that was posted to this route, by how it ended. */
  public async counted(hook: string): Promise<Readonly<Record<string, number>>> {
    const { values } = await this.metrics.hooks.get();
    return Object.fromEntries(
      values
        .filter(({ labels }) => labels.hook === hook)
        .map(({ labels, value }) => [String(labels.outcome), value]),
    );
  }

  /** Until the server has noticed how it ended. */
  public async hasCounted(hook: string): Promise<Readonly<Record<string, number>>> {
    await expect.poll(async () => Object.keys(await this.counted(hook))).not.toEqual([]);
    return this.counted(hook);
  }
}

/** What the server says to these bytes until it hangs up. @param hangsUp the sender, once they are sent */
export function raw(port: number, bytes: string, hangsUp = false): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, () => {
        if (hangsUp) socket.end(() => socket.destroy());
      });
    });
    socket.on('data', (data: Buffer) => (heard += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}
