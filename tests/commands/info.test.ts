import type { ChatInputCommandInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { info } from '../../src/commands/feature/info.js';
import type { Card } from '../../src/lib/alerts/Card.js';
import type { Turn } from '../../src/lib/discord/Turn.js';
import type { FlagsRoom } from '../../src/lib/flags/FlagsRoom.js';
import { Unavailable } from '../../src/lib/state/errors.js';
import { flagDocument, flagsRoom } from '../lib/discord/flagsFixture.js';

async function shownWith(lastUsed: FlagsRoom['lastUsed']): Promise<string> {
  const none = {
    guildsOn: 0,
    membersOn: 0,
    outOf: 0,
    allowed: 0,
    denied: 0,
    joined: 0,
    waiting: 0,
    keptOff: 0,
  };
  const flags = flagsRoom({
    overview: () => ({ flag: flagDocument(), dependants: [], ...none }),
    switchedOff: () => undefined,
    lastUsed,
  });
  let shown = '';
  const turn = {
    house: { flags, deprecations: { list: async () => [] } },
    interaction: { options: { getString: () => 'new_greeting' } },
    show: async (card: Card) => void (shown = JSON.stringify(card)),
  };
  await info.run(turn as unknown as Turn<ChatInputCommandInteraction>);
  return shown;
}

describe('/feature info', () => {
  it('is shown with the store away, but for what only the store knows', async () => {
    const shown = await shownWith(() => Promise.reject(new Unavailable('It is away.', 'none')));
    expect(shown).toContain('new_greeting');
    expect(shown).toContain('not known while the state store is away');
  });

  it('hides no other fault', async () => {
    await expect(shownWith(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });
});
