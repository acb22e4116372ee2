import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../../../src/lib/deployments/gate/criteria/Criterion.js';
import { readCriteria } from '../../../../../src/lib/deployments/gate/criteria/readCriteria.js';

function criteriaOf(text: string, own: readonly string[] = []): readonly Criterion[] {
  const read = readCriteria(text, own);
  if (!read.ok) throw new Error(read.problem);
  return read.criteria;
}

function only(text: string, own: readonly string[] = []): Criterion {
  const [criterion, ...others] = criteriaOf(text, own);
  if (criterion === undefined || others.length > 0) throw new Error(`${text} is not one criterion`);
  return criterion;
}

function problemOf(text: string): string {
  const read = readCriteria(text);
  if (read.ok) throw new Error(`${text} was taken`);
  return read.problem;
}

function isMet(
  text: string,
  measures: Record<string, number>,
  baselines: Record<string, number> = {},
  sentences: boolean[] = [],
): boolean {
  return only(text, Object.keys(measures)).isMet({ measures, baselines, sentences });
}

describe('success criteria', () => {
  it('are one for each part of an AND, each in the words of the file', () => {
    const [coverage, tests] = criteriaOf('coverage >= 80% AND all tests pass');
    expect(coverage).toMatchObject({ text: 'coverage >= 80%', measures: ['coverage'], sentences: [] });
    expect(tests).toMatchObject({ text: 'all tests pass', measures: [], sentences: [{ about: 'tests' }] });
    expect(criteriaOf('tests > 1 && failures == 0 and errors == 0')).toHaveLength(3);
    expect(criteriaOf('tests > 1 OR failures == 0 AND errors == 0')).toHaveLength(1);
    expect(criteriaOf('(tests > 1 AND failures == 0)')).toHaveLength(1);
  });

  it.each([
    ['all tests pass', { about: 'tests' }],
    ['all backward compatibility tests pass', { about: 'tests' }],
    ['All the unit  tests are passing', { about: 'tests' }],
    ['no failing tests', { about: 'tests' }],
    ['no high severity issues', { about: 'issues', from: 'high' }],
    ['no critical or high-severity vulnerabilities', { about: 'issues', from: 'high' }],
    ['no critical severity security issues', { about: 'issues', from: 'critical' }],
    ['no issues', { about: 'issues', from: 'low' }],
    ['the command succeeds', { about: 'command' }],
  ])('know the sentence "%s"', (text, sentence) => {
    expect(only(text).sentences).toEqual([sentence]);
  });

  it('compare numbers', () => {
    expect(isMet('coverage >= 80%', { coverage: 80 })).toBe(true);
    expect(isMet('coverage >= 80%', { coverage: 79.999 })).toBe(false);
    expect(isMet('p95 < 200', { p95: 200 })).toBe(false);
    expect(isMet('failures + errors == 0', { failures: 0, errors: 0 })).toBe(true);
    expect(isMet('NOT (skipped > 5)', { skipped: 6 })).toBe(false);
    expect(isMet('tests > 10 OR coverage > 90', { tests: 3, coverage: 91 })).toBe(true);
    expect(isMet('cold_start <= 1.5', { cold_start: 1.5 })).toBe(true);
  });

  it('compare with a baseline', () => {
    const regression = 'response_time <= baseline * 1.1';
    expect(only(regression).baselines).toEqual(['response_time']);
    expect(isMet(regression, { response_time: 110 }, { response_time: 100 })).toBe(true);
    expect(isMet(regression, { response_time: 111 }, { response_time: 100 })).toBe(false);
    expect(isMet('p95 <= baseline * 110%', { p95: 111 }, { p95: 100 })).toBe(false);
    expect(isMet('coverage >= baseline - 1%', { coverage: 79.5 }, { coverage: 80 })).toBe(true);
    expect(isMet('p95 + p99 < baseline.p95 + baseline.p99', { p95: 1, p99: 1 }, { p95: 1, p99: 2 })).toBe(
      true,
    );
  });

  it('and sentences may be bound together', () => {
    const text = 'NOT all tests pass OR no high severity issues';
    expect(isMet(text, {}, {}, [true, false])).toBe(false);
    expect(isMet(text, {}, {}, [true, true])).toBe(true);
  });
});

describe('success criteria are refused when the file is read:', () => {
  it.each([
    ['covrage >= 80%', 'do not know the word "covrage"; they know exit_code, tests,'],
    ['each test passes', 'do not know the word "each"'],
    ['most tests pass', 'do not know the word "most"'],
    ['constructor > 1', 'do not know the word "constructor"'],
    ['baseline.speed > 1', 'do not know the word "speed"'],
    ['size(tests) > 1', 'says neither yes nor no'],
    ['coverage', 'says neither yes nor no'],
    ['coverage >= 80% tests', 'says neither yes nor no'],
    ['10 < coverage < 90', 'says neither yes nor no'],
    ['(coverage > 80', 'says neither yes nor no'],
    ['all tests pass >= 3', 'says neither yes nor no'],
    ['coverage >= 80% AND', 'expected a criterion on either side of AND'],
    ['', 'expected a criterion'],
    ['1 < 2', 'looks at nothing that the stage reports'],
    ['coverage >= 0.8', 'coverage is in per cent; expected 80% instead of 0.8'],
    ['0.5 < coverage', 'expected 50% instead of 0.5'],
    ['p95 <= 10%', '10% of what?'],
    ['p95 <= 200ms', 'numbers have no unit here but %, as in 200ms'],
    ['coverage = 80', 'expected == for'],
    ['tests ; failures', '; means nothing in a criterion'],
    ['"tests" == 1', '" means nothing in a criterion'],
    ['1 < baseline', 'baseline of what?'],
    ['p95 + p99 <= baseline', 'baseline of p95 or p99? Expected its name, for example baseline.p95'],
  ])('%s', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it('but a number of the file\u2019s own is known', () => {
    expect(only('cold_start < 3', ['cold_start']).measures).toEqual(['cold_start']);
  });
});
