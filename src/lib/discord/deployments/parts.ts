/** The lines of a deployment's card, each made from its document. */
import { count } from '../../core/count.js';
import type { Text } from '../../alerts/Card.js';
import { gateText, smokeText, stageText } from '../../alerts/wording/deploymentFacts.js';
import { lines, who } from '../../alerts/wording/facts.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import { isOver } from '../../deployments/life/transitions.js';
import type { DeploymentDocument, DeploymentState } from '../../deployments/documents.js';
import { moment, type TwoClocks } from '../rollouts/moment.js';

type Parts = Exclude<Text, string>;
const partsOf = (text: Text): Parts => (typeof text === 'string' ? [text] : text);

/** What it is about, by whom, and what else is under way. */
export function aboutText({ summary, created, link, rollouts, brokeGlass }: DeploymentDocument): Text {
  return lines([
    ...(summary === '' ? [] : [summary]),
    [{ bold: 'By' }, '  ', ...partsOf(who({ id: created.by, name: created.name }))],
    ...(link === null ? [] : [[{ bold: 'Link' }, `  ${link}`] satisfies Text]),
    ...(rollouts.length === 0
      ? []
      : [
          [
            { bold: 'Beside it' },
            `  ${count(rollouts.length, 'rollout')} under way in this time:`,
            ...rollouts.slice(0, 5).flatMap((id): Parts => [' ', { code: id }]),
          ] satisfies Text,
        ]),
    ...(brokeGlass === null
      ? []
      : [
          [
            { bold: 'The gate was broken' },
            '  by ',
            ...partsOf(who({ id: brokeGlass.by, name: 'somebody' })),
            `: ${brokeGlass.reason ?? ''}`,
          ] satisfies Text,
        ]),
  ]);
}

/** `✔` done, `▶` under way, `·` ahead, `✖` failed, `–` never done. */
type Sign = '✔' | '▶' | '·' | '✖' | '–';

/** What runs now and is not written down until it ends. */
export interface UnderWay {
  /** How far its smoke tests are. */
  readonly progress: string;
  readonly isGateRunning: boolean;
}

/** The four steps of every deployment, with where it is. */
export function stepsText(
  deployment: DeploymentDocument,
  { progress, isGateRunning }: UnderWay,
  clocks: TwoClocks,
): Text {
  const { gate, smoke, entered, monitor, state } = deployment;
  const since = (name: DeploymentState): Parts => {
    const at = entered[name];
    return at === undefined ? [] : ['  ', ...moment(at, clocks)];
  };
  const gateSign: Sign = gate === null ? '–' : gate.verdict === 'passed' ? '✔' : '✖';
  const bad = (smoke ?? []).filter(({ verdict }) => verdict === 'failed').length;
  const testSign: Sign =
    smoke === null ? signOf(deployment, 'testing') : bad > 0 || smoke.length === 0 ? '✖' : '✔';
  const tested =
    smoke === null
      ? state === 'testing'
        ? `  ${progress === '' ? 'under way' : progress}`
        : ''
      : `  ${smoke.length - bad} of ${smoke.length} passed in ${stopwatch(Math.max(0, ...smoke.map((one) => one.tookMs)))}`;
  return lines([
    isGateRunning ? step('▶', 'Gate', ['  runs']) : step(gateSign, 'Gate', [`  ${gateText(gate)}`]),
    state === 'deploying'
      ? step('▶', 'Being deployed', ['  since', ...since('deploying')])
      : step(signOf(deployment, 'deploying'), 'Deployed', since('testing')),
    step(testSign, 'Smoke tests', [tested]),
    step(
      signOf(deployment, 'watching'),
      'Watched',
      monitor === null || isOver(state) ? [] : ['  ends ', ...moment(monitor.until, clocks)],
    ),
  ]);
}

function step(sign: Sign, name: string, detail: Parts): Text {
  return [`${sign} `, sign === '▶' || sign === '✖' ? { bold: name } : name, ...detail];
}

const order = ['announced', 'deploying', 'testing', 'watching'] as const;

function signOf({ state, entered }: DeploymentDocument, of: (typeof order)[number]): Sign {
  if (state === of) return '▶';
  const later = order.slice(order.indexOf(of) + 1);
  if (state === 'succeeded' || later.some((one) => entered[one] !== undefined)) return '✔';
  if (!isOver(state)) return '·';
  if (entered[of] === undefined) return '–';
  return state === 'superseded' ? '–' : '✖';
}

/** Stages that failed, with the last lines of the first; nothing where the gate passed. */
export function gateTrouble({ gate }: Pick<DeploymentDocument, 'gate'>): Text {
  const failed = (gate?.stages ?? []).filter(({ verdict }) => verdict === 'failed');
  const [first] = failed;
  if (first === undefined) return [];
  const tail = first.tail.trim().split('\n').slice(-6);
  return lines([
    ...failed.slice(0, 4).map(stageText),
    ...(first.tail.trim() === '' ? [] : tail.map((line): Text => [{ code: line.slice(0, 120) }])),
  ]);
}

export function smokeTrouble({ smoke }: Pick<DeploymentDocument, 'smoke'>): Text {
  return lines((smoke ?? []).filter(({ verdict }) => verdict === 'failed').map(smokeText));
}
