import { describe, expect, it } from 'vitest';
import type { PageMessage, PageSnapshot } from '../../../../src/sandbox/pageApi.js';
import { emptyState, landing, type PageState } from '../../../../src/sandbox/page/session/PageState.js';
import { hashOf, placeOf } from '../../../../src/sandbox/page/session/place.js';
import { mergeMessages, receive } from '../../../../src/sandbox/page/session/receive.js';
import { restingKnobs } from '../../../../src/sandbox/simulation/Knobs.js';

const me = { id: '1', name: 'admin', bot: false };
const bot = { id: '2', name: 'Rollouts', bot: true };
const channel = (id: string) => ({
  id,
  name: `c${id}`,
  type: 0,
  parentId: null,
  canSend: true,
  isMuted: false,
});

const snapshot: PageSnapshot = {
  me,
  bot,
  people: [me],
  guilds: [{ id: '9', name: 'HQ', memberCount: 1, roles: [], channels: [channel('10'), channel('11')] }],
  directMessages: { ...channel('12'), type: 1 },
  botState: { state: 'starting', detail: '' },
  simulation: null,
};

function message(id: string, change: Partial<PageMessage> = {}): PageMessage {
  return {
    id,
    channelId: '10',
    author: bot,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    ephemeral: false,
    thinking: false,
    timestamp: '2026-01-01T00:00:00Z',
    editedTimestamp: null,
    pinged: false,
    ...change,
  };
}

const open: PageState = {
  ...emptyState,
  snapshot,
  channelId: '10',
  messages: new Map([['10', [message('5')]]]),
};
const ids = (state: PageState) => state.messages.get('10')?.map(({ id }) => id);

describe('events', () => {
  it('adds a new message, replaces an edited one, removes a deleted one', () => {
    const added = receive(open, { type: 'message', message: message('6', { content: 'old' }) });
    expect(ids(added)).toEqual(['5', '6']);
    const edited = receive(added, { type: 'message', message: message('6', { content: 'new' }) });
    expect(edited.messages.get('10')?.map(({ content }) => content)).toEqual(['', 'new']);
    const deleted = receive(edited, { type: 'messageDeleted', channelId: '10', messageId: '5' });
    expect(ids(deleted)).toEqual(['6']);
  });

  it('orders messages by age, also where ids have different lengths', () => {
    expect(mergeMessages([message('99'), message('100')], [message('7')]).map(({ id }) => id)).toEqual([
      '7',
      '99',
      '100',
    ]);
  });

  it('counts what notified this person in other channels, and only marks the rest', () => {
    const elsewhere = (id: string, change: Partial<PageMessage>) =>
      ({ type: 'message', message: message(id, { channelId: '11', ...change }) }) as const;
    const marked = receive(open, elsewhere('6', {}));
    expect(marked.unread.get('11')).toBe(0);
    expect(receive(marked, elsewhere('7', { pinged: true })).unread.get('11')).toBe(1);
  });

  it('marks neither the open channel, nor own messages, nor edits', () => {
    const quiet = [
      message('6'),
      message('7', { channelId: '11', author: me }),
      message('8', { channelId: '11', editedTimestamp: '2026-01-01T00:00:01Z' }),
    ];
    expect(quiet.map((one) => receive(open, { type: 'message', message: one }).unread.size)).toEqual([
      0, 0, 0,
    ]);
  });

  it('marks no channel in which nothing is ever news', () => {
    const muted = snapshot.guilds.map((guild) => ({
      ...guild,
      channels: guild.channels.map((one) => ({ ...one, isMuted: one.id === '11' })),
    }));
    const state = { ...open, snapshot: { ...snapshot, guilds: muted } };
    expect(receive(state, { type: 'message', message: message('6', { channelId: '11' }) }).unread.size).toBe(
      0,
    );
  });

  it('shows how the knobs stand, and ignores them before there is a snapshot', () => {
    const simulation = {
      knobs: restingKnobs,
      pace: { realAt: 0, domainAt: 0, speed: 60 },
      figures: { commands: 1, newGreetings: 0, failures: 0, unanswered: 0, reports: 0, ratings: 0 },
    };
    expect(receive(open, { type: 'simulation', simulation }).snapshot?.simulation).toEqual(simulation);
    expect(receive(emptyState, { type: 'simulation', simulation })).toBe(emptyState);
  });

  it('leaves a channel that is gone for the first one there is', () => {
    const without = {
      ...snapshot,
      guilds: snapshot.guilds.map((guild) => ({ ...guild, channels: [channel('11')] })),
    };
    expect(receive(open, { type: 'snapshot', snapshot: without }).channelId).toBe('11');
    expect(receive(open, { type: 'snapshot', snapshot }).channelId).toBe('10');
  });

  it('shows how the bot is', () => {
    const botState = { state: 'ready', detail: 'since now' } as const;
    expect(receive(open, { type: 'botState', botState }).snapshot?.botState).toEqual(botState);
  });
});

describe('the address', () => {
  it('says who looks and where', () => {
    expect(placeOf(hashOf('beta 1', '10'), 'admin')).toEqual({ user: 'beta 1', channelId: '10' });
    expect(placeOf(hashOf('guest', undefined), 'admin')).toEqual({ user: 'guest', channelId: undefined });
    expect(placeOf('', 'admin')).toEqual({ user: 'admin', channelId: undefined });
  });

  it('leads to a channel that this person sees', () => {
    expect([landing(snapshot, '12'), landing(snapshot, '404'), landing(snapshot, undefined)]).toEqual([
      '12',
      '10',
      '10',
    ]);
  });
});
