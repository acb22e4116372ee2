/**
 * What another bot imports: decorators, the adapter for old interfaces, types, errors and the pure `position`. Importing it
 * does nothing; the plugin itself is turned on by `import 'sapphire-plugin-rollouts/register'`.
 */
export type * from './config/Config.js';
export { Deprecated } from './decorators/Deprecated.js';
export type { ClassOrMethodDecorator } from './decorators/decorator.js';
export { RequiresFeature, type RequiresFeatureOptions } from './decorators/RequiresFeature.js';
export { InvalidConfig } from './config/InvalidConfig.js';
export type { RolloutsConfigOptions } from './config/resolveConfig.js';
export { RolloutError } from './lib/core/RolloutError.js';
export type { Clock } from './lib/core/Clock.js';
export { BadChoice } from './lib/choices/errors.js';
export type { ComparisonReport } from './lib/choices/Comparisons.js';
export type { Difference as ImplementationDifference } from './lib/choices/examples.js';
export type * from './lib/choices/Implementations.js';
export { BadDeprecation, type DeprecatedOptions, type Deprecation } from './lib/deprecations/Deprecation.js';
export type { UsedDeprecation } from './lib/deprecations/DeprecationUse.js';
export type * from './lib/deployments/releases/documents.js';
export { HandoverFailed } from './lib/deployments/releases/errors.js';
export * from './lib/deprecations/expired.js';
export * from './lib/deprecations/legacyAdapter.js';
export type * from './lib/flags/changes.js';
export type * from './lib/flags/documents.js';
export * from './lib/flags/errors.js';
export type * from './lib/flags/FlagsRoom.js';
export { position } from './lib/flags/position.js';
export type * from './lib/flags/results.js';
export { ProbeExists } from './lib/health/recording/Probes.js';
export type * from './lib/presence/PresenceRoom.js';
export type { RolloutsClocks, RolloutsOptions, RolloutsService } from './lib/RolloutsService.js';
export { Conflict, Damaged, Fenced, TooLarge, TooLate, Unavailable } from './lib/state/errors.js';
export {
  featureDisabledIdentifier,
  type FeatureEnabledContext,
  type FeatureGate,
} from './preconditions/FeatureEnabled.js';
export type { RightPrecondition } from './preconditions/RightPrecondition.js';
export type {
  Smoke,
  SmokeContext,
  SmokeFinding,
  SmokeResult,
  SmokeTick,
  SuiteResult,
} from './lib/smoke/SmokeTest.js';
export { announceLogWriter, wroteLogLine } from './lib/smoke/probes/logLines.js';
export { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './smoke-tests/SmokeTest.js';
export type { SmokeTestStore } from './smoke-tests/SmokeTestStore.js';
