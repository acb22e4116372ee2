import { ApplicationCommandOptionType as Type, type APIApplicationCommand } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { PageSnapshot } from '../../../../src/sandbox/pageApi.js';
import { choicesFor } from '../../../../src/sandbox/page/slash/choices.js';
import {
  commandReady,
  matchCommands,
  splitCommand,
  typedCommands,
  type TypedCommand,
} from '../../../../src/sandbox/page/slash/commands.js';
import {
  closedOptions,
  closeOption,
  fill,
  fillFromText,
  openOption,
  optionsOf,
  partialOptions,
  startDraft,
  typeInto,
} from '../../../../src/sandbox/page/slash/draft.js';

function definition(
  name: string,
  description: string,
  options: APIApplicationCommand['options'] = [],
): APIApplicationCommand {
  return {
    id: '1',
    type: 1,
    application_id: '2',
    version: '3',
    default_member_permissions: null,
    name,
    description,
    options,
  };
}

const feature = definition('feature', 'Flags', [
  {
    type: Type.Subcommand,
    name: 'enable',
    description: 'Turn a flag on',
    options: [
      { type: Type.String, name: 'name', description: 'Which flag', required: true, autocomplete: true },
      { type: Type.Number, name: 'percentage', description: 'How many guilds' },
      { type: Type.Boolean, name: 'quiet', description: 'Tell nobody' },
      {
        type: Type.String,
        name: 'kind',
        description: 'Kind',
        choices: [{ name: 'Kill switch', value: 'ops' }],
      },
      { type: Type.String, name: 'reason', description: 'Why' },
      { type: Type.User, name: 'owner', description: 'Who' },
    ],
  },
  { type: Type.Subcommand, name: 'list', description: 'All flags' },
  {
    type: Type.SubcommandGroup,
    name: 'group',
    description: 'Grouped',
    options: [{ type: Type.Subcommand, name: 'inner', description: 'Inside' }],
  },
]);
const commands = typedCommands([definition('beta', 'Betas'), feature, definition('context', '')]);
const enable = commands.find(({ path }) => path === 'feature enable') as TypedCommand;

describe('finding a command', () => {
  it('offers every subcommand by its full path and no context menu', () => {
    expect(commands.map(({ path }) => path)).toEqual([
      'beta',
      'feature enable',
      'feature list',
      'feature group inner',
    ]);
  });

  it.each([
    ['', ['beta', 'feature enable', 'feature list', 'feature group inner']],
    ['fea', ['feature enable', 'feature list', 'feature group inner']],
    ['li', ['feature list']],
    ['e', ['feature enable', 'beta', 'feature list', 'feature group inner']],
    ['Feature   LIST', ['feature list']],
    ['nothing', []],
  ])('/%s finds %j, best match first', (typed, paths) => {
    expect(matchCommands(commands, typed).map(({ path }) => path)).toEqual(paths);
  });

  it('knows where the command ends and its options begin', () => {
    expect(splitCommand(commands, 'feature enable name:x')).toEqual({ command: enable, rest: 'name:x' });
    expect(splitCommand(commands, 'feature enabl name:x')).toBeUndefined();
  });

  it('sends a typed-out command at once only where it has no options to fill in', () => {
    expect(commandReady(commands, '/Feature List ')?.path).toBe('feature list');
    expect(commandReady(commands, '/feature enable')).toBeUndefined();
    expect(commandReady(commands, 'feature list')).toBeUndefined();
  });
});

describe('filling a command in', () => {
  const draft = startDraft(enable);

  it('opens the required options first and keeps them open', () => {
    expect(draft.fields.map(({ option }) => option.name)).toEqual(['name']);
    expect(closeOption(draft, 'name')).toEqual(draft);
  });

  it('opens and closes an optional option', () => {
    const opened = openOption(draft, 'percentage');
    expect(opened.fields.map(({ option }) => option.name)).toEqual(['name', 'percentage']);
    expect(closedOptions(opened).map(({ name }) => name)).toEqual(['quiet', 'kind', 'reason', 'owner']);
    expect(closeOption(opened, 'percentage')).toEqual(draft);
  });

  it.each([
    ['percentage:', { name: '', percentage: '' }, 'percentage'],
    ['x percentage:', { name: 'x', percentage: '' }, 'percentage'],
    ['name:x percentage:5 reason:so', { name: 'x', percentage: '5', reason: 'so' }, 'reason'],
    ['x percent:', { name: 'x percent:' }, 'name'],
  ])('typing %j goes on to the option that is named', (typed, texts, at) => {
    const { draft: filled, at: cursor } = typeInto(draft, 'name', typed);
    expect(Object.fromEntries(filled.fields.map(({ option, text }) => [option.name, text]))).toEqual(texts);
    expect(cursor).toBe(at);
  });

  it('leaves an option alone that has its value when its name is part of a sentence', () => {
    const begun = openOption(fill(draft, 'name', 'x'), 'reason');
    const { draft: filled, at } = typeInto(begun, 'reason', 'see name: y');
    expect(optionsOf(filled)).toEqual({ options: { name: 'x', reason: 'see name: y' } });
    expect(at).toBe('reason');
  });

  it('reads pasted options, and colons that belong to a value', () => {
    const { draft: filled, rest } = fillFromText(
      draft,
      'name:new_greeting percentage: 25 reason:see http://x: it works',
    );
    expect(rest).toBe('');
    expect(optionsOf(filled)).toEqual({
      options: { name: 'new_greeting', percentage: 25, reason: 'see http://x: it works' },
    });
  });

  it('sends numbers, truth values and choices as what they are', () => {
    const { draft: filled } = fillFromText(draft, 'name:x percentage:0.5 quiet:TRUE kind:kill switch');
    expect(optionsOf(filled)).toEqual({ options: { name: 'x', percentage: 0.5, quiet: true, kind: 'ops' } });
  });

  it('sends what was chosen, not what is shown', () => {
    const chosen = fill(openOption(fill(draft, 'name', 'x'), 'owner'), 'owner', '@admin', '77');
    expect(optionsOf(chosen)).toEqual({ options: { name: 'x', owner: '77' } });
  });

  it.each([
    ['', 'name is required.', 'name'],
    ['name:x percentage:many', 'percentage is a number.', 'percentage'],
    ['name:x quiet:maybe', 'quiet is True or False.', 'quiet'],
    ['name:x kind:other', 'kind is one of: Kill switch.', 'kind'],
    ['name:x owner:somebody', 'Choose owner from the list.', 'owner'],
  ])('refuses %j and says what is wrong', (text, problem, name) => {
    expect(optionsOf(fillFromText(draft, text).draft)).toEqual({ problem, name });
  });

  it('asks the bot with what can be read so far, the focused option as typed', () => {
    const { draft: filled } = fillFromText(draft, 'name:ne percentage:oops reason:why');
    expect(partialOptions(filled, 'name')).toEqual({ name: 'ne', reason: 'why' });
    expect(partialOptions(draft, 'name')).toEqual({ name: '' });
  });
});

describe('choosing', () => {
  const guild = {
    id: '1',
    name: 'HQ',
    memberCount: 4,
    roles: [{ id: '5', name: 'Admin', color: 0 }],
    channels: [
      { id: '8', name: 'operations', type: 0, parentId: null, canSend: true, isMuted: false },
      { id: '9', name: 'a thread', type: 11, parentId: '8', canSend: true, isMuted: false },
    ],
  };
  const snapshot: PageSnapshot = {
    me: { id: '1', name: 'admin', bot: false },
    bot: { id: '2', name: 'Rollouts', bot: true },
    people: [{ id: '1', name: 'admin', bot: false }],
    guilds: [guild],
    directMessages: null,
    botState: { state: 'ready', detail: '' },
    simulation: null,
  };

  it.each<[Type, string, string[]]>([
    [Type.Boolean, 'f', ['False']],
    [Type.User, '', ['@admin', '@Rollouts']],
    [Type.Role, 'adm', ['@Admin']],
    [Type.Channel, '', ['#operations']],
    [Type.Mentionable, 'adm', ['@admin', '@Admin']],
  ])('type %d with %j offers %j', (type, typed, names) => {
    const option = { type, name: 'o', description: 'o' } as Parameters<typeof choicesFor>[0];
    expect(choicesFor(option, typed, snapshot, guild).map(({ name }) => name)).toEqual(names);
  });
});
