/**
 * What another bot imports: types, errors and the pure `position`. Importing it does nothing; the plugin itself is turned on by
 * `import 'sapphire-plugin-rollouts/register'`.
 */
export type * from './config/Config.js';
export { InvalidConfig } from './config/InvalidConfig.js';
export type { RolloutsConfigOptions } from './config/resolveConfig.js';
export { RolloutError } from './lib/core/RolloutError.js';
export type { Clock } from './lib/core/Clock.js';
export type * from './lib/flags/changes.js';
export type * from './lib/flags/documents.js';
export * from './lib/flags/errors.js';
export type * from './lib/flags/FlagsRoom.js';
export { position } from './lib/flags/position.js';
export type * from './lib/flags/results.js';
export type { RolloutsClocks, RolloutsOptions, RolloutsService } from './lib/RolloutsService.js';
export { Conflict, Damaged, Fenced, TooLarge, TooLate, Unavailable } from './lib/state/errors.js';
export type { FeatureEnabledContext } from './preconditions/FeatureEnabled.js';
export type { RightPrecondition } from './preconditions/RightPrecondition.js';
