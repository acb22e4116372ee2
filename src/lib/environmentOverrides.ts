import type { RolloutsConfig } from '../config/Config.js';

/** What the environment decides against everything that people set, as sentences for every card. */
export function environmentOverrides({
  featureFlagsEnabled,
  rollbackMode,
}: Pick<RolloutsConfig, 'featureFlagsEnabled' | 'rollbackMode'>): readonly string[] {
  return [
    ...(featureFlagsEnabled ? [] : ['FEATURE_FLAGS_ENABLED=false: every flag is off, whatever is set here.']),
    ...(rollbackMode ? ['ROLLBACK_MODE=true: every flag is off, whatever is set here.'] : []),
  ];
}
