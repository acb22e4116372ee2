/** `rollouts doctor`: looks at everything that the bot needs, and says what to do about what it finds. */
import { count } from '../../lib/core/count.js';
import { readEnvironment, readStateEnvironment } from '../../config/environment.js';
import type { RolloutsConfig } from '../../config/Config.js';
import { InvalidConfig } from '../../config/InvalidConfig.js';
import type { Report, Terminal } from '../Terminal.js';
import { checkDeployments } from './deployments.js';
import { checkDiscord } from './discord.js';
import { checkGate, checkPlans, checkWebhooks } from './files.js';
import { ok, problem, type Finding } from './Finding.js';
import { checkStore } from './store.js';
import { checkVersions } from './versions.js';

export async function doctor(terminal: Terminal): Promise<Report> {
  const { environment } = terminal;
  const read = readEnvironment(environment);
  const configuration = read.ok
    ? [ok('configuration', 'Everything is set, and nothing is wrong in itself.')]
    : read.error.problems.map(({ setting, wrong, expected, where }) =>
        problem(
          setting,
          `It ${wrong}.`,
          [expected && `Expected: ${expected}.`, where && `${where}.`].filter(Boolean).join(' '),
        ),
      );
  const [store, discord, files] = await Promise.all([
    stateFindings(terminal),
    read.ok ? checkDiscord(read.settings, terminal) : [],
    read.ok ? fileFindings(read.settings.rollouts) : [],
  ]);
  return report([...checkVersions(), ...configuration, ...store, ...discord, ...files]);
}

async function fileFindings(config: RolloutsConfig): Promise<readonly Finding[]> {
  const { deploymentsFile, state, plansDir, gateInBot = false } = config;
  return [
    ...(await checkPlans(plansDir)),
    ...(await checkDeployments(deploymentsFile, state.dataDir)),
    ...(await checkGate(gateInBot)),
    ...checkWebhooks(config),
  ];
}

/** Without a right way to the state there is nothing to look at: the configuration's findings say so. */
async function stateFindings(terminal: Terminal): Promise<readonly Finding[]> {
  try {
    return await checkStore(readStateEnvironment(terminal.environment), terminal);
  } catch (error) {
    if (error instanceof InvalidConfig) return [];
    throw error;
  }
}

function report(findings: readonly Finding[]): Report {
  const found = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  const problems = found('problem');
  const warnings = found('warning');
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ level, about, found, next }) => [
    `${level.padEnd(7)}  ${about.padEnd(width)}  ${found}`,
    ...(next === undefined ? [] : [`${' '.repeat(11 + width)}-> ${next}`]),
  ]);
  const end =
    problems + warnings === 0
      ? 'All is well.'
      : `${count(problems, 'problem')}, ${count(warnings, 'warning')}.`;
  return {
    exitCode: problems === 0 ? 0 : 1,
    text: [...lines, '', end].join('\n'),
    json: { ok: problems === 0, problems, warnings, findings },
  };
}
