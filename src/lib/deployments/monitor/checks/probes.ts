/** Our own store and the host's databases are one check, services of somebody else's another: both are probes that processes ask. */
import { probeLimit, type ProbeResult } from '../../../health/judging/hardLimits/probes.js';
import type { ProcessReport } from '../../../health/recording/ProcessReport.js';
import { type Check, glance } from '../Glance.js';

interface Asked {
  readonly name: string;
  /** Of all processes, oldest first. */
  readonly results: readonly ProbeResult[];
  /** Three of the last five failed, as some process has it. */
  readonly isDown: boolean;
}

/** Discord, as the processes' own connection to it says; it has no probe. */
const gateway = "Discord's gateway";
/**
 * Real time: connecting, and the first heartbeat that shows it, take up to a minute, and so does every reconnect that Discord
 * asks for. However fast domain time runs, a process that only just started is not away.
 */
const awayAfterMs = 2 * 60_000;

/** A database is no matter of opinion: what fails counts at once. */
export const stateStore: Check = ({ processes }, _usual, { externalServices }) => {
  const asked = probesOf(processes).filter(({ name }) => !externalServices.includes(name));
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('state-store', 'database', { is, sentence, value: wellShare(asked), baseline: 1 });
  if (asked.every(({ results }) => results.length === 0)) return say('unknown', 'No database was asked yet.');
  const down = asked.filter(({ isDown }) => isDown);
  if (down.length > 0) return { ...say('bad', `${failing(down)}.`), isCertain: true };
  const flaky = asked.filter(({ results }) => results.at(-1)?.isHealthy === false);
  if (flaky.length > 0) return say('bad', `${failing(flaky)}, not yet often enough to count.`);
  return say('healthy', `${asked.map(({ name }) => name).join(', ')}: all answer.`);
};

/**
 * A service that comes and goes is neither well nor down: until it has answered every time, it is bad, and only looks in a row
 * make a breach of it.
 */
export const externalServices: Check = ({ processes, realNow }, _usual, { externalServices: names }) => {
  const asked = probesOf(processes).filter(({ name }) => names.includes(name));
  const unconnected = processes.filter((one) => isAway(one, realNow)).length;
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('external-services', 'external-services', { is, sentence, value: wellShare(asked), baseline: 1 });
  const silent = names.filter((name) => !asked.some((one) => one.name === name && one.results.length > 0));
  if (processes.length === 0) return say('unknown', 'No process reports.');
  const bad = asked.filter(({ results }) => results.some(({ isHealthy }) => !isHealthy));
  const said = [
    ...bad.map((one) => `${failing([one])}${one.isDown ? '' : ': it comes and goes'}`),
    ...(unconnected === 0 ? [] : [`${gateway}: ${notConnected(unconnected, processes.length)}`]),
  ];
  if (said.length > 0) return say('bad', `${said.join('; ')}.`);
  if (silent.length > 0) return say('unknown', `Nobody asks ${silent.join(', ')}: no probe has this name.`);
  return say('healthy', `${[gateway, ...names].join(', ')}: all answer.`);
};

function isAway({ gatewayPingMs, gatewayAwaySince, startedAt }: ProcessReport, realNow: number): boolean {
  return gatewayPingMs === null && realNow - (gatewayAwaySince ?? startedAt) >= awayAfterMs;
}

function notConnected(unconnected: number, all: number): string {
  if (all === 1) return 'the bot is not connected for two minutes and more';
  return `${unconnected} of ${all} processes are not connected for two minutes and more`;
}

function probesOf(processes: readonly ProcessReport[]): readonly Asked[] {
  const names = [...new Set(processes.flatMap(({ probes }) => Object.keys(probes)))].sort();
  return names.map((name) => {
    const each = processes.map(({ probes }) => probes[name] ?? []);
    return {
      name,
      results: each.flat().sort((one, other) => one.at - other.at),
      isDown: each.some((results) => probeLimit(name, results, null) !== null),
    };
  });
}

function failing(asked: readonly Asked[]): string {
  return asked
    .map(({ name, results }) => {
      const failed = results.filter(({ isHealthy }) => !isHealthy).length;
      return `${name} failed ${failed} of the last ${results.length} times`;
    })
    .join('; ');
}

function wellShare(asked: readonly Asked[]): number | null {
  const results = asked.flatMap((one) => one.results);
  return results.length === 0 ? null : results.filter(({ isHealthy }) => isHealthy).length / results.length;
}
