import { container, UserError, type Listener, type SapphireClient } from '@sapphire/framework';
import type {
  ChatInputSubcommandDeniedPayload,
  ChatInputSubcommandErrorPayload,
  ChatInputSubcommandNoMatchContext,
  Subcommand,
} from '@sapphire/plugin-subcommands';
import type { AutocompleteInteraction } from 'discord.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FeatureCommand } from '../../src/commands/feature/FeatureCommand.js';
import { UndoButton } from '../../src/interaction-handlers/UndoButton.js';
import { AutocompleteError } from '../../src/listeners/AutocompleteError.js';
import { InteractionHandlerError } from '../../src/listeners/InteractionHandlerError.js';
import { SubcommandDenied } from '../../src/listeners/SubcommandDenied.js';
import { SubcommandError } from '../../src/listeners/SubcommandError.js';
import { SubcommandNoMatch } from '../../src/listeners/SubcommandNoMatch.js';
import type { RolloutsService } from '../../src/lib/RolloutsService.js';
import { forbiddenIdentifier } from '../../src/lib/discord/rights.js';

const logger = { warn: vi.fn(), error: vi.fn() };
const context = { name: 'feature', path: '', root: '', store: undefined };
const listenerContext = context as unknown as Listener.LoaderContext;

container.client = { options: {} } as SapphireClient;
container.rollouts = { logger, overrides: [], flags: { stale: undefined } } as unknown as RolloutsService;

const ours = new FeatureCommand(context as unknown as Subcommand.LoaderContext);
const theirs = { name: 'tickets' } as Subcommand;
const matchedSubcommandMapping = { name: 'enable' };

function interactionOf() {
  const reply = vi.fn(async (_message: unknown) => undefined);
  return { user: { id: '7', username: 'someone' }, guildId: '100', replied: false, deferred: false, reply };
}

beforeEach(() => vi.clearAllMocks());

describe('a denied subcommand', () => {
  const run = async (command: Subcommand, identifier: string) => {
    const interaction = interactionOf();
    const error = new UserError({ identifier, context: { need: 'admin' } });
    const payload = {
      command,
      interaction,
      matchedSubcommandMapping,
    } as unknown as ChatInputSubcommandDeniedPayload;
    await new SubcommandDenied(listenerContext).run(error, payload);
    return interaction.reply;
  };

  it('of ours is answered and logged with who tried', async () => {
    expect(JSON.stringify((await run(ours, forbiddenIdentifier)).mock.calls)).toContain('You may not');
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('someone (7) tried /feature enable'));
  });

  it('of the host, or denied by a precondition of the host, is the host’s to answer', async () => {
    expect(await run(theirs, forbiddenIdentifier)).not.toHaveBeenCalled();
    expect(await run(ours, 'hostSaysNo')).not.toHaveBeenCalled();
  });
});

describe('a fault', () => {
  it('in a subcommand of ours is answered with an incident, in one of the host it is left alone', async () => {
    for (const [command, answers] of [
      [ours, 1],
      [theirs, 0],
    ] as const) {
      const interaction = interactionOf();
      const payload = {
        command,
        interaction,
        matchedSubcommandMapping,
      } as unknown as ChatInputSubcommandErrorPayload;
      await new SubcommandError(listenerContext).run(new TypeError('bug'), payload);
      expect(interaction.reply).toHaveBeenCalledTimes(answers);
    }
    expect(logger.error).toHaveBeenCalledOnce();
  });

  it('in a button of ours is answered with an incident, in one of the host it is left alone', async () => {
    const listener = new InteractionHandlerError(listenerContext);
    for (const [handler, answers] of [
      [new UndoButton(listenerContext as never), 1],
      [{ name: 'theirs' }, 0],
    ] as const) {
      const interaction = {
        ...interactionOf(),
        isRepliable: () => true,
        isButton: () => true,
        customId: 'x',
      };
      await listener.run(new TypeError('bug'), { handler, interaction } as never);
      expect(interaction.reply).toHaveBeenCalledTimes(answers);
    }
  });

  it('while suggesting costs the suggestions only', async () => {
    const respond = vi.fn(async (_choices: unknown) => undefined);
    const interaction = { responded: false, respond } as unknown as AutocompleteInteraction;
    const listener = new AutocompleteError(listenerContext);
    await listener.run(new TypeError('bug'), { command: ours, interaction } as never);
    expect(respond).toHaveBeenCalledWith([]);
    expect(logger.error).toHaveBeenCalledOnce();
    await listener.run(new TypeError('bug'), { command: theirs, interaction } as never);
    expect(respond).toHaveBeenCalledOnce();
  });
});

it('a subcommand that this version does not have says what to do', async () => {
  const interaction = interactionOf();
  const listener = new SubcommandNoMatch(listenerContext);
  await listener.run(interaction as never, { command: ours } as unknown as ChatInputSubcommandNoMatchContext);
  expect(JSON.stringify(interaction.reply.mock.calls)).toContain('Reload Discord');
  await listener.run(
    interaction as never,
    { command: theirs } as unknown as ChatInputSubcommandNoMatchContext,
  );
  expect(interaction.reply).toHaveBeenCalledOnce();
});
