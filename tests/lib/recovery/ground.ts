/** A store with a folder of snapshots beside it, for the tests of this room. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Json } from '../../../src/lib/core/Json.js';
import type { FlagDocument, GuildEntry } from '../../../src/lib/flags/documents.js';
import type { StateMigration } from '../../../src/lib/deployments/migrations/state/StateMigration.js';
import { Damage, type Finding } from '../../../src/lib/recovery/damage/Damage.js';
import { Recovery } from '../../../src/lib/recovery/Recovery.js';
import { SnapshotKeeper } from '../../../src/lib/recovery/snapshots/SnapshotKeeper.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { OpenFile } from '../../../src/lib/state/snapshotFile.js';
import type { CommitReceipt, DocumentBody, Fence, Namespace, Store } from '../../../src/lib/state/Store.js';
import { LmdbFile } from '../../../src/lib/state/lmdb/LmdbFile.js';

export const ann = { id: '1', name: 'Ann' };
export const bob = { id: '2', name: 'Bob' };

export class Ground {
  /** Domain time. */
  public now = Date.UTC(2026, 7, 6, 10, 11, 12, 123);
  public hasApprovers = false;
  public misshapen: readonly Finding[] = [];
  public migrations: readonly StateMigration[] = [];
  public everyMs = 86_400_000;
  public keep = 14;
  public open: OpenFile | undefined;
  private ops = 0;

  private constructor(
    public readonly folder: string,
    public readonly store: Store,
    public readonly fence: Fence,
  ) {}

  public static async make(): Promise<Ground> {
    const folder = await mkdtemp(join(tmpdir(), 'recovery-test-'));
    const store = await openStore({ dataDir: folder, prefix: 'test' });
    const fence = await new Promise<Fence>((resolve, reject) => {
      const onLost = (): void => undefined;
      store.lease('control', { owner: 'test', ttlMs: 60_000, onGained: resolve, onLost }).catch(reject);
    });
    return new Ground(folder, store, fence);
  }

  public get snapshots(): string {
    return join(this.folder, 'snapshots');
  }

  public keeper(): SnapshotKeeper {
    const clock = { now: () => this.now };
    return new SnapshotKeeper({
      store: this.store,
      settings: { folder: this.snapshots, everyMs: this.everyMs, keep: this.keep },
      domainTime: clock,
      realTime: { now: () => Date.now() },
      ...(this.open !== undefined && { open: this.open }),
    });
  }

  public damage(): Damage {
    return new Damage({
      store: this.store,
      folder: this.keeper().folder,
      domainTime: { now: () => this.now },
      misshapen: () => this.misshapen,
      migrations: this.migrations,
    });
  }

  public recovery(): Recovery {
    return new Recovery({
      store: this.store,
      keeper: this.keeper(),
      damage: this.damage(),
      domainTime: { now: () => this.now },
      random: randomBytes,
      hasApprovers: this.hasApprovers,
    });
  }

  /** Writes a document over whatever stands there. */
  public async put(
    ns: Namespace,
    key: string,
    next: DocumentBody | null,
    audit: readonly Json[] = [{ put: key }],
  ): Promise<CommitReceipt> {
    const [document = null] = await this.store.getMany(ns, [key]);
    this.ops += 1;
    return this.store.commit({
      op: `op ${this.ops}`,
      notAfter: Date.now() + 60_000,
      changes: [{ ns, key, expect: document?.v ?? 0, next }],
      audit,
      outbox: [],
    });
  }

  /** Writes text over a document, as no program of ours would. */
  public async spoil(ns: Namespace, key: string, raw: string): Promise<void> {
    const file = await LmdbFile.open(this.folder, 'test', 5_000);
    try {
      await file.write(() => {
        file.put(['doc', ns, key], raw);
      });
    } finally {
      await file.close();
    }
  }

  public async get(ns: Namespace, key: string): Promise<DocumentBody | null> {
    return (await this.store.getMany(ns, [key]))[0] ?? null;
  }

  /** Texts of the notices that wait to be sent. */
  public async notices(): Promise<readonly string[]> {
    return (await this.store.outbox.pending(99)).map(({ body }) => JSON.stringify(body));
  }

  public async close(): Promise<void> {
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function flag(key: string, more: Partial<FlagDocument> = {}): DocumentBody {
  const stamp = { by: '1', at: 1 };
  const document: Omit<FlagDocument, 'v'> = {
    ...{ schema: 1, key, description: 'what it does', kind: 'release', owner: null, beta: 'closed' },
    ...{ optOut: 'until-release', enabled: true, basisPoints: 2500, seed: null, algo: 1, killed: null },
    ...{ archived: null, requires: [], cohorts: {}, ceiling: null, rollout: null, expiresAt: null },
    ...{ created: stamp, updated: stamp, servedSince: 1, declared: false, ...more },
  };
  return JSON.parse(JSON.stringify(document)) as DocumentBody;
}

export function guild(id: string, entries: Readonly<Record<string, GuildEntry>>): DocumentBody {
  return JSON.parse(JSON.stringify({ schema: 1, id, entries, channelId: null })) as DocumentBody;
}
