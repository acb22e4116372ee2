/** What follows from a breach: a matrix of levels, as configuration (`risk:` of deployments.yaml). */
import type { RiskLevel, RiskTrigger } from '../documents.js';

export type RiskAction = 'rollback' | 'gradual-rollback' | 'pause' | 'tell';
export type StaffChannel = 'operations' | 'dev-team' | 'management';

export interface RiskRule {
  readonly action: RiskAction;
  /** People are asked instead of it being done. */
  readonly asks: boolean;
  readonly tell: readonly StaffChannel[];
  /** Whether the on-call role is pinged. */
  readonly pages: boolean;
}

export interface RiskPolicy {
  readonly levels: Readonly<Record<RiskTrigger, RiskLevel>>;
  readonly rules: Readonly<Record<RiskLevel, RiskRule>>;
}

export const riskDefaults: RiskPolicy = {
  levels: {
    'crash-storm': 'critical',
    'response-times': 'high',
    memory: 'high',
    database: 'high',
    'errors-proven': 'high',
    errors: 'medium',
    'external-services': 'low',
    'user-commands': 'low',
    'no-telemetry': 'low',
  },
  rules: {
    critical: {
      action: 'rollback',
      asks: false,
      tell: ['operations', 'dev-team', 'management'],
      pages: true,
    },
    high: { action: 'gradual-rollback', asks: false, tell: ['operations', 'dev-team'], pages: true },
    medium: { action: 'pause', asks: false, tell: ['operations', 'dev-team'], pages: false },
    low: { action: 'tell', asks: false, tell: ['operations'], pages: false },
  },
};
