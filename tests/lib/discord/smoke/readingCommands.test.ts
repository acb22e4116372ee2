import { SlashCommandSubcommandBuilder } from 'discord.js';
import { expect, it } from 'vitest';
import type { CommandDefinition } from '../../../../src/commands/definition.js';
import { cohort } from '../../../../src/commands/cohort/CohortCommand.js';
import { deploy } from '../../../../src/commands/deploy/DeployCommand.js';
import { feature } from '../../../../src/commands/feature/FeatureCommand.js';
import { freeze } from '../../../../src/commands/freeze/FreezeCommand.js';
import { rollback } from '../../../../src/commands/rollback/RollbackCommand.js';
import { rollout } from '../../../../src/commands/rollout/RolloutCommand.js';
import { scorecard } from '../../../../src/commands/scorecard/ScorecardCommand.js';
import { smoke } from '../../../../src/commands/smoke/SmokeCommand.js';
import {
  harmlessCommands,
  mistakenCommands,
  readingCommands,
} from '../../../../src/lib/discord/smoke/readingCommands.js';

const definitions: Readonly<Record<string, CommandDefinition>> = {
  ...{ cohort, deploy, feature, freeze, rollback, rollout, scorecard, smoke },
};
/** They look at one thing, and there may be none; a simulation takes minutes. */
const notTried = ['deploy monitor', 'deploy status', 'rollback status', 'rollout simulate'];

const required = (definition: CommandDefinition['subcommands'][number]): readonly string[] => {
  const builder = new SlashCommandSubcommandBuilder().setName('x').setDescription('x');
  for (const option of definition.options) option.add(builder);
  return builder.options
    .map((option) => option.toJSON())
    .filter((option) => option.required === true)
    .map(({ name }) => name);
};
const nameOf = ({ command, subcommand = '' }: { command: string; subcommand?: string }): string =>
  `${command} ${subcommand}`;

it('every command that only reads, and needs nothing for it, is tried', () => {
  const there = Object.entries(definitions).flatMap(([command, { subcommands }]) =>
    subcommands
      .filter((each) => each.needs === 'look' && required(each).length === 0)
      .map(({ name }) => `${command} ${name}`),
  );
  expect(readingCommands({}).map(nameOf).sort()).toEqual(
    there.filter((name) => !notTried.includes(name)).sort(),
  );
});

it('a stranger tries something of every command, and what speaks of something that does not exist', () => {
  const tried = harmlessCommands({});
  expect(new Set(tried.map(({ command }) => command))).toEqual(new Set(Object.keys(definitions)));
  for (const mistaken of mistakenCommands({})) expect(tried).toContainEqual(mistaken);
});

it('each is tried under the name that the host gave it, or not at all', () => {
  const tried = readingCommands({ commands: { feature: 'flags', deploy: false } }).map(nameOf);
  expect(tried).toContain('flags list');
  expect(tried.filter((name) => /^(feature|deploy) /.test(name))).toEqual([]);
});
