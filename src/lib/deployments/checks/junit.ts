/** A report as JUnit XML, which the gate and every CI read. */
import type { CheckResult, ChecksReport } from './CheckResult.js';

export function junitOf({ about, checks }: ChecksReport): string {
  const count = (...verdicts: readonly CheckResult['verdict'][]): number =>
    checks.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const seconds = (checks.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000).toFixed(3);
  // What is unknown failed: a program that only counts failures must not take it for well.
  const counts = `tests="${checks.length}" failures="${count('failed', 'unknown')}" errors="0" skipped="${count('not-run')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} time="${seconds}">`,
    `  <testsuite name="${escaped(about)}" ${counts} time="${seconds}">`,
    ...checks.flatMap((check) => caseOf(about, check)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(
  about: string,
  { name, verdict, sentence, evidence, tookMs }: CheckResult,
): readonly string[] {
  const head = `    <testcase classname="${escaped(about)}" name="${escaped(name)}" time="${(tookMs / 1000).toFixed(3)}"`;
  const text = escaped([sentence, ...evidence].join('\n'));
  switch (verdict) {
    case 'passed':
      return [`${head}>`, `      <system-out>${text}</system-out>`, '    </testcase>'];
    case 'not-run':
      return [`${head}>`, `      <skipped message="${escaped(sentence)}"/>`, '    </testcase>'];
    case 'failed':
    case 'unknown':
      return [
        `${head}>`,
        `      <failure type="${verdict}" message="${escaped(sentence)}">${text}</failure>`,
        '    </testcase>',
      ];
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML 1.0 cannot hold at all become a replacement mark. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
