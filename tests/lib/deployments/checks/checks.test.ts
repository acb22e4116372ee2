import { describe, expect, it } from 'vitest';
import {
  failed,
  linesOf,
  passed,
  reportOf,
  unknown,
  type Finding,
} from '../../../../src/lib/deployments/checks/CheckResult.js';
import { junitOf } from '../../../../src/lib/deployments/checks/junit.js';
import { readReport } from '../../../../src/lib/deployments/gate/reports/readReport.js';
import { runChecks } from '../../../../src/lib/deployments/checks/runChecks.js';
import { ScriptFailed } from '../../../../src/lib/deployments/migrations/errors.js';

const clock = () => {
  let at = 0;
  return { now: () => (at += 250) };
};
const check = (name: string, finding: Finding, isNeeded = false) => ({
  name,
  isNeeded,
  run: async () => finding,
});

describe('checks', () => {
  it('pass together only where each passed: what is unknown failed', async () => {
    const verdictOf = (...findings: readonly Finding[]) =>
      reportOf(
        'x',
        findings.map((finding, index) => ({ name: `${index}`, ...finding, tookMs: 0 })),
      ).verdict;
    expect(verdictOf(passed('a'), passed('b'))).toBe('passed');
    expect(verdictOf(passed('a'), unknown('b'))).toBe('failed');
    expect(verdictOf(passed('a'), failed('b'))).toBe('failed');
    expect(verdictOf()).toBe('failed');
  });

  it('are not run after one that they need, and say which', async () => {
    const checks = await runChecks(
      [check('one', failed('broken')), check('two', failed('broken'), true), check('three', passed('fine'))],
      clock(),
    );
    expect(checks.map(({ verdict, tookMs }) => [verdict, tookMs])).toEqual([
      ['failed', 250],
      ['failed', 250],
      ['not-run', 250],
    ]);
    expect(checks[2]?.sentence).toBe('Not looked at, since "two" did not pass.');
  });

  it('fail in the words of what was thrown, and throw on what is a bug', async () => {
    const throwing = (error: Error) => [{ name: 'one', run: async () => Promise.reject(error) }];
    const error = new ScriptFailed('It is wrong.', { next: 'Correct it.' });
    expect(await runChecks(throwing(error), clock())).toMatchObject([
      { verdict: 'failed', sentence: 'It is wrong. Correct it.' },
    ]);
    await expect(runChecks(throwing(new TypeError('bug')), clock())).rejects.toThrow(TypeError);
  });

  it('are lines for people, with what they rest on', () => {
    const report = reportOf('migration up.sql', [
      { name: 'syntax', ...passed('All SQL.'), tookMs: 1 },
      { name: 'dry run', ...failed('It broke.', ['line 1: x\ny']), tookMs: 1 },
    ]);
    expect(linesOf(report)).toEqual([
      'ok      syntax: All SQL.',
      'FAILED  dry run: It broke.',
      '          line 1: x\n          y',
      'migration up.sql: failed, 1 of 2 checks.',
    ]);
  });

  it('bound what they rest on, and say how much more there was', () => {
    const { evidence } = failed(
      'much',
      Array.from({ length: 60 }, (_, index) => `${index}`),
    );
    expect(evidence).toHaveLength(50);
    expect(evidence.at(-1)).toBe('… and 11 more');
  });

  it('are JUnit in which nothing of a name or a text can break out', () => {
    const xml = junitOf(
      reportOf('a "b" <c>', [
        { name: 'x & y', ...failed('1 < 2 \u0000\ud800', ['"quoted"']), tookMs: 1_500 },
        { name: 'z', ...unknown('who knows'), tookMs: 0 },
        { name: 'n', verdict: 'not-run', sentence: 'no', evidence: [], tookMs: 0 },
      ]),
    );
    expect(xml).toContain('<testsuites tests="3" failures="2" errors="0" skipped="1" time="1.500">');
    expect(xml).toContain('<testcase classname="a &quot;b&quot; &lt;c&gt;" name="x &amp; y" time="1.500">');
    expect(xml).toContain(
      'message="1 &lt; 2 \ufffd\ufffd">1 &lt; 2 \ufffd\ufffd\n&quot;quoted&quot;</failure>',
    );
    expect(xml).toContain('<failure type="unknown" message="who knows">');
    expect(xml).toContain('<skipped message="no"/>');
    // As the gate reads it.
    expect(readReport(xml)).toEqual({ kind: 'tests', tests: 3, failures: 2, errors: 0, skipped: 1 });
  });
});
