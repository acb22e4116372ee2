/** The store of smoke tests, and ours in it as virtual pieces. */
import { container } from '@sapphire/framework';
import { AlertingSmokeTest } from './AlertingSmokeTest.js';
import { CommandsSmokeTest } from './CommandsSmokeTest.js';
import { ConsistencySmokeTest } from './ConsistencySmokeTest.js';
import { DashboardsSmokeTest } from './DashboardsSmokeTest.js';
import { ErrorsSmokeTest } from './ErrorsSmokeTest.js';
import { ExternalApisSmokeTest } from './ExternalApisSmokeTest.js';
import { GatewaySmokeTest } from './GatewaySmokeTest.js';
import { HealthEndpointsSmokeTest } from './HealthEndpointsSmokeTest.js';
import { LogAggregationSmokeTest } from './LogAggregationSmokeTest.js';
import { LoggingSmokeTest } from './LoggingSmokeTest.js';
import { MetricsFlowSmokeTest } from './MetricsFlowSmokeTest.js';
import { PermissionsSmokeTest } from './PermissionsSmokeTest.js';
import { ResponsesSmokeTest } from './ResponsesSmokeTest.js';
import { ResponseTimesSmokeTest } from './ResponseTimesSmokeTest.js';
import { SmokeTestStore } from './SmokeTestStore.js';
import { StateStoreSmokeTest } from './StateStoreSmokeTest.js';

const pieces = {
  gateway: GatewaySmokeTest,
  'state-store': StateStoreSmokeTest,
  commands: CommandsSmokeTest,
  permissions: PermissionsSmokeTest,
  'external-apis': ExternalApisSmokeTest,
  logging: LoggingSmokeTest,
  responses: ResponsesSmokeTest,
  errors: ErrorsSmokeTest,
  'response-times': ResponseTimesSmokeTest,
  consistency: ConsistencySmokeTest,
  'metrics-flow': MetricsFlowSmokeTest,
  alerting: AlertingSmokeTest,
  dashboards: DashboardsSmokeTest,
  'log-aggregation': LogAggregationSmokeTest,
  'health-endpoints': HealthEndpointsSmokeTest,
} as const;

/** Before the client logs in: what stands in the host's `smoke-tests/` folder is loaded then, with everything else. */
export function loadSmokeTests(): void {
  if (!container.stores.has('smoke-tests')) container.stores.register(new SmokeTestStore());
  for (const [name, piece] of Object.entries(pieces))
    void container.stores.loadPiece({ name, piece, store: 'smoke-tests' });
}
