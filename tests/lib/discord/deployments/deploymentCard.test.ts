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
    expect(shown).toContain('▶ **Deployed**');
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

  it('draws what the monitor sees, the unknown as unknown, and what was done', () => {
    const shown = text(deployment({ state: 'watching', monitor: watched }));
    expect(shown).toContain('`Errors ▂·█`  at most 4.00 %');
    expect(shown).toContain('🔴 **Error rate**  4.1 % instead of 1.0 %.');
    expect(shown).toContain('⚪ Memory  Nothing was measured.');
    expect(shown).toContain('**medium**  Errors are 4 times as frequent. → people were asked');
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
});
