import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { riskTriggers } from '../../../../src/lib/deployments/documents.js';
import { parseDeployments } from '../../../../src/lib/deployments/file/readDeploymentsFile.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';

const read = (text: string) => parseDeployments(text, 'deployments.yaml', '.data');

it('a file without the section has the defaults', () => {
  expect(read('')).toMatchObject({ ok: true, file: { monitor: monitorDefaults, risk: riskDefaults } });
});

it('what the file says holds, and the rest stays as it is', () => {
  const file = `
monitor:
  for: 2h
  limits: { errors: 5%, response_times: 12.5% }
  external_services: [payments]
risk:
  high: { action: pause }
`;
  expect(read(file)).toMatchObject({
    ok: true,
    file: {
      monitor: {
        forMs: 7_200_000,
        everyMs: 30_000,
        limits: { errors: 0.05, responseTimes: 0.125, memory: 0.3 },
        externalServices: ['payments'],
      },
      risk: { rules: { high: { action: 'pause', pages: true } } },
    },
  });
});

it('a wrong line is named with what is expected', () => {
  expect(read('monitor:\n  limits:\n    errors: 5\n')).toMatchObject({
    ok: false,
    problems: [{ line: 3, message: expect.stringContaining('a percentage such as 20%') as string }],
  });
});

it('what docs/monitoring.md shows can be followed, and names every kind of breach', () => {
  const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/monitoring.md', 'utf8')) ?? [];
  expect(read(shown)).toMatchObject({ ok: true, file: { monitor: { externalServices: ['payments-api'] } } });
  for (const trigger of riskTriggers) expect(shown).toContain(`${trigger}: ${riskDefaults.levels[trigger]}`);
});
