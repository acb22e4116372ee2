import { Store } from '@sapphire/framework';
import { SmokeTest } from './SmokeTest.js';

/** The store of smoke tests: ours, and those in a host's `smoke-tests/` folder. */
export class SmokeTestStore extends Store<SmokeTest, 'smoke-tests'> {
  public constructor() {
    super(SmokeTest, { name: 'smoke-tests' });
  }
}

declare module '@sapphire/pieces' {
  interface StoreRegistryEntries {
    'smoke-tests': SmokeTestStore;
  }
}
