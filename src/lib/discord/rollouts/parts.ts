/** The lines of a rollout's card, each made from its status. */
import { count } from '../../core/count.js';
import type { Text } from '../../alerts/Card.js';
import { lines, who } from '../../alerts/wording/facts.js';
import type { GuardStatus, RolloutStatus, StepStatus } from '../../rollouts/RolloutStatus.js';
import { ratioFigure } from '../../rollouts/showing/ratioFigure.js';
import { isOver } from '../../rollouts/transitions.js';
import { showPercentage } from '../percentage.js';
import { roughSpan, span } from '../span.js';
import { moment, type TwoClocks } from './moment.js';

type Parts = Exclude<Text, string>;

const barLength = 12;

/** `▰▰▰▰▱▱▱▱▱▱▱▱ 33 %` */
export function bar(done: number): string {
  const share = Math.min(1, Math.max(0, done));
  const full = Math.floor(share * barLength);
  return `${'▰'.repeat(full)}${'▱'.repeat(barLength - full)} ${Math.floor(share * 100)} %`;
}

/** Where it stands among the phases, and how much of this one is over. */
export function phaseText(status: RolloutStatus): Text {
  const { steps, step, phase, state } = status;
  const now = steps[step];
  return lines([
    stepsLine(steps),
    ...(now === undefined || isOver(state) || state === 'rolling-back'
      ? []
      : [
          [
            { bold: `Phase ${step + 1} of ${steps.length}: ${now.name}` },
            `, ${served(now)} for ${span(now.durationMs)}${now.isCompared ? '' : '; nothing to compare with'}`,
          ] satisfies Text,
          `${bar(phase.durationMs === 0 ? 1 : phase.elapsedMs / phase.durationMs)}  ${
            phase.remainingMs === 0 ? 'its time is over' : `${roughSpan(phase.remainingMs)} left`
          }`,
        ]),
  ]);
}

const signs = { done: '✔', now: '▶', next: '·' } as const;

function stepsLine(steps: readonly StepStatus[]): Text {
  return steps.flatMap((step, index): Parts => [
    index === 0 ? '' : '  ',
    step.is === 'now' ? { bold: `${signs.now} ${step.name}` } : `${signs[step.is]} ${step.name}`,
  ]);
}

function served({ servedBasisPoints, targets }: StepStatus): string {
  const share = `${showPercentage(servedBasisPoints)} of guilds`;
  if (targets === 0) return share;
  return servedBasisPoints === 0
    ? count(targets, 'chosen guild')
    : `${share} and ${count(targets, 'chosen guild')}`;
}

export function reachText({ reach }: RolloutStatus): Text {
  const { guilds, outOf, members, activeGuilds, runs } = reach;
  return [
    { bold: 'Reach' },
    `  on in ${guilds.toLocaleString('en-US')} of ${count(outOf, 'guild')} (${count(members, 'member')}); ` +
      `${activeGuilds.toLocaleString('en-US')} of them active in this phase, ${count(runs, 'command')}`,
  ];
}

const guardSigns = { ok: '🟢', proven: '🔴', 'no data': '⚪' } as const;
export const guardNames = { errors: 'Errors', latency: 'Slowness', satisfaction: 'Ratings' } as const;
/** What a guard does, after `it`. */
export const guardEnds = { rollback: 'rolls back', pause: 'pauses', notify: 'tells' } as const;

/** Each guard with its ratio, the interval in which it surely lies, and its limit. */
export function guardsText({ guards, sources }: Pick<RolloutStatus, 'guards' | 'sources'>): Text {
  return lines([
    ...guards.map((guard): Text => [
      `${guardSigns[guard.is]} `,
      { bold: guardNames[guard.metric] },
      `  ${ratioText(guard)} · ${guardEnds[guard.action]} when surely above ${guard.margin}×`,
    ]),
    ...sources.map(({ is, name, figure, action, limit }): Text => [
      `${guardSigns[is]} `,
      { bold: name },
      `  ${is === 'no data' ? 'no data' : figure} · ${guardEnds[action]} when ${limit}`,
    ]),
  ]);
}

/** `1.02× (0.81…1.63)` */
export function ratioText({ is, ratio, atLeast, below }: GuardStatus): string {
  if (is === 'no data') return 'no data yet';
  return ratioFigure({ ratio, lower: atLeast, upper: below });
}

export function verdictText({ verdict, ended }: RolloutStatus): Text {
  if (verdict === null) return ended === null ? 'Not judged yet.' : [];
  const { action, sentences } = verdict;
  // What held it up or would have paused it is no news once a person ended it.
  if (ended !== null && (action === 'HOLD' || action === 'PAUSE')) return [];
  return [{ bold: action }, ' ', sentences.slice(0, 5).join(' ')];
}

/** What comes next, what stands in its way, and who stopped it. */
export function nextText(status: RolloutStatus, clocks: TwoClocks): Text {
  const { next, obstacle, approval, paused, ended, overrides, news } = status;
  const last = news.at(-1);
  return lines([
    // How it came to its end; of one that is complete the headline says all.
    ...(ended === null || ended.how === 'completed' || last === undefined
      ? []
      : [[{ bold: 'Ended' }, `  ${last.text}`] satisfies Text]),
    ...(ended === null || ended.how === 'rolled-back'
      ? [
          [
            { bold: 'Next' },
            `  ${next.text}`,
            ...(next.at === null ? [] : [', ', ...moment(next.at, clocks)]),
          ] satisfies Text,
        ]
      : []),
    ...(paused === null
      ? []
      : [
          [
            { bold: 'Paused' },
            '  by ',
            ...person(paused.by),
            ', ',
            ...moment(paused.at, clocks),
            ...(paused.reason === undefined ? [] : [`: ${paused.reason}`]),
            paused.endsByItself
              ? '. It goes on by itself when the cause is gone.'
              : '. It goes on when a person resumes it.',
          ] satisfies Text,
        ]),
    ...(obstacle === null ? [] : [[{ bold: 'Held up' }, `  ${obstacle}`] satisfies Text]),
    ...(approval === null || approval.given !== null
      ? []
      : [
          [
            { bold: 'Needs a second person' },
            `  ${approval.why} Press Approve or Decline, or use /rollout approve or /rollout decline.`,
          ] satisfies Text,
        ]),
    ...overrides.map((override) => [{ bold: 'Note' }, `  ${override}`] satisfies Text),
  ]);
}

export function seenText({ acknowledged }: RolloutStatus, clocks: TwoClocks): Text {
  if (acknowledged === null) return [];
  return ['👀 Acknowledged by ', ...person(acknowledged.by), ' ', ...moment(acknowledged.at, clocks)];
}

/** A person by id, or `system:<what>`. */
export function person(id: string): Parts {
  const shown = who({ id, name: id.startsWith('system:') ? 'the rollout itself' : id });
  return typeof shown === 'string' ? [shown] : [...shown];
}
