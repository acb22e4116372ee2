/** What people are told of a deployment. Each is one notice; its card shows the rest. */
import { count } from '../../core/count.js';
import type { CardButton, CardField, Text } from '../Card.js';
import {
  type DeploymentFacts,
  failedSmoke,
  type GateFacts,
  gateText,
  smokeText,
  stageText,
} from './deploymentFacts.js';
import { who } from './facts.js';
import { type HourFacts, hourFields, hourTitle, hourTodo } from './monitorEnd.js';
import { rollbackAskAction } from './rollbackButtons.js';
import { told, type Told } from './told.js';

export function deploymentAnnounced(facts: DeploymentFacts): Told {
  return told({
    tone: 'info',
    title: `📣 Deployment ${facts.version} is announced`,
    why: summaryOf(facts),
    did: ['Nothing is deployed yet.'],
    todo: 'Nothing. You hear of its start.',
    fields: about(facts),
  });
}

/** @param replaced the version that was still being watched, or only announced */
export function deploymentStarting(facts: DeploymentFacts, replaced: string | undefined): Told {
  const { version, brokeGlass, gate, rollouts } = facts;
  const glass: readonly Text[] =
    brokeGlass === null
      ? []
      : [
          [
            { bold: 'The gate failed, and it is started all the same' },
            ': ',
            ...partsOf(who({ id: brokeGlass.by, name: 'somebody' })),
            ` broke the glass. ${brokeGlass.reason ?? ''}`,
          ],
        ];
  return told({
    tone: brokeGlass === null ? 'info' : 'warn',
    title: `🚀 Starting deployment ${version}`,
    why: [...glass, ...summaryOf(facts)],
    did: [
      ...(replaced === undefined ? [] : [`It takes the place of ${replaced}.`]),
      ...(gate === null ? ['Its gate was not run, so nothing is known of it beforehand.'] : []),
      ...(rollouts.length === 0
        ? []
        : [
            `${count(rollouts.length, 'rollout')} under way: look at ${rollouts.length === 1 ? 'it' : 'them'} before you judge either.`,
          ]),
    ],
    todo:
      brokeGlass === null
        ? 'Nothing. Its card in #operations shows how it goes.'
        : 'Look at what failed in its gate, and at its card in #operations while it goes on.',
    fields: about(facts),
  });
}

export function deploymentDeployed(facts: DeploymentFacts): Told {
  return told({
    tone: 'info',
    title: `${facts.version} is deployed to ${facts.environment}`,
    why: [],
    did: ['Smoke tests run now; then it is watched for a while.'],
    todo: 'Nothing. You hear of what is found.',
    fields: about(facts),
  });
}

/** How the smoke tests after a deployment ended. */
export function deploymentSmoke(facts: DeploymentFacts): Told {
  const { version, smoke } = facts;
  const all = smoke ?? [];
  const failed = failedSmoke(facts);
  if (failed.length === 0 && all.length > 0) {
    return told({
      tone: 'good',
      title: `${version}: all ${count(all.length, 'smoke test')} passed`,
      why: [],
      did: ['It is watched now.'],
      todo: 'Nothing.',
      fields: about(facts),
    });
  }
  if (all.length === 0) {
    return told({
      tone: 'warn',
      title: `${version}: no smoke test was run`,
      why: ['There is none in this bot, so nothing was tried after the deployment.'],
      did: ['It is watched all the same.'],
      todo: 'Try by hand what people use most.',
      fields: about(facts),
    });
  }
  return told({
    tone: 'bad',
    title: `${version}: ${failed.length} of ${count(all.length, 'smoke test')} failed`,
    why: failed.map(smokeText),
    did: [
      'Each was tried once. It is watched all the same.',
      ...(facts.rollouts.length > 0 ? ['What was being rolled out meanwhile is rolled back.'] : []),
    ],
    todo: 'Look at what failed; where people are harmed, roll back.',
    fields: about(facts),
    buttons: [everythingBack],
  });
}

/** @param hour how it was watched. @default it went well, as `ended` says */
export function deploymentSucceeded(facts: DeploymentFacts, hour = wellAsEnded(facts)): Told {
  return told({
    tone: hour.tone,
    title: `Deployment ${facts.version} is complete${hourTitle(hour)}`,
    why: [hour.found, ...summaryOf(facts)],
    did: [],
    todo: hourTodo(hour),
    fields: [...hourFields(hour), ...about(facts)],
    buttons: hour.tone === 'bad' ? [everythingBack] : [],
  });
}

function wellAsEnded({ ended }: DeploymentFacts): HourFacts {
  return { tone: 'good', found: ended?.why ?? '', notWell: [], unknown: [], hadBreaches: false };
}

const everythingBack: CardButton = {
  ...{ label: 'Roll back everything', style: 'danger', action: rollbackAskAction, args: ['*'] },
};

export function deploymentFailed(facts: DeploymentFacts): Told {
  return told({
    tone: 'bad',
    title: `Deployment ${facts.version} to ${facts.environment} failed`,
    why: [facts.ended?.why ?? 'Nobody said why.'],
    did: ['Nothing was rolled back by itself.'],
    todo: 'See which version runs, and what it did to people.',
    fields: about(facts),
  });
}

export function deploymentRolledBack(facts: DeploymentFacts): Told {
  return told({
    tone: 'warn',
    title: `Deployment ${facts.version} to ${facts.environment} is rolled back`,
    why: [facts.ended?.why ?? ''],
    did: ['What was turned off stays off until somebody turns it on.'],
    todo: ['Find out what was wrong; ', { code: '/rollback status' }, ' shows each step and the proof.'],
    fields: about(facts),
  });
}

/** @param isUnderWay whether that version is being deployed, or was only looked at */
export function deploymentGateFailed(gate: GateFacts, environment: string, isUnderWay: boolean): Told {
  const failed = gate.stages.filter(({ verdict }) => verdict === 'failed');
  return told({
    tone: 'bad',
    title: `The gate failed for ${gate.release}`,
    why: failed.map(stageText),
    did: [
      isUnderWay ? `It is being deployed to ${environment}.` : 'It cannot be started until the gate passes.',
    ],
    todo: isUnderWay
      ? ['Stop it, or end it with ', { code: '/deploy fail' }, '.']
      : 'Mend what failed, and run the gate again.',
    fields: [
      { name: 'Version', value: gate.release, inline: true },
      { name: 'Environment', value: environment, inline: true },
      ...(gate.commit === null
        ? []
        : [
            { name: 'Commit', value: [{ code: gate.commit.slice(0, 12) }], inline: true } satisfies CardField,
          ]),
    ],
  });
}

export interface RefusedDeployment {
  readonly version: string;
  readonly environment: string;
  /** Who or what wanted it. */
  readonly by: string;
  readonly why: string;
  readonly next: string | undefined;
}

/** A webhook wanted what was refused: nobody sees its answer, so that people are told. */
export function deploymentRefused({ version, environment, by, why, next }: RefusedDeployment): Told {
  return told({
    tone: 'warn',
    title: `${version} was refused in ${environment}`,
    why: [`${by} spoke of it, and nothing was changed here: ${why}`],
    did: ['If it is being deployed all the same, nobody watches it.'],
    todo: next ?? 'Look whether it is being deployed, and announce it again.',
  });
}

function summaryOf({ summary }: DeploymentFacts): readonly string[] {
  return summary === '' ? [] : [summary];
}

function about(facts: DeploymentFacts): readonly CardField[] {
  const { id, environment, gate, created, link } = facts;
  return [
    { name: 'Environment', value: environment, inline: true },
    { name: 'Gate', value: gateText(gate), inline: true },
    { name: 'By', value: who({ id: created.by, name: created.name }), inline: true },
    ...(link === null ? [] : [{ name: 'Link', value: link }]),
    { name: 'Deployment', value: [{ code: id }], inline: true },
  ];
}

function partsOf(text: Text): Exclude<Text, string> {
  return typeof text === 'string' ? [text] : text;
}
