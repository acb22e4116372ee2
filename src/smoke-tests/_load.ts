/** The store of smoke tests, and ours in it as virtual pieces. */
import { container } from '@sapphire/framework';
import { CommandsSmokeTest } from './CommandsSmokeTest.js';
import { SmokeTestStore } from './SmokeTestStore.js';

/** Before the client logs in: what stands in the host's `smoke-tests/` folder is loaded then, with everything else. */
export function loadSmokeTests(): void {
  if (!container.stores.has('smoke-tests')) container.stores.register(new SmokeTestStore());
  void container.stores.loadPiece({ name: 'commands', piece: CommandsSmokeTest, store: 'smoke-tests' });
}
