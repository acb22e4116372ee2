import type { ReportKind } from './Report.js';

/** Where reports usually are, from the stage's folder; the first of a kind that is fresh counts. */
export const usualPlaces: Readonly<Record<ReportKind, readonly string[]>> = {
  tests: ['junit.xml', 'test-results.xml', 'test-results/junit.xml', 'reports/junit.xml', 'report.xml'],
  coverage: [
    'coverage.xml',
    'coverage/lcov.info',
    'lcov.info',
    'coverage/cobertura-coverage.xml',
    'coverage/cobertura.xml',
    'cobertura.xml',
  ],
  issues: [
    'results.sarif',
    'report.sarif',
    'security.sarif',
    'bandit.sarif',
    'reports/security.sarif',
    'npm-audit.json',
    'audit.json',
  ],
  numbers: [
    'benchmark.json',
    'benchmark-results.json',
    'benchmark/results.json',
    'bench.json',
    'performance.json',
    'reports/benchmark.json',
  ],
};
