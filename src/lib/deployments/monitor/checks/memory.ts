import { median } from '../../../health/judging/hardLimits/theilSen.js';
import type { ProcessReport } from '../../../health/recording/ProcessReport.js';
import { type Check, change, glance } from '../Glance.js';

const lastMs = 10 * 60_000;
/** A process that has just begun has not filled its caches: nothing is said of it. */
const leastSamples = 5;
const mostProcesses = 0.8;
const mebibyte = 1024 * 1024;

/** Resident bytes in the last ten minutes; null for a process that is too young. @param realNow ms since epoch */
export function residentBytes({ memory }: Pick<ProcessReport, 'memory'>, realNow: number): number | null {
  const samples = memory.filter(({ at }) => at > realNow - lastMs).map(({ bytes }) => bytes);
  return samples.length < leastSamples ? null : median(samples);
}

/** Resident memory of the processes, against the median process before. Four of five must have grown. */
export const memory: Check = ({ processes, realNow }, usual, { limits }) => {
  const bytes = processes.map((process) => residentBytes(process, realNow)).filter((one) => one !== null);
  const baseline = usual?.memoryBytes ?? null;
  const value = bytes.length === 0 ? null : median(bytes);
  const limit = baseline === null ? null : baseline * (1 + limits.memory);
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('memory', 'memory', { is, sentence, value, baseline, limit });
  if (value === null) return say('unknown', 'No process has run for long enough to say what it needs.');
  if (baseline === null || limit === null) {
    return say('unknown', `${mib(value)} a process; what is usual was not measured.`);
  }
  const grown = bytes.filter((one) => one > limit).length;
  const numbers = `${mib(value)} a process (${change(value / baseline)}; usual ${mib(baseline)})`;
  return grown > 0 && grown >= mostProcesses * bytes.length
    ? say('bad', `${numbers}; the limit is ${change(1 + limits.memory)}.`)
    : say('healthy', `${numbers}.`);
};

function mib(bytes: number): string {
  return `${Math.round(bytes / mebibyte)} MiB`;
}
