import { MessageFlags, type ButtonInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { House } from '../../../src/lib/discord/House.js';
import { Turn } from '../../../src/lib/discord/Turn.js';
import { flagsRoom } from './flagsFixture.js';

const card = { tone: 'info', title: 'x' } as const;

/** An interaction that remembers what was sent, in order. */
function interactionOf() {
  const sent: string[] = [];
  const interaction = {
    user: { id: '7', username: 'someone' },
    guildId: '100',
    member: null,
    memberPermissions: null,
    replied: false,
    deferred: false,
    isMessageComponent: () => true,
    reply: vi.fn(async (message: { flags: number; allowedMentions: unknown }) => {
      sent.push('reply');
      interaction.replied = true;
      expect(message).toMatchObject({ flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
    }),
    update: vi.fn(async () => {
      sent.push('update');
      interaction.replied = true;
    }),
    editReply: vi.fn(async () => void sent.push('editReply')),
    deferReply: vi.fn(async () => {
      sent.push('deferReply');
      interaction.deferred = true;
    }),
    deferUpdate: vi.fn(async () => {
      sent.push('deferUpdate');
      interaction.deferred = true;
    }),
  };
  return {
    interaction: interaction as unknown as ButtonInteraction,
    sent,
    deferReply: interaction.deferReply,
  };
}

const debug = vi.fn();
const house = { flags: flagsRoom({}), overrides: [], logger: { debug } } as unknown as House;

describe('an answer', () => {
  it('is for the person alone; the next one takes its place', async () => {
    const { interaction, sent } = interactionOf();
    const turn = new Turn(house, interaction);
    await turn.show(card);
    await turn.show(card);
    expect(sent).toEqual(['reply', 'editReply']);
  });

  it('to a button of a card takes the place of the card, where that is wanted', async () => {
    const { interaction, sent } = interactionOf();
    await new Turn(house, interaction, { place: 'same' }).show(card);
    expect(sent).toEqual(['update']);
  });
});

describe('Discord’s three seconds', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Answers after so much time. */
  const slowly = (turn: Turn, ms: number) =>
    turn.inTime(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      await turn.show(card);
    });

  it.each([
    ['new', 2_000, ['reply']],
    ['new', 60_000, ['deferReply', 'editReply']],
    ['same', 2_000, ['update']],
    ['same', 60_000, ['deferUpdate', 'editReply']],
  ] as const)('%s, after %i ms', async (place, ms, expected) => {
    const { interaction, sent } = interactionOf();
    const done = slowly(new Turn(house, interaction, { place }), ms);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(ms);
    await done;
    expect(sent).toEqual(expected);
  });

  it('are kept when the answer comes while the person is being asked to wait', async () => {
    const { interaction, sent, deferReply } = interactionOf();
    const atOnce = deferReply.getMockImplementation();
    deferReply.mockImplementationOnce(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await atOnce?.();
    });
    const done = slowly(new Turn(house, interaction), 2_500);
    await vi.advanceTimersByTimeAsync(2_999);
    await done;
    expect(sent).toEqual(['deferReply', 'editReply']);
  });

  it('are kept when asking to wait fails: the answer is given all the same', async () => {
    const { interaction, sent, deferReply } = interactionOf();
    deferReply.mockRejectedValueOnce(new Error('Interaction has already been acknowledged.'));
    const done = slowly(new Turn(house, interaction), 2_500);
    await vi.advanceTimersByTimeAsync(2_500);
    await done;
    expect(sent).toEqual(['reply']);
    expect(debug).toHaveBeenCalledOnce();
  });
});
