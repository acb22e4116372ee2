/** Errors, times and memory against what is usual, at their limits. */
import { describe, expect, it } from 'vitest';
import type { Usual } from '../../../../src/lib/deployments/documents.js';
import { errorRates } from '../../../../src/lib/deployments/monitor/checks/errorRates.js';
import { memory } from '../../../../src/lib/deployments/monitor/checks/memory.js';
import { responseTimes } from '../../../../src/lib/deployments/monitor/checks/responseTimes.js';
import type { Seen } from '../../../../src/lib/deployments/monitor/Seen.js';
import type { ProcessReport } from '../../../../src/lib/health/recording/ProcessReport.js';
import { mib, process, type Ran, seen, settings, usual } from './seeing.js';

const proof = { flag: 'a', isProven: true, sentence: 'It is 2x.' };

describe('errors', () => {
  const look = (what: Ran, more?: Partial<Seen>, known: Usual | null = usual) =>
    errorRates(seen(what, more), known, settings);

  it('are bad beyond a fifth more than usual, and not at it', () => {
    expect(look({ failures: 24 })).toMatchObject({ is: 'healthy', value: 0.024, baseline: 0.02 });
    expect(look({ failures: 25 })).toMatchObject({ is: 'bad', isCertain: false, trigger: 'errors' });
    expect(look({ failures: 25 }).sentence).toBe(
      '2.5 % of 1,000 runs failed (usual 2.0 %); the limit is +20 %.',
    );
  });

  it('of fewer than 200 runs say nothing, and 200 are enough', () => {
    expect(look({ runs: 199, failures: 100 })).toMatchObject({ is: 'unknown' });
    expect(look({ runs: 200, failures: 100 })).toMatchObject({ is: 'bad' });
    expect(look({ runs: 0, failures: 0 })).toMatchObject({ is: 'unknown', value: null });
  });

  it('are unknown where what is usual was not measured, with their number', () => {
    const glance = look({ failures: 500 }, {}, null);
    expect(glance).toMatchObject({ is: 'unknown', value: 0.5, baseline: null });
    expect(look({ failures: 500 }, {}, { ...usual, errorRate: null }).is).toBe('unknown');
  });

  it('where there never was any, one among the fewest runs that count is let pass', () => {
    const never = { ...usual, errorRate: 0 };
    expect(look({ runs: 200, failures: 1 }, {}, never).is).toBe('healthy');
    expect(look({ runs: 200, failures: 2 }, {}, never).is).toBe('bad');
  });

  it('that are proven by the own past count at once, whatever the runs', () => {
    const since = (lower: number, ratio: number | null = 2) =>
      look({ runs: 3, failures: 1 }, { sinceDeployed: { ratio, lower, upper: 9 } });
    expect(since(1.2).is).toBe('unknown');
    expect(since(1.21)).toMatchObject({ is: 'bad', isCertain: true, trigger: 'errors-proven', flags: [] });
    expect(since(1.3).sentence).toBe(
      'Since the deployment 2.0x as many guilds as usual have errors, at least 1.3x as many: this is proven.',
    );
    expect(since(1.3, null).sentence).toBe('Since the deployment at least 1.3x as many: this is proven.');
  });

  it('in more guilds alone are no proof: with more commands, more guilds see the same share fail', () => {
    const sinceDeployed = { ratio: 3, lower: 2, upper: 9 };
    const surge = look({ runs: 100_000, failures: 100_000 * (usual.errorRate ?? 0) }, { sinceDeployed });
    expect(surge.is).toBe('healthy');
  });

  it('that a judge has proven name every flag of it, and no other', () => {
    const arms = [
      { ...proof, metric: 'errors' as const },
      { ...proof, metric: 'latency' as const, flag: 'b' },
      { ...proof, metric: 'errors' as const, flag: 'c', isProven: false },
      { ...proof, metric: 'errors' as const, flag: 'd', sentence: 'It is 3x.' },
    ];
    expect(look({}, { arms })).toMatchObject({
      ...{ is: 'bad', isCertain: true, trigger: 'errors-proven', flags: ['a', 'd'] },
      sentence: 'It is 2x. It is 3x.',
    });
  });
});

describe('response times', () => {
  const look = (what: Ran, more?: Partial<Seen>, known: Usual | null = usual) =>
    responseTimes(seen(what, more), known, settings);

  it('are bad beyond half more than usual, and not at it', () => {
    expect(look({ p95Ms: 150 })).toMatchObject({ is: 'healthy', value: 150, baseline: 100 });
    expect(look({ p95Ms: 151 })).toMatchObject({ is: 'bad', isCertain: false, trigger: 'response-times' });
    expect(look({ p95Ms: 151 }).sentence).toBe(
      '95 % of 1,000 runs took at most 151 ms (+51 %; usual 100 ms); the limit is +50 %.',
    );
  });

  it('of fewer than 200 runs, or without anything usual, are unknown', () => {
    expect(look({ p95Ms: 900, runs: 199 }).is).toBe('unknown');
    expect(look({ p95Ms: 900, runs: 200 }).is).toBe('bad');
    expect(look({ p95Ms: null }).is).toBe('unknown');
    expect(look({ p95Ms: 900 }, {}, null)).toMatchObject({ is: 'unknown', value: 900 });
    expect(look({ p95Ms: 900 }, {}, { ...usual, p95Ms: null }).is).toBe('unknown');
  });

  it('that a judge has proven count at once, and name the flag', () => {
    const arms = [
      { ...proof, metric: 'latency' as const },
      { ...proof, metric: 'errors' as const, flag: 'b' },
      { ...proof, metric: 'latency' as const, flag: 'c', isProven: false },
    ];
    expect(look({ runs: 0 }, { arms })).toMatchObject({ is: 'bad', isCertain: true, flags: ['a'] });
  });
});

describe('memory', () => {
  const look = (processes: readonly ProcessReport[], known: Usual | null = usual) =>
    memory(seen({}, { processes }), known, settings);

  it('is bad beyond three tenths more than usual, and not at it', () => {
    expect(look([process({}, 260)])).toMatchObject({ is: 'healthy', value: 260 * mib, baseline: 200 * mib });
    expect(look([process({}, 261)])).toMatchObject({ is: 'bad', trigger: 'memory', isCertain: false });
    expect(look([process({}, 300)]).sentence).toBe(
      '300 MiB a process (+50 %; usual 200 MiB); the limit is +30 %.',
    );
  });

  it('of four processes in five must have grown', () => {
    const some = (grown: number, of: number) =>
      look(Array.from({ length: of }, (_, at) => process({}, at < grown ? 400 : 200))).is;
    expect([some(3, 5), some(4, 5), some(0, 5), some(7, 10), some(8, 10)]).toEqual([
      ...['healthy', 'bad', 'healthy', 'healthy', 'bad'],
    ]);
  });

  it('of a process that has just begun says nothing, and takes nothing from what others say', () => {
    expect(look([process({}, 900, 4)])).toMatchObject({ is: 'unknown', value: null });
    expect(look([process({}, 900, 5)]).is).toBe('bad');
    expect(look([process({}, 400), process({}, 1, 4)])).toMatchObject({ is: 'bad', value: 400 * mib });
  });

  it('of longer ago than ten minutes does not count', () => {
    const long = process({ memory: process({}, 900, 30).memory.filter((_, ago) => ago >= 10) });
    expect(look([long]).is).toBe('unknown');
  });

  it('is unknown where nobody reports, or nothing usual was measured', () => {
    expect(look([])).toMatchObject({ is: 'unknown', value: null });
    expect(look([process({}, 900)], null)).toMatchObject({ is: 'unknown', value: 900 * mib });
  });
});
