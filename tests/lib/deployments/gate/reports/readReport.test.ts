import { describe, expect, it } from 'vitest';
import { readReport } from '../../../../../src/lib/deployments/gate/reports/readReport.js';
import { BadReport } from '../../../../../src/lib/deployments/gate/reports/Report.js';

function problemOf(text: string): string {
  try {
    readReport(text);
  } catch (error) {
    if (error instanceof BadReport) return error.message;
    throw error;
  }
  throw new Error('The report was taken.');
}

describe('JUnit XML', () => {
  it('counts its cases by how they ended', () => {
    const report = readReport(`<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testsuite name="a">
    <testcase name="1"/>
    <testcase name="2"><failure message="no">trace</failure></testcase>
    <testcase name="3"><error/></testcase>
    <testsuite name="inner"><testcase name="4"><skipped/></testcase></testsuite>
  </testsuite>
  <testsuite name="b"><testcase name="5"><system-out>&lt;failure/&gt; <![CDATA[<failure/>]]></system-out></testcase></testsuite>
</testsuites>`);
    expect(report).toEqual({ kind: 'tests', tests: 5, failures: 1, errors: 1, skipped: 1 });
  });

  it('counts a case once that failed and then broke, and none that passed at the second try', () => {
    expect(
      readReport(
        '<testsuite><testcase><failure/><error/></testcase><testcase><flakyFailure/></testcase></testsuite>',
      ),
    ).toMatchObject({ tests: 2, failures: 1, errors: 0 });
  });

  it('believes a suite that claims errors without a case: it could not be loaded', () => {
    expect(
      readReport('<testsuites errors="1"><testsuite errors="1"><testcase/></testsuite></testsuites>'),
    ).toMatchObject({ tests: 1, errors: 1 });
    expect(
      readReport(
        '<testsuites><testsuite tests="3" failures="1"/><testsuite tests="4" failures="2"/></testsuites>',
      ),
    ).toMatchObject({ tests: 7, failures: 3 });
  });

  it('reads a failure whose message is longer than most buffers', () => {
    const message = 'x'.repeat(1_000_000);
    expect(
      readReport(`<testsuite><testcase><failure message="${message}"/></testcase></testsuite>`),
    ).toMatchObject({ failures: 1 });
  });

  it('that is cut off is no report', () => {
    expect(problemOf('<testsuite><testcase name="1"/>')).toContain('is no well-formed XML');
  });

  it('whose counts are no numbers is no report', () => {
    expect(problemOf('<testsuite failures="none"><testcase/></testsuite>')).toContain('failures="none"');
  });
});

describe('Cobertura', () => {
  it('has totals', () => {
    expect(
      readReport(
        '<coverage lines-valid="200" lines-covered="150" branches-valid="10" branches-covered="5" line-rate="0.1"><packages/></coverage>',
      ),
    ).toEqual({
      kind: 'coverage',
      lines: { covered: 150, of: 200 },
      branches: { covered: 5, of: 10 },
    });
  });

  it('or a rate, in older files', () => {
    expect(readReport('<coverage line-rate="0.75"/>')).toMatchObject({ lines: { covered: 0.75, of: 1 } });
  });

  it('may name its document type, which nobody fetches', () => {
    const text =
      '<?xml version="1.0" ?><!DOCTYPE coverage SYSTEM "http://127.0.0.1:1/coverage-04.dtd"><coverage line-rate="1"/>';
    expect(readReport(text)).toMatchObject({ kind: 'coverage' });
  });

  it.each(['<coverage lines-valid="1" lines-covered="2"/>', '<coverage line-rate="75"/>'])(
    'that claims more than all is no report: %s',
    (text) => {
      expect(problemOf(text)).not.toBe('');
    },
  );
});

describe('XML that is meant to do harm', () => {
  it('is not followed where it multiplies itself', () => {
    const bomb = `<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><testsuite name="&c;"/>`;
    expect(problemOf(bomb)).toContain('declares entities of its own');
  });

  it('is not followed where it asks for a file of this machine, or for an address', () => {
    for (const address of ['file:///etc/passwd', 'http://127.0.0.1:1/'])
      expect(problemOf(`<!DOCTYPE t [<!ENTITY x SYSTEM "${address}">]><testsuite name="&x;"/>`)).toContain(
        'declares entities of its own',
      );
  });

  it('is refused where an entity has no meaning', () => {
    expect(problemOf('<testsuite><testcase name="&x;"/></testsuite>')).toContain('undefined entity');
  });

  it('is refused where it is nested beyond all reason', () => {
    expect(problemOf('<testsuite>'.repeat(5_000))).toContain('nested deeper than');
  });

  it('is refused where it is some other document', () => {
    expect(problemOf('<html><body/></html>')).toContain('neither JUnit nor Cobertura: it begins with <html>');
  });
});

describe('lcov', () => {
  it('adds up the totals of its files, and counts the lines where they are missing', () => {
    expect(
      readReport(
        'TN:\nSF:a.ts\nDA:1,1\nLF:10\nLH:8\nBRF:4\nBRH:1\nend_of_record\nSF:b.ts\nDA:1,3\nDA:2,0\nDA:3,-1\nend_of_record\n',
      ),
    ).toEqual({
      kind: 'coverage',
      lines: { covered: 9, of: 13 },
      branches: { covered: 1, of: 4 },
    });
  });

  it.each([
    ['SF:a.ts\nLF:10\nLH:10\n', 'is cut off'],
    ['SF:a.ts\nLF:10\nSF:b.ts\nend_of_record\n', 'is cut off before line 3'],
    ['SF:a.ts\nLF:ten\nend_of_record\n', 'no number where one belongs, in line 2'],
    ['SF:a.ts\nLF:1\nLH:2\nend_of_record\n', 'more is covered than there is'],
  ])('that is damaged is no report', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});

describe('SARIF', () => {
  const sarif = (results: unknown, more: object = {}, rules: unknown[] = []): string =>
    JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 't', rules } }, results, ...more }],
    });

  it('tells severity by the score, by the word, and by the level, in this order', () => {
    const rules = [
      { id: 'scored', properties: { 'security-severity': '9.1' }, defaultConfiguration: { level: 'note' } },
      { id: 'plain', defaultConfiguration: { level: 'error' } },
    ];
    const results = [
      { ruleId: 'scored', level: 'note' },
      { ruleId: 'plain', ruleIndex: 1 },
      { ruleId: 'plain', level: 'none' },
      { ruleId: 'other', properties: { issue_severity: 'LOW' }, level: 'error' },
      { ruleId: 'other', properties: { 'security-severity': 7.5 } },
      { ruleId: 'other' },
      { ruleId: 'other', level: 'note' },
      { ruleId: 'other', level: 'constructor' },
    ];
    expect(readReport(sarif(results, {}, rules))).toEqual({
      kind: 'issues',
      critical: 1,
      high: 3,
      medium: 1,
      low: 2,
    });
  });

  it('leaves out what passed, what is gone and what somebody accepted', () => {
    expect(
      readReport(
        sarif([
          { level: 'error', kind: 'pass' },
          { level: 'error', baselineState: 'absent' },
          { level: 'error', suppressions: [{ kind: 'inSource' }] },
          { level: 'error', suppressions: [{ kind: 'external', status: 'rejected' }] },
          { level: 'error', suppressions: [] },
        ]),
      ),
    ).toMatchObject({ high: 2 });
  });

  it.each([
    ['did not succeed', sarif([], { invocations: [{ executionSuccessful: false }] })],
    ['without results', sarif(null)],
    ['holds no scan', JSON.stringify({ version: '2.1.0', runs: [] })],
    ['is no SARIF', JSON.stringify({ version: '2.1.0', runs: [{ results: [] }] })],
  ])('is no report where the scan %s', (problem, text) => {
    expect(problemOf(text)).toContain(problem);
  });
});

describe('npm audit --json', () => {
  it('has counts by severity', () => {
    const metadata = { vulnerabilities: { info: 1, low: 2, moderate: 3, high: 4, critical: 5, total: 15 } };
    expect(readReport(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata }))).toEqual({
      kind: 'issues',
      critical: 5,
      high: 4,
      medium: 3,
      low: 2,
    });
  });

  it('is no report where the audit failed', () => {
    const text = JSON.stringify({ error: { code: 'ENOLOCK', summary: 'This command requires a lockfile.' } });
    expect(problemOf(text)).toContain('the audit itself failed: ENOLOCK');
    expect(problemOf(JSON.stringify({ auditReportVersion: 2 }))).toContain('without metadata');
  });
});

describe('other JSON', () => {
  it('is its numbers by where they stand', () => {
    const report = readReport(
      '\uFEFF{"response_time": 12.5, "results": [{"mean": 3, "name": "x"}], "ok": true}',
    );
    expect(report.kind === 'numbers' && Object.fromEntries(report.values)).toEqual({
      response_time: 12.5,
      'results.0.mean': 3,
    });
  });

  it('is refused where it is damaged, or more than a benchmark says', () => {
    expect(problemOf('{"a": 1')).toContain('is no JSON');
    expect(problemOf(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toContain('nested too deeply');
    expect(problemOf(`[${'1,'.repeat(150_000)}1]`)).toContain('holds more than');
  });
});

it.each([
  ['', 'is empty'],
  ['  \n', 'is empty'],
  ['hello', 'is none of JUnit, Cobertura, lcov, SARIF, npm audit and JSON'],
])('anything else is no report: "%s"', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});
