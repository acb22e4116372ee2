/** A deployments room on a real embedded store, with smoke tests and a monitor that the test decides about, and clocks that it moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Deployments, type DeploymentsOptions } from '../../../../src/lib/deployments/Deployments.js';
import type { Announcement } from '../../../../src/lib/deployments/DeploymentsRoom.js';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import type { GateResult } from '../../../../src/lib/deployments/gate/GateResult.js';
import { unmeasured } from '../../../../src/lib/deployments/life/unmeasured.js';
import type { SmokeResult } from '../../../../src/lib/smoke/SmokeTest.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { Fence, Lease, Store } from '../../../../src/lib/state/Store.js';

export const ada = { id: '100000000000000001', name: 'ada' };
export const robot = { id: 'system:webhook', name: 'CI' };

export class Ground {
  public now = 1_800_000_000_000;
  public store!: Store;
  public room!: Deployments;
  public fence!: Fence;
  /** Rollouts that are under way. */
  public rollouts: string[] = [];
  public smoke: () => Promise<readonly SmokeResult[]> = () => Promise.resolve([passed('commands')]);
  public smokeRuns = 0;
  private lease!: Lease;

  private constructor(private readonly options: Partial<DeploymentsOptions>) {}

  public static async open(
    options: Partial<DeploymentsOptions> & { readonly wrap?: (store: Store) => Store } = {},
  ): Promise<Ground> {
    const { wrap = (one: Store) => one, ...rest } = options;
    const ground = new Ground(rest);
    await ground.begin(wrap);
    return ground;
  }

  /** Another process on the same state. @param isDeaf it has loaded the state, and hears of nothing that comes after */
  public async process(isDeaf = false, store: Store = this.store): Promise<Deployments> {
    const room = new Deployments({
      store,
      runSmoke: ({ signal }) => {
        this.smokeRuns++;
        const letGo = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('let go')));
        });
        return Promise.race([this.smoke(), letGo]);
      },
      monitor: unmeasured,
      rollouts: () => this.rollouts,
      clock: { now: () => this.now },
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      ...this.options,
    });
    const following = await this.store.follow(room.follower);
    if (isDeaf) await following.close();
    onTestFinished(async () => {
      room.close();
      await room.rest();
      await following.close();
    });
    return room;
  }

  public async turn(room: Deployments = this.room): Promise<number> {
    await settled();
    const again = await room.turn(this.fence);
    await settled();
    return again;
  }

  /** Turns until it is in this state. */
  public async until(state: DeploymentDocument['state'], stepMs = 1_000): Promise<DeploymentDocument> {
    for (let turn = 0; turn < 200; turn++) {
      await this.turn();
      const [newest] = this.room.list();
      if (newest?.state === state) return newest;
      this.now += stepMs;
    }
    throw new Error(`It did not become ${state}: ${JSON.stringify(this.room.list()[0], null, 1)}`);
  }

  public async notices(): Promise<readonly { to: unknown; title: string; pings: boolean }[]> {
    return (await this.store.outbox.pending(1_000)).map(({ body }) => {
      const { to, card, pingOnCall } = body as never as {
        to: unknown;
        card: { title: string };
        pingOnCall?: boolean;
      };
      return { to, title: card.title, pings: pingOnCall === true };
    });
  }

  public async audited(): Promise<readonly string[]> {
    const entries = await this.store.audit.read({ limit: 100 });
    return entries.map(({ body }) => (body as { title: string }).title).reverse();
  }

  /** Another process leads from now on. @returns the fence of the one before */
  public async takeOver(): Promise<Fence> {
    const { fence } = this;
    await this.lease.close();
    await this.lead();
    return fence;
  }

  private async lead(): Promise<void> {
    this.lease = await leaseOf(this.store, (fence) => (this.fence = fence));
  }

  private async begin(wrap: (store: Store) => Store): Promise<void> {
    const directory = await mkdtemp(join(tmpdir(), 'deployments-'));
    const store = await openStore({ dataDir: directory, prefix: 'test' });
    this.store = wrap(store);
    await this.lead();
    onTestFinished(async () => {
      await this.lease.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    });
    this.room = await this.process();
  }
}

export function announcing(version: string, more: Partial<Announcement> = {}): Announcement {
  return { version, source: 'person', by: ada, ...more };
}

/** As a webhook tells it. */
export function told(version: string, at: number, more: Partial<Announcement> = {}) {
  const origin = { ref: null, commit: null, at };
  return { version, source: 'webhook', by: robot, origin, ...more } as const;
}

export function passed(name: string): SmokeResult {
  return { name, verdict: 'passed', tookMs: 12, findings: [], sentence: 'All is well.' };
}

export function failedTest(name: string): SmokeResult {
  return { name, verdict: 'failed', tookMs: 12, findings: [], sentence: 'It did not answer.' };
}

export function gateOf(release: string, verdict: GateResult['verdict'], endedAt = 2_000): GateResult {
  const stage = {
    name: 'unit tests',
    tookMs: 500,
    exitCode: 0,
    criteria: [],
    sentence: '3 failed.',
    tail: '',
  };
  return {
    ...{ format: 'rollouts-gate', version: 1, release, commit: null, startedAt: 1_000, endedAt, verdict },
    stages: [{ ...stage, verdict }],
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function leaseOf(store: Store, gained: (fence: Fence) => void): Promise<Lease> {
  return new Promise((resolve, reject) => {
    let lease: Lease | undefined;
    let has = false;
    const complete = (): void => {
      if (lease !== undefined && has) resolve(lease);
    };
    store
      .lease('control', {
        owner: 'test',
        ttlMs: 60_000,
        onGained: (fence) => {
          gained(fence);
          has = true;
          complete();
        },
        onLost: () => undefined,
      })
      .then((one) => {
        lease = one;
        complete();
      }, reject);
  });
}
