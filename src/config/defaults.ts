/** What holds where nothing is said. */
export const defaults = {
  apiUrl: 'https://discord.com/api',
  channels: { operations: '#operations', 'dev-team': '#dev-team', management: '#management' },
  dataDir: 'data',
  prefix: 'rollouts',
  plansDir: 'rollouts',
  deploymentsFile: 'deployments.yaml',
  httpHost: '127.0.0.1',
  httpPort: 8080,
  logLevel: 'info',
  gateInBot: false,
  featureFlagsEnabled: true,
  rollbackMode: false,
} as const;
