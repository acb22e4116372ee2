/** What every store keeps to, whichever database is behind it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { StoreOptions } from '../../src/lib/state/openStore.js';
import type { Store } from '../../src/lib/state/Store.js';
import { besides } from './besides.contract.js';
import { commits } from './commits.contract.js';
import { damage } from './damage.contract.js';
import { following } from './following.contract.js';
import type { Ground } from './ground.js';
import { leases } from './leases.contract.js';
import { snapshots } from './snapshots.contract.js';
import { trails } from './trails.contract.js';

/** One test's own state, and as many stores on it as it opens. */
export class Scene {
  public prefix = '';
  public store!: Store;
  public ground!: Ground;
  private readonly opened: Store[] = [];

  /** Another store on the same state, or on another. */
  public async another(prefix = this.prefix, options: Partial<StoreOptions> = {}): Promise<Store> {
    const store = await this.ground.open(prefix, options);
    this.opened.push(store);
    return store;
  }

  public async closeAll(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((store) => store.close()));
  }
}

export function storeContract(name: string, ground: () => Promise<Ground>): void {
  describe(`a store on ${name}`, () => {
    const scene = new Scene();
    let count = 0;
    beforeAll(async () => {
      scene.ground = await ground();
    }, 60_000);
    beforeEach(async () => {
      count += 1;
      scene.prefix = `t${count}`;
      scene.store = await scene.another();
    });
    afterEach(() => scene.closeAll());
    afterAll(() => scene.ground.dispose());

    commits(scene);
    damage(scene);
    following(scene);
    leases(scene);
    trails(scene);
    besides(scene);
    snapshots(scene);
  });
}
