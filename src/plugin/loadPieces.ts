import { loadCommands } from '../commands/_load.js';
import type { RolloutsConfig } from '../config/Config.js';
import { loadInteractionHandlers } from '../interaction-handlers/_load.js';
import { loadListeners } from '../listeners/_load.js';
import { loadPreconditions } from '../preconditions/_load.js';
import { loadSmokeTests } from '../smoke-tests/_load.js';

/** Every piece of the plugin. None is global, none touches a command that is not ours. */
export function loadPieces(config: Pick<RolloutsConfig, 'commands'>): void {
  loadPreconditions();
  loadCommands(config.commands);
  loadInteractionHandlers();
  loadListeners();
  loadSmokeTests();
}
