import { MessageFlags, type RepliableInteraction } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { QuestionClosed } from '../../../src/lib/discord/Confirmations.js';
import type { House } from '../../../src/lib/discord/House.js';
import { markSynthetic } from '../../../src/lib/discord/probing/synthetic.js';
import { answerError, orRefuse, refusalCard } from '../../../src/lib/discord/refusals.js';
import { Forbidden } from '../../../src/lib/discord/rights.js';
import { UnknownFlag } from '../../../src/lib/flags/errors.js';
import { Unavailable } from '../../../src/lib/state/errors.js';
import { flagsRoom } from './flagsFixture.js';

const showing = { what: '/feature info', onlyShows: true };

function scene(
  change: { readonly replied?: boolean; readonly deferred?: boolean; readonly fails?: boolean } = {},
) {
  const deliver = vi.fn(async (_message: { flags?: number; embeds?: unknown }) => {
    if (change.fails === true) throw new Error('Unknown interaction');
  });
  const edit = vi.fn(async (_message: unknown) => undefined);
  const interaction = {
    user: { id: '7', username: 'someone' },
    guildId: '100',
    replied: change.replied ?? false,
    deferred: change.deferred ?? false,
    editReply: edit,
    reply: deliver,
    followUp: deliver,
  };
  const logger = { debug: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const house = { flags: flagsRoom({}), overrides: [], logger } as unknown as House;
  return { interaction: interaction as unknown as RepliableInteraction, deliver, edit, logger, house };
}

describe('an error', () => {
  it('for people is answered to the person alone: what happened, and what to do next', async () => {
    const { house, interaction, deliver, logger } = scene();
    await answerError(house, interaction, new UnknownFlag('x*', ['xy']), showing);
    const message = deliver.mock.calls[0]?.[0];
    expect(message?.flags).toBe(MessageFlags.Ephemeral);
    expect(JSON.stringify(message)).toContain('No flag is called \\"x\\\\*\\".\\nDid you mean xy?');
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('of rights is logged with who tried what', async () => {
    const { house, interaction, logger } = scene();
    await answerError(house, interaction, new Forbidden('admin'), {
      what: '/feature enable',
      onlyShows: false,
    });
    expect(logger.warn).toHaveBeenCalledWith(
      'Refused: someone (7) tried /feature enable in guild 100; it needs "admin".',
    );
  });

  it('of rights is no warning where the bot asked itself, to see that it is refused', async () => {
    const { house, interaction, logger } = scene();
    markSynthetic(interaction);
    await answerError(house, interaction, new Forbidden('admin'), {
      what: '/feature enable',
      onlyShows: false,
    });
    expect(logger.warn).not.toHaveBeenCalled();
    expect(logger.debug).toHaveBeenCalledOnce();
  });

  it('that is a bug is logged whole under a number, and the person is shown the number only', async () => {
    const { house, interaction, deliver, logger } = scene();
    const bug = new TypeError('password is undefined');
    await answerError(house, interaction, bug, showing);
    const shown = JSON.stringify(deliver.mock.calls[0]?.[0]);
    const [line, logged] = logger.error.mock.calls[0] as [string, unknown];
    const id = /Incident (\w{8}):/.exec(line)?.[1] ?? 'none';
    expect(logged).toBe(bug);
    expect(shown).toContain(id);
    expect(shown).not.toContain('password');
  });

  it('after the first answer is a further one, and what was shown stays', async () => {
    const { house, interaction, deliver } = scene({ replied: true });
    await answerError(house, interaction, new QuestionClosed('Late.', false, 'Again.'), {
      what: 'a button',
      onlyShows: false,
    });
    expect(deliver).toHaveBeenCalledOnce();
  });

  it('after the person was asked to wait comes in the place that waits', async () => {
    const { house, interaction, edit, deliver } = scene({ deferred: true });
    await answerError(house, interaction, new UnknownFlag('x'), showing);
    expect(edit).toHaveBeenCalledOnce();
    expect(deliver).not.toHaveBeenCalled();
  });

  it('that cannot be delivered is logged, and nothing is thrown', async () => {
    const { house, interaction, logger } = scene({ fails: true });
    await answerError(house, interaction, new UnknownFlag('x'), showing);
    expect(logger.warn).toHaveBeenCalledOnce();
  });

  it('whose outcome is not known does not claim that nothing changed', () => {
    expect(refusalCard(new Unavailable('It fell silent.', 'unknown')).title).toBe(
      'Not known whether it happened',
    );
    expect(refusalCard(new Unavailable('It is away.', 'none')).title).toBe('Nothing was changed');
  });
});

describe('the title of a refusal', () => {
  it('says that nothing was changed where something would have been', () => {
    expect(refusalCard(new UnknownFlag('x')).title).toBe('Nothing was changed');
  });

  it('says of what changes nothing that it cannot be shown, whatever went wrong', () => {
    expect(refusalCard(new UnknownFlag('x'), true).title).toBe('This cannot be shown');
    expect(refusalCard(new Unavailable('It fell silent.', 'unknown'), true).title).toBe(
      'This cannot be shown',
    );
  });

  it.each([
    ['admin', 'You may not do this', 'Only rollout admins'],
    ['look', 'You may not see this', 'Only rollout admins, staff and on-call'],
    ['approve', 'You may not answer this', 'Only members with an approver role'],
  ] as const)('says of rights (%s) what the person may not, and the text who may', (need, title, who) => {
    const card = refusalCard(new Forbidden(need), true);
    expect(card.title).toBe(title);
    expect(JSON.stringify(card.body)).toContain(`"${who}`);
  });
});

describe('what a person asked for', () => {
  it('is refused in place, and a bug goes on to the error listeners', async () => {
    const { house, interaction, deliver } = scene();
    await orRefuse(house, interaction, showing, () => Promise.reject(new UnknownFlag('x')));
    expect(deliver).toHaveBeenCalledOnce();
    await expect(
      orRefuse(house, interaction, showing, () => Promise.reject(new TypeError('bug'))),
    ).rejects.toThrow('bug');
  });
});
