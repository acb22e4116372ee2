import { container, type SapphireClient } from '@sapphire/framework';
import type { Subcommand } from '@sapphire/plugin-subcommands';
import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type APIApplicationCommandOption,
} from 'discord.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { BetaCommand } from '../../src/commands/beta/BetaCommand.js';
import { buildCommand } from '../../src/commands/buildCommand.js';
import { CohortCommand } from '../../src/commands/cohort/CohortCommand.js';
import { DeployCommand } from '../../src/commands/deploy/DeployCommand.js';
import { FeatureCommand } from '../../src/commands/feature/FeatureCommand.js';
import { FreezeCommand } from '../../src/commands/freeze/FreezeCommand.js';
import { RollbackCommand } from '../../src/commands/rollback/RollbackCommand.js';
import { RolloutCommand } from '../../src/commands/rollout/RolloutCommand.js';
import { ScorecardCommand } from '../../src/commands/scorecard/ScorecardCommand.js';
import { SmokeCommand } from '../../src/commands/smoke/SmokeCommand.js';

const pieces = {
  feature: FeatureCommand,
  cohort: CohortCommand,
  beta: BetaCommand,
  rollout: RolloutCommand,
  rollback: RollbackCommand,
  freeze: FreezeCommand,
};

/** What Discord counts against the 8,000 characters of one command. */
const textOf = (options: readonly APIApplicationCommandOption[]): number =>
  options.reduce((sum, option) => {
    const inner = 'options' in option ? textOf(option.options ?? []) : 0;
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    const chosen = choices.reduce((all, { name, value }) => all + name.length + String(value).length, 0);
    return sum + option.name.length + option.description.length + inner + chosen;
  }, 0);

const every = { ...pieces, deploy: DeployCommand, scorecard: ScorecardCommand, smoke: SmokeCommand };

const create = (name: keyof typeof every) => {
  const context = { name, path: '::virtual::', root: '::virtual::', store: undefined };
  return new every[name](context as unknown as Subcommand.LoaderContext);
};

beforeAll(() => {
  container.client = { options: {} } as SapphireClient;
});

describe.each(['feature', 'cohort', 'beta', 'rollout', 'rollback', 'freeze'] as const)('/%s', (name) => {
  it('runs exactly the subcommands that Discord is told of, each behind a right', () => {
    const command = create(name);
    const told = buildCommand(name, command.definition).toJSON().options ?? [];
    expect(told.every(({ type }) => type === ApplicationCommandOptionType.Subcommand)).toBe(true);
    expect(command.parsedSubcommandMappings.map((mapping) => mapping.name)).toEqual(
      told.map((option) => option.name),
    );
    for (const mapping of command.parsedSubcommandMappings) {
      expect(mapping).toMatchObject({ type: 'method', chatInputRun: expect.any(Function) as unknown });
      expect(command.subcommandPreconditions.get(mapping.name)?.entries).toHaveLength(1);
    }
  });

  it('stays within what Discord takes', () => {
    const json = buildCommand(name, create(name).definition).toJSON();
    const options = json.options ?? [];
    expect(options.length).toBeLessThanOrEqual(25);
    expect(json.name.length + json.description.length + textOf(options)).toBeLessThanOrEqual(8000);
    const inner = (option: APIApplicationCommandOption): readonly APIApplicationCommandOption[] =>
      'options' in option ? (option.options ?? []) : [];
    for (const option of [json, ...options, ...options.flatMap(inner)]) {
      expect(option.name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
      expect(option.description.length).toBeGreaterThan(0);
      expect(option.description.length).toBeLessThanOrEqual(100);
    }
    for (const subcommand of options) {
      const required = inner(subcommand).map((option) => option.required === true);
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
      expect(new Set(inner(subcommand).map((option) => option.name)).size).toBe(inner(subcommand).length);
    }
  });

  it('completes exactly the options that say so', () => {
    const { definition } = create(name);
    for (const subcommand of buildCommand(name, definition).toJSON().options ?? []) {
      const known = definition.subcommands.find((one) => one.name === subcommand.name);
      for (const option of 'options' in subcommand ? (subcommand.options ?? []) : []) {
        const completes = known?.options.find((one) => one.name === option.name)?.complete !== undefined;
        expect('autocomplete' in option && option.autocomplete === true).toBe(completes);
      }
    }
  });
});

describe('who is shown a command', () => {
  it('managers, in guilds, for /beta', () => {
    expect(buildCommand('beta', create('beta').definition).toJSON()).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    });
  });

  it('the staff guild, for the others', () => {
    for (const name of ['feature', 'cohort', 'rollout', 'rollback', 'freeze'] as const)
      expect(buildCommand(name, create(name).definition).toJSON()).not.toHaveProperty('contexts', [0]);
  });
});

it('a subcommand that only shows says so, and none that changes something does', () => {
  const looking =
    /^(list|info|why|history|status|monitor|explain|plans|simulate|snapshots|validate|show|engineering)$/;
  for (const name of Object.keys(every) as (keyof typeof every)[]) {
    const { subcommands } = create(name).definition;
    expect(subcommands.filter(({ onlyShows }) => onlyShows === true).map((one) => one.name)).toEqual(
      subcommands.map((one) => one.name).filter((one) => looking.test(one)),
    );
  }
});

it('the right that each subcommand asks for at least', () => {
  const needs = (name: keyof typeof pieces) =>
    Object.fromEntries(create(name).definition.subcommands.map((one) => [one.name, one.needs]));
  expect(needs('feature')).toEqual({
    create: 'admin',
    edit: 'admin',
    enable: 'narrow',
    disable: 'narrow',
    clear: 'narrow',
    info: 'look',
    list: 'look',
    why: 'look',
    history: 'look',
    undo: 'narrow',
    kill: 'narrow',
    unkill: 'admin',
    archive: 'admin',
    restore: 'admin',
  });
  expect(needs('cohort')).toEqual({
    create: 'admin',
    add: 'admin',
    remove: 'admin',
    list: 'look',
    delete: 'admin',
  });
  expect(needs('rollout')).toMatchObject({
    plans: 'look',
    start: 'admin',
    status: 'look',
    list: 'look',
    pause: 'narrow',
    resume: 'admin',
    advance: 'admin',
    rollback: 'narrow',
    cancel: 'admin',
    // The role of an approver, or an admin's for breaking the glass, is asked for as it runs.
    approve: 'look',
    explain: 'look',
  });
  expect(needs('rollback')).toEqual({
    now: 'narrow',
    gradual: 'narrow',
    pause: 'narrow',
    resume: 'narrow',
    // Guilds get the feature again.
    cancel: 'admin',
    hurry: 'narrow',
    validate: 'narrow',
    status: 'look',
    history: 'look',
    drill: 'admin',
    snapshots: 'look',
    recover: 'admin',
  });
  expect(needs('freeze')).toEqual({ start: 'narrow', stop: 'admin', status: 'look' });
  expect(new Set(Object.values(needs('beta')))).toEqual(new Set(['manager']));
});
