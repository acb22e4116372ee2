/** The judge's reasons, and what stands in a rollout's way, in plain words. */
import { countedIn, explain } from '../../health/judging/explanation.js';
import type { HardLimit } from '../../health/judging/hardLimits/HardLimit.js';
import type { Reason } from '../../health/judging/verdict.js';
import type { Obstacle } from '../documents.js';
import { count } from '../../core/count.js';
import { span } from '../../core/span.js';

/** @param guilds of the canary that the numbers come from */
export function sentence(reason: Reason, guilds: number): string {
  switch (reason.code) {
    case 'EVIDENCE':
      return explain(reason.comparison, guilds).text;
    case 'HARD_LIMIT':
      return limitSentence(reason.limit);
    case 'SMOKE_TEST_FAILED':
      return `The smoke test ${reason.test} failed.`;
    case 'NO_TELEMETRY':
      return reason.silentMs === null
        ? 'No process has ever reported what it measures. No data is never healthy.'
        : `No process has reported what it measures for ${span(reason.silentMs)}. No data is never healthy.`;
    case 'SAMPLE_RATIO_MISMATCH': {
      const { canary, control, expectedShare } = reason.sampleRatio;
      return `${canary} of ${canary + control} active guilds have the feature, where ${percent(expectedShare)} are expected: something keeps guilds of one side away, and no comparison can be trusted.`;
    }
    case 'INCIDENT':
      return `An incident is open: ${reason.incident}.`;
    case 'TIME_NOT_OVER':
      return `The step lasts another ${span(reason.remainingMs)}.`;
    case 'TOO_FEW_GUILDS':
      return tooFew(reason, 'guild', 'active');
    case 'TOO_FEW_COMMANDS':
      return tooFew(reason, 'command', 'judged');
    case 'PROBES_NOT_GREEN':
      return 'A probe does not answer well.';
    case 'INCONCLUSIVE': {
      const below = reason.comparison.interval?.upper ?? null;
      const known = below === null ? 'could be anything' : `could be up to ${ceiled(below)}x`;
      return `This is the last step, and the ratio of ${countedIn(reason.comparison.metric)} ${known} where it must surely be below ${reason.tolerance}x. A person decides.`;
    }
    case 'NOT_COMPARABLE':
      return 'Nothing to compare with: only chosen guilds have the feature.';
    case 'NOTHING_FOUND':
      return reason.couldHaveMissed === null
        ? `Nothing was found in ${countedIn(reason.metric)}, but too little was seen to rule out any rise.`
        : `Nothing was found in ${countedIn(reason.metric)}; a rise to ${ceiled(reason.couldHaveMissed)}x could have been missed.`;
  }
}

function limitSentence({ limit, facts }: HardLimit): string {
  const fact = (name: string): number => Number(facts[name] ?? 0);
  switch (limit) {
    case 'crash-storm':
      return `${percent(fact('canaryRate'))} of the commands with the feature failed within minutes (${fact('canaryFailures')} of them), and ${percent(fact('controlRate'))} without it.`;
    case 'outage':
      return `${percent(fact('controlRate'))} of the commands without the feature failed within minutes, so this is Discord or the bot, not the feature.`;
    case 'user-reports':
      return `${fact('reporters')} people in ${fact('guilds')} guilds reported critical problems within 2 h${fact('guildsWithout') > 0 ? `, ${fact('guildsWithout')} of the guilds without the feature` : ''}.`;
    case 'memory':
      return `Memory is at ${fact('ratio').toFixed(2)}x of what it was 4 h ago in ${fact('growing')} of ${fact('processes')} processes.`;
    case 'database':
      return `${fact('failed')} of the last ${fact('of')} probes of ${String(facts['probe'] ?? 'a database')} failed.`;
    case 'source':
      return `${String(facts['metric'])} is at ${figure(fact('value'))}, above its limit of ${figure(fact('above'))}.`;
    case 'state-store':
      return `The state store was away for ${span(fact('awayMs'))}: nobody judged meanwhile, and nothing could be changed.`;
  }
}

/** `waits for …`, to be read after the rollout's name. */
export function obstacleSentence(obstacle: Obstacle): string {
  switch (obstacle.code) {
    case 'START_TIME':
      return `It starts at ${utc(obstacle.at)}.`;
    case 'APPROVAL':
      return `A second person has to approve. ${obstacle.why}`;
    case 'FREEZE':
      return `Everything is frozen${obstacle.until === null ? '' : ` until ${utc(obstacle.until)}`} (${obstacle.reason}).`;
    case 'QUIET_HOURS':
      return `Quiet hours: nothing is widened before ${utc(obstacle.until)}.`;
    case 'CRITERION':
      return `The plan wants more: ${obstacle.criterion}.`;
    case 'EVERYTHING_OFF':
      return 'Everything is turned off by the kill switch.';
  }
}

export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(2))} %`;
}

/** Four digits are enough to compare by. */
export function figure(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

function ceiled(ratio: number): number {
  return Math.ceil(Number((ratio * 10).toFixed(6))) / 10;
}

function tooFew(
  { seen, needed }: { readonly seen: number; readonly needed: number },
  one: string,
  were: string,
): string {
  const amount = seen === 0 ? `No ${one}` : `Only ${count(seen, one)}`;
  return `${amount} with the feature ${seen <= 1 ? 'was' : 'were'} ${were} in the step; ${count(needed, one)} ${needed === 1 ? 'is' : 'are'} needed.`;
}
