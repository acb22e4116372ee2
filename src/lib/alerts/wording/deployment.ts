/** What people are told of a deployment. Each is one notice; its card shows the rest. */
import type { Card, CardField, Text } from '../Card.js';
import {
  type DeploymentFacts,
  failedSmoke,
  type GateFacts,
  gateText,
  smokeText,
  stageText,
} from './deploymentFacts.js';
import { count, lines, who } from './facts.js';
import { rollbackAskAction } from './rollbackButtons.js';

export function deploymentAnnounced(facts: DeploymentFacts): Card {
  return {
    tone: 'info',
    title: `📣 Deployment ${facts.version} is announced`,
    body: lines([...summaryOf(facts), 'Nothing is deployed yet.']),
    fields: about(facts),
  };
}

/** @param replaced the version that was still being watched, or only announced */
export function deploymentStarting(facts: DeploymentFacts, replaced: string | undefined): Card {
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
  return {
    tone: brokeGlass === null ? 'info' : 'warn',
    title: `🚀 Starting deployment ${version}`,
    body: lines([
      ...glass,
      ...summaryOf(facts),
      ...(replaced === undefined ? [] : [`It takes the place of ${replaced}.`]),
      ...(gate === null ? ['Its gate was not run, so nothing is known of it beforehand.'] : []),
      ...(rollouts.length === 0
        ? []
        : [`${count(rollouts.length, 'rollout')} under way: look at them before you judge either.`]),
    ]),
    fields: about(facts),
  };
}

export function deploymentDeployed(facts: DeploymentFacts): Card {
  return {
    tone: 'info',
    title: `${facts.version} is deployed to ${facts.environment}`,
    body: 'Smoke tests run now; then it is watched for an hour.',
    fields: about(facts),
  };
}

/** How the smoke tests after a deployment ended. */
export function deploymentSmoke(facts: DeploymentFacts): Card {
  const { version, smoke } = facts;
  const all = smoke ?? [];
  const failed = failedSmoke(facts);
  if (failed.length === 0 && all.length > 0) {
    return {
      tone: 'good',
      title: `${version}: all ${count(all.length, 'smoke test')} passed`,
      body: 'It is watched now. Nothing is to be done.',
      fields: about(facts),
    };
  }
  if (all.length === 0) {
    return {
      tone: 'warn',
      title: `${version}: no smoke test was run`,
      body: 'There is none in this bot, so nothing was tried after the deployment. It is watched all the same.',
      fields: about(facts),
    };
  }
  return {
    tone: 'bad',
    title: `${version}: ${failed.length} of ${count(all.length, 'smoke test')} failed`,
    body: lines([
      ...failed.map(smokeText),
      'It is watched all the same. Look at what failed; where people are harmed, roll back.',
    ]),
    fields: about(facts),
    buttons: [{ label: 'Roll back everything', style: 'danger', action: rollbackAskAction, args: ['*'] }],
  };
}

export function deploymentSucceeded(facts: DeploymentFacts): Card {
  return {
    tone: 'good',
    title: `Deployment ${facts.version} is complete`,
    body: lines([facts.ended?.why ?? '', ...summaryOf(facts)].filter((text) => text !== '')),
    fields: about(facts),
  };
}

export function deploymentFailed(facts: DeploymentFacts): Card {
  return {
    tone: 'bad',
    title: `Deployment ${facts.version} to ${facts.environment} failed`,
    body: lines([
      facts.ended?.why ?? 'Nobody said why.',
      'Nothing was rolled back by itself. See which version runs, and what it did to people.',
    ]),
    fields: about(facts),
  };
}

export function deploymentRolledBack(facts: DeploymentFacts): Card {
  return {
    tone: 'warn',
    title: `Deployment ${facts.version} to ${facts.environment} is rolled back`,
    body: facts.ended?.why ?? 'See /rollback status for how.',
    fields: about(facts),
  };
}

/** @param isUnderWay whether that version is being deployed, or was only looked at */
export function deploymentGateFailed(gate: GateFacts, environment: string, isUnderWay: boolean): Card {
  const failed = gate.stages.filter(({ verdict }) => verdict === 'failed');
  return {
    tone: 'bad',
    title: `The gate failed for ${gate.release}`,
    body: lines([
      ...failed.map(stageText),
      isUnderWay
        ? `It is being deployed to ${environment}: stop it, or end it with /deploy fail.`
        : 'It cannot be started until the gate passes. Mend what failed, and run it again.',
    ]),
    fields: [
      { name: 'Version', value: gate.release, inline: true },
      { name: 'Environment', value: environment, inline: true },
      ...(gate.commit === null
        ? []
        : [
            { name: 'Commit', value: [{ code: gate.commit.slice(0, 12) }], inline: true } satisfies CardField,
          ]),
    ],
  };
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
export function deploymentRefused({ version, environment, by, why, next }: RefusedDeployment): Card {
  return {
    tone: 'warn',
    title: `${version} was refused in ${environment}`,
    body: lines([
      `${by} spoke of it, and nothing was changed here: ${why}`,
      ...(next === undefined ? [] : [next]),
      'If it is being deployed all the same, nobody watches it.',
    ]),
  };
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
