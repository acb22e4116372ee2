/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0): what a scanner found, by severity. */
import { z } from 'zod';
import type { Severity } from '../criteria/Criterion.js';
import { BadReport, type Issues } from './Report.js';

const properties = z
  .looseObject({
    'security-severity': z.union([z.string(), z.number()]).optional(),
    issue_severity: z.string().optional(),
  })
  .optional();
const rule = z.looseObject({
  id: z.string().optional(),
  properties,
  defaultConfiguration: z.looseObject({ level: z.string().optional() }).optional(),
});
const component = z.looseObject({ rules: z.array(rule).optional() });
const result = z.looseObject({
  ruleId: z.string().optional(),
  ruleIndex: z.int().optional(),
  rule: z.looseObject({ id: z.string().optional(), index: z.int().optional() }).optional(),
  level: z.string().optional(),
  kind: z.string().optional(),
  baselineState: z.string().optional(),
  suppressions: z.array(z.looseObject({ status: z.string().optional() })).nullish(),
  properties,
});
const run = z.looseObject({
  tool: z.looseObject({ driver: component, extensions: z.array(component).optional() }),
  // Null: the scan did not get as far as looking for anything.
  results: z.array(result).nullish(),
  invocations: z.array(z.looseObject({ executionSuccessful: z.boolean().optional() })).optional(),
});
const log = z.looseObject({ runs: z.array(run) });

type Run = z.output<typeof run>;
type Result = z.output<typeof result>;

export function isSarif(value: object): boolean {
  return 'runs' in value && 'version' in value && Array.isArray(value.runs);
}

/** @throws BadReport */
export function readSarif(value: object): Issues {
  const read = log.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new BadReport(`is no SARIF 2.1.0: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const found: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  if (read.data.runs.length === 0) throw new BadReport('holds no scan');
  for (const scan of read.data.runs) {
    if (scan.invocations?.some(({ executionSuccessful }) => executionSuccessful === false) === true)
      throw new BadReport('says that the scan itself did not succeed');
    if (scan.results === null || scan.results === undefined)
      throw new BadReport('has a scan without results');
    for (const one of scan.results.filter(counts)) {
      const severity = severityOf(one, scan);
      if (severity !== undefined) found[severity]++;
    }
  }
  return { kind: 'issues', ...found };
}

/** Not what passed, what was fixed since, or what somebody has looked at and accepted. */
function counts({ kind, baselineState, suppressions }: Result): boolean {
  const isSuppressed = (suppressions ?? []).some(({ status }) => (status ?? 'accepted') === 'accepted');
  return (kind ?? 'fail') === 'fail' && baselineState !== 'absent' && !isSuppressed;
}

const byLevel = new Map<string, Severity | undefined>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['none', undefined],
]);
const byWord = new Map<string, Severity>([
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
]);

/** A score or a word of severity where the tool gives one, else SARIF's level. */
function severityOf(one: Result, scan: Run): Severity | undefined {
  const about = ruleOf(one, scan);
  for (const given of [one.properties, about?.properties]) {
    const severity =
      ofScore(given?.['security-severity']) ?? byWord.get(given?.issue_severity?.toLowerCase() ?? '');
    if (severity !== undefined) return severity;
  }
  const level = one.level ?? about?.defaultConfiguration?.level ?? 'warning';
  // A level that nobody knows is not taken for a harmless one.
  return byLevel.has(level) ? byLevel.get(level) : 'high';
}

/** CVSS's bands, as GitHub reads them. */
function ofScore(score: string | number | undefined): Severity | undefined {
  const value = Number(score ?? NaN);
  if (Number.isNaN(value)) return undefined;
  if (value >= 9) return 'critical';
  if (value >= 7) return 'high';
  return value >= 4 ? 'medium' : 'low';
}

function ruleOf(one: Result, { tool }: Run): z.output<typeof rule> | undefined {
  const id = one.ruleId ?? one.rule?.id;
  const index = one.ruleIndex ?? one.rule?.index ?? -1;
  const atIndex = tool.driver.rules?.[index];
  if (atIndex !== undefined && (id === undefined || atIndex.id === id)) return atIndex;
  const all = [tool.driver, ...(tool.extensions ?? [])].flatMap(({ rules = [] }) => rules);
  return all.find((known) => known.id !== undefined && known.id === id);
}
