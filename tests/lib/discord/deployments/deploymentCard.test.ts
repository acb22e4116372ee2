import { describe, expect, it } from 'vitest';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import { deploymentCard, deploymentDigest } from '../../../../src/lib/discord/deployments/deploymentCard.js';
import { failedTest, gateOf, passed } from '../../deployments/life/ground.js';
import { at, deployment, watched } from './deploymentFixture.js';

const clocks = { realTime: { now: () => at }, domainTime: { now: () => at } };

function text(document: DeploymentDocument, progress = '', notices: readonly string[] = []): string {
  const { components } = deploymentCard(document, { clocks, progress, notices, writtenAt: at });
  return [...JSON.stringify(components).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, content = '']) => JSON.parse(`"${content}"`) as string)
    .join('\n');
}

describe('the card of a deployment', () => {
  it('says what is deployed where, by whom, and that nobody ran its gate', () => {
    const shown = text(deployment());
    expect(shown).toContain('🚀 `1.4.0` → production  is being deployed');
    expect(shown).toContain('Faster greetings');
    expect(shown).toContain('– Gate  not run');
    expect(shown).toContain('▶ **Being deployed**  since');
    expect(shown).toContain('· Smoke tests');
  });

  it('shows a failed stage with its last lines', () => {
    const gate = gateOf('1.4.0', 'failed');
    const [stage] = gate.stages;
    if (stage === undefined) throw new Error('The fixture has no stage.');
    const shown = text(
      deployment({ gate: { ...gate, stages: [{ ...stage, tail: 'one\ntwo\nAssertionError' }] } }),
    );
    expect(shown).toContain('✖ **Gate**  failed: unit tests');
    expect(shown).toContain('`AssertionError`');
  });

  it('ticks while smoke tests run, and names those that failed', () => {
    const testing = deployment({ state: 'testing', entered: { deploying: at, testing: at } });
    expect(text(testing, '2 of 6 done')).toContain('▶ **Smoke tests**  2 of 6 done');
    const tested = {
      ...testing,
      state: 'watching',
      smoke: [passed('store'), failedTest('commands')],
    } as const;
    const shown = text(tested);
    expect(shown).toContain('✖ **Smoke tests**  1 of 2 passed');
    expect(shown).toContain('✖ **commands**  It did not answer.');
  });

  it('says what the monitor sees, the unknown as unknown, and what was done', () => {
    const shown = text(deployment({ state: 'watching', monitor: watched }));
    expect(shown).toContain('`Errors ▂·█`  at most 4.00 %');
    expect(shown).toContain('🔴 **Errors**  4.1 % instead of 1.0 %.');
    expect(shown).toContain('⚪ Memory  Nothing was measured.');
    expect(shown).toContain('**medium**  Errors are 4 times as frequent. → people were asked');
  });

  it('shows the gravest breach first, of those the newest, and how many more there are', () => {
    const [breach] = watched.breaches;
    if (breach === undefined) throw new Error('Bad fixture.');
    const of = (n: number, level: 'critical' | 'high') => ({ ...breach, n, level, sentence: `No ${n}.` });
    const breaches = [of(1, 'high'), of(2, 'high'), of(3, 'high'), of(4, 'critical')];
    const shown = text(deployment({ state: 'watching', monitor: { ...watched, breaches } }));
    expect(shown.match(/No \d|… and 1 more/g)).toEqual(['No 4', 'No 3', 'No 2', '… and 1 more']);
  });

  it('shows the picture in place of the line of text, where there is one', () => {
    const chart = { name: 'monitor.png', data: Buffer.from('png'), description: 'Breach: Errors.' };
    const watching = deployment({ state: 'watching', monitor: watched });
    const { components, files } = deploymentCard(watching, { clocks, chart });
    expect(JSON.stringify(components)).toContain('attachment://monitor.png');
    expect(JSON.stringify(components)).toContain('Breach: Errors.');
    expect(JSON.stringify(components)).not.toContain('▂');
    expect(files).toEqual([chart]);
  });

  it('says how it ended, and which steps it never came to', () => {
    const shown = text(deployment({ state: 'failed', ended: { by: 'x', at, why: 'ada: no disk' } }));
    expect(shown).toContain('**Its end**  ada: no disk');
    expect(shown).toContain('✖ **Deployed**');
    expect(shown).toContain('– Smoke tests');
  });

  it('stays within what Discord takes, whatever people wrote', () => {
    const long = 'W'.repeat(2_000);
    const [stage] = gateOf('1.4.0', 'failed').stages;
    const [reading] = watched.readings;
    const [breach] = watched.breaches;
    if (stage === undefined || reading === undefined || breach === undefined) throw new Error('Bad fixture.');
    const many = <T>(one: T): T[] => Array.from({ length: 20 }, () => one);
    const shown = text(
      deployment({
        ...{ summary: long, link: `https://x/${long}`, rollouts: many('ABCDEFGH') },
        gate: {
          ...gateOf('1.4.0', 'failed'),
          stages: many({ ...stage, name: long, sentence: long, tail: long }),
        },
        smoke: many({ ...failedTest(long), sentence: long }),
        monitor: {
          ...watched,
          series: many([at, 123456789, 123456789] as const),
          readings: many({ ...reading, sentence: long }),
          breaches: many({ ...breach, sentence: long }),
        },
        ended: { by: 'x', at, why: long },
        brokeGlass: { by: '1', at, reason: long },
      }),
      long,
      [long],
    );
    expect(shown.length).toBeLessThanOrEqual(4_000);
  });

  it('is written again only where people would see something else', () => {
    const one = deployment();
    const digest = (document: DeploymentDocument) => deploymentDigest(document, { clocks });
    expect(digest({ ...one, v: 9, updated: { by: 'x', at: 9 } })).toBe(digest(one));
    expect(digest({ ...one, summary: 'Slower' })).not.toBe(digest(one));
  });

  it('an hour in which every check says the same is written every two minutes, and another verdict at once', () => {
    const [reading] = watched.readings;
    if (reading === undefined) throw new Error('Bad fixture.');
    const look = (n: number, verdict: 'healthy' | 'worse' = 'healthy') =>
      deployment({
        state: 'watching',
        monitor: {
          ...{ until: at + 3_600_000, nextAt: at + (n + 1) * 30_000, looks: n, breaches: [] },
          readings: [{ ...reading, verdict, sentence: `1.${n} % of runs failed.` }],
          series: [[at + n * 30_000, n / 1_000, n]],
        },
      });
    const digest = (document: DeploymentDocument) => deploymentDigest(document, { clocks });
    const hour = Array.from({ length: 120 }, (_, n) => digest(look(n + 1)));
    expect(new Set(hour).size).toBeLessThanOrEqual(32);
    expect(new Set(hour).size).toBeGreaterThanOrEqual(30);
    expect(digest(look(40, 'worse'))).not.toBe(digest(look(40)));
  });
});
