// The floors of the house (docs/architecture.md): imports run downwards only, and there are no circles.

/** From the roof to the ground; a room may import its own floor's rooms only where `beside` allows it. */
const floors = [
  ['^src/(bot|cli|sandbox|demo)\\.ts$', '^src/sandbox/', '^src/demo/', '^src/cli/'],
  ['^src/setup/'],
  ['^src/register\\.ts$', '^src/plugin/'],
  [
    '^src/(index|judging)\\.ts$',
    '^src/(commands|decorators|interaction-handlers|listeners|preconditions|smoke-tests)/',
  ],
  [
    '^src/lib/(RolloutsService|RolloutsServiceOptions|RolloutRooms|duties|environmentOverrides|goingBack|keepingScore|openDeployments|openMonitor|readiness|gateInBot)\\.ts$',
  ],
  ['^src/lib/control/', '^src/lib/discord/', '^src/lib/metrics/', '^src/config/'],
  ['^src/lib/rollbacks/', '^src/lib/recovery/'],
  [
    '^src/lib/rollouts/',
    '^src/lib/deployments/',
    '^src/lib/scorecard/',
    '^src/lib/smoke/',
    '^src/lib/choices/',
    '^src/lib/deprecations/',
  ],
  ['^src/lib/flags/'],
  ['^src/lib/health/', '^src/lib/alerts/', '^src/lib/presence/'],
  ['^src/lib/state/', '^src/lib/http/', '^src/lib/chart/', '^src/lib/yaml/'],
  ['^src/lib/core/'],
];

const upwards = floors.flatMap((rooms, floor) => {
  const above = floors.slice(0, floor).flat();
  return above.length === 0
    ? []
    : [
        {
          name: `floor-${floors.length - floor}-never-imports-upwards`,
          severity: 'error',
          from: { path: rooms },
          to: { path: above },
        },
      ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...upwards,
    {
      name: 'domain-rooms-are-pure',
      comment: 'They get a clock, a store and a metrics source as arguments.',
      severity: 'error',
      from: {
        path: '^src/lib/(core|flags|health|choices|deprecations|presence|rollouts|rollbacks|deployments|scorecard|smoke|alerts)/',
        pathNot: '^src/lib/deployments/drivers/',
      },
      to: { path: ['node_modules/(discord\\.js|@discordjs|@sapphire|keyv|@keyv|@redis|lmdb)(/|$)'] },
    },
    {
      name: 'only-lib-discord-knows-discord',
      severity: 'error',
      from: {
        path: '^src/lib/',
        pathNot: [
          '^src/lib/discord/',
          '^src/lib/(RolloutsService|RolloutsServiceOptions|RolloutRooms|duties)\\.ts$',
        ],
      },
      to: { path: ['node_modules/(discord\\.js|@discordjs|discord-api-types)(/|$)'] },
    },
    {
      name: 'the-bot-and-the-sandbox-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(?!sandbox)' },
      to: { path: '^src/sandbox' },
    },
    {
      name: 'the-sandbox-runs-the-bot-as-a-child-process',
      severity: 'error',
      from: { path: '^src/sandbox' },
      to: { path: '^src/(?!sandbox)', pathNot: '^src/lib/core/' },
    },
    {
      name: 'no-unused-files',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    exclude: { path: '^src/sandbox/page/' },
  },
};
