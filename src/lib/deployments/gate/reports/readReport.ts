/** Tells a report's format by what it holds, not by its name. */
import { readLcov } from './lcov.js';
import { isNpmAudit, readNpmAudit } from './npmAudit.js';
import { BadReport, type Numbers, type Report } from './Report.js';
import { readXmlReport } from './readXmlReport.js';
import { isSarif, readSarif } from './sarif.js';

/** @throws BadReport */
export function readReport(text: string): Report {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (content === '') throw new BadReport('is empty');
  if (content.startsWith('<')) return readXmlReport(content);
  if (/^[[{]/.test(content)) return readJson(content);
  if (/^(TN|SF):/m.test(content.slice(0, 10_000))) return readLcov(content);
  throw new BadReport('is none of JUnit, Cobertura, lcov, SARIF, npm audit and JSON');
}

function readJson(content: string): Report {
  const value = parsed(content);
  if (isSarif(value)) return readSarif(value);
  if (isNpmAudit(value)) return readNpmAudit(value);
  return numbersIn(value);
}

function parsed(content: string): object {
  try {
    return JSON.parse(content) as object;
  } catch (cause) {
    throw new BadReport(
      `is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`.slice(0, 200),
    );
  }
}

/** More numbers than a benchmark reports. */
const mostNumbers = 100_000;
const mostEntries = 1_000_000;

function numbersIn(value: object): Numbers {
  const values = new Map<string, number>();
  // Not by recursion: a file may be nested deeper than the stack is.
  const left: [path: string, value: unknown][] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, found] = next;
    if (typeof found === 'number') values.set(path, found);
    if (values.size > mostNumbers) throw new BadReport(`holds more than ${mostNumbers} numbers`);
    if (typeof found !== 'object' || found === null) continue;
    if (path.length > 1_000) throw new BadReport('is nested too deeply');
    const entries = Object.entries(found);
    if (left.length + entries.length > mostEntries) throw new BadReport('is too large for a list of numbers');
    for (const [key, inner] of entries) left.push([path === '' ? key : `${path}.${key}`, inner]);
  }
  return { kind: 'numbers', values };
}
