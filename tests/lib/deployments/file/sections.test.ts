import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDeployments } from '../../../../src/lib/deployments/file/readDeploymentsFile.js';

const parse = (text: string) => parseDeployments(text, 'deployments.yaml', 'data');
const problems = (text: string): readonly string[] => {
  const read = parse(text);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
};

describe('smoke and alerts in deployments.yaml', () => {
  it.each(['docs/smoke-tests.md', 'docs/alerts.md'])('every block of %s can be followed', (path) => {
    const blocks = [...readFileSync(path, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(blocks.length).toBeGreaterThan(0);
    for (const [, yaml = ''] of blocks) expect(problems(yaml)).toEqual([]);
  });

  it('have defaults where the file says nothing', () => {
    const read = parse('');
    expect(read).toMatchObject({
      file: {
        smoke: { everyMs: undefined, endpoints: [], dashboards: [] },
        alerts: { messagesAMinute: 12, escalation: { everyMs: 600_000, times: 3 } },
      },
    });
  });

  it('are laid out with times in ms and targets told apart', () => {
    const text = `
smoke: { every: 6h, endpoints: [{ name: a, url: "https://a.example/" }] }
alerts:
  webhooks: [{ name: slack, url_env: SLACK }]
  routes: [{ severity: bad, to: [management, slack] }]
`;
    expect(parse(text)).toMatchObject({
      file: {
        smoke: { everyMs: 21_600_000, endpoints: [{ name: 'a', status: 200, withinMs: 2_000 }] },
        alerts: { routes: [{ events: ['*'], severity: 'bad', to: ['management', { webhook: 'slack' }] }] },
      },
    });
  });

  it('a route to nobody, an address that is none and a log that takes too long are refused by line', () => {
    const [nobody] = problems('alerts:\n  routes:\n    - { to: [slak] }\n');
    expect(nobody).toMatch(/^3: slak is neither a staff channel nor one of webhooks/);
    expect(problems('smoke:\n  endpoints: [{ name: a, url: "ftp://a" }]\n')[0]).toMatch(/^2: .*https?:\/\//);
    expect(problems('smoke:\n  logs: { url: "https://a.example/", within: 90s }\n')[0]).toMatch(
      /^2: .*at most 60s/,
    );
  });
});
