import { describe, expect, it } from 'vitest';
import {
  betaListCard,
  betaStatusCard,
  joinedCard,
  keptOffCard,
  leftCard,
} from '../../../src/lib/discord/betaCards.js';
import {
  betaFor,
  betasFor,
  betaStanding,
  suggestBetas,
  UnknownBeta,
} from '../../../src/lib/discord/betas.js';
import { renderCard } from '../../../src/lib/discord/renderCard.js';
import type { FlagDocument, GuildEntry } from '../../../src/lib/flags/documents.js';
import type { FlagsRoom } from '../../../src/lib/flags/FlagsRoom.js';
import { flagDocument, flagsRoom } from './flagsFixture.js';

const stamp = { by: '7', at: 1_000_000 };
const all = [
  flagDocument({ key: 'secret' }),
  flagDocument({ key: 'open_beta', beta: 'open' }),
  flagDocument({ key: 'asks_beta', beta: 'approval' }),
  flagDocument({ key: 'released', beta: 'open', basisPoints: 10_000 }),
  flagDocument({ key: 'was_open' }),
  flagDocument({ key: 'gone', beta: 'open', archived: stamp }),
];
const entries: Record<string, GuildEntry> = {
  was_open: { keepOff: stamp },
  asks_beta: { joined: stamp, answer: { is: 'declined', ...stamp, reason: 'not *yet*' } },
};

function room(
  on: readonly string[] = [],
  own: Record<string, GuildEntry> = entries,
  flags: readonly FlagDocument[] = all,
): FlagsRoom {
  return flagsRoom({
    list: () => flags,
    flag: (key) => flags.find((flag) => flag.key === key) ?? flagDocument(),
    guild: (id) => ({ v: 1, schema: 1, id, channelId: '123456789012345678', entries: own }),
    isEnabled: (key) => on.includes(key),
  });
}

const read = (card: Parameters<typeof renderCard>[0]) => JSON.stringify(renderCard(card));

describe('a guild', () => {
  it('knows of the betas that guilds may join and of those where it has a wish, and of no other flag', () => {
    expect(betasFor(room(), '5').map(({ key }) => key)).toEqual(['open_beta', 'asks_beta', 'was_open']);
  });

  it('is told the same of a flag that is not for it as of one that does not exist', () => {
    const errors = ['secret', 'nothing'].map((name) => {
      try {
        return betaFor(room(), '5', name);
      } catch (error) {
        return error as Error;
      }
    });
    expect(errors.every((error) => error instanceof UnknownBeta)).toBe(true);
    expect(errors.map((error) => (error as Error).message.replace(/".*"/, ''))).toEqual([
      'There is no beta called .',
      'There is no beta called .',
    ]);
    expect(() => betaFor(room(), '5', 'opn_beta')).toThrow(
      expect.objectContaining({ next: 'Did you mean open_beta?' }),
    );
  });

  it('is suggested what begins with what it types, then what contains it', () => {
    expect(suggestBetas(room(), '5', 'o').map(({ value }) => value)).toEqual(['open_beta', 'was_open']);
    expect(suggestBetas(room(), '5', 'secret')).toEqual([]);
  });
});

it.each<[Partial<FlagDocument>, GuildEntry | undefined, string]>([
  [{ beta: 'open' }, undefined, 'open'],
  [{ beta: 'approval' }, undefined, 'asks'],
  [{ beta: 'closed' }, undefined, 'closed'],
  [{ beta: 'open' }, { joined: stamp }, 'joined'],
  [{ beta: 'approval' }, { joined: stamp }, 'waiting'],
  [{ beta: 'approval' }, { joined: stamp, answer: { is: 'approved', ...stamp } }, 'joined'],
  [{ beta: 'approval' }, { joined: stamp, answer: { is: 'declined', ...stamp } }, 'declined'],
  [{ beta: 'open' }, { joined: stamp, keepOff: stamp }, 'kept off'],
])('standing: %o with %o is %s', (flag, entry, standing) => {
  expect(betaStanding(flagDocument(flag), entry)).toBe(standing);
});

describe('what managers read', () => {
  it('/beta list offers to join what can be joined', () => {
    const card = betaListCard(room(), '5', 0);
    expect(card.buttons?.map(({ label }) => label)).toEqual(['Join open_beta']);
    expect(read(card)).toContain('Your guild keeps it off');
    expect(read(betaListCard(room([], {}, []), '5', 0))).toContain('no beta to join');
  });

  it('/beta status shows requests with their answers and reasons, inert, and where the news goes', () => {
    const shown = read(betaStatusCard(room(), '5'));
    expect(shown).toContain('The team declined');
    expect(shown).toContain('not \\\\*yet\\\\*');
    expect(shown).toContain('<#123456789012345678>');
    expect(shown).not.toContain('open_beta');
  });

  it('of a beta that the team killed it says so, and not only that it is off', () => {
    const killed = flagDocument({ key: 'hurt', beta: 'open', killed: { ...stamp, reason: 'bad' } });
    const card = JSON.stringify(betaListCard(room([], {}, [killed]), '1', 0));
    expect(card).toContain('The team turned it off everywhere for now.');
    expect(card).not.toContain('It is off here now.');
  });

  it('asking a second time is told apart from asking', () => {
    const waiting = room([], { asks_beta: { joined: stamp } });
    expect(joinedCard(waiting, 'asks_beta', '1').title).toBe('Asked to join the beta of asks_beta');
    expect(joinedCard(waiting, 'asks_beta', '1', true).title).toContain('already');
  });

  it('after joining reads whether it is on, or that the team decides', () => {
    const joined = { open_beta: { joined: stamp } };
    expect(read(joinedCard(room(['open_beta'], joined), 'open_beta', '5'))).toContain('on here now');
    expect(read(joinedCard(room([], joined), 'open_beta', '5'))).toContain('not on here yet');
    expect(read(joinedCard(room([], { asks_beta: { joined: stamp } }), 'asks_beta', '5'))).toContain(
      'The team decides',
    );
  });

  it('after leaving reads whether it is still on, and after keeping off how long that holds', () => {
    expect(read(leftCard(room(['open_beta']), 'open_beta', '5'))).toContain('still on here');
    expect(read(leftCard(room(), 'open_beta', '5'))).toContain('off here now');
    expect(read(keptOffCard(room(), 'open_beta'))).toContain('until it is released');
  });
});
