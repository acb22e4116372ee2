/** What an event of the sandbox changes on the page. Pure. */
import type { PageEvent, PageMessage } from '../../pageApi.js';
import { channelsOf, landing, type PageState } from './PageState.js';

/** Snowflakes of one length order like text; a longer one is later. */
function isEarlier(a: PageMessage, b: PageMessage): boolean {
  return a.id.length === b.id.length ? a.id < b.id : a.id.length < b.id.length;
}

/** Adds messages, replaces known ones by id; the result is oldest first. */
export function mergeMessages(known: readonly PageMessage[], fresh: readonly PageMessage[]): PageMessage[] {
  const byId = new Map([...known, ...fresh].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => (a.id === b.id ? 0 : isEarlier(a, b) ? -1 : 1));
}

function isMuted({ snapshot }: PageState, channelId: string): boolean {
  return (
    snapshot !== undefined && channelsOf(snapshot).some(({ id, isMuted }) => id === channelId && isMuted)
  );
}

function withMessage(state: PageState, message: PageMessage): PageState {
  const known = state.messages.get(message.channelId);
  const isNew = !known?.some(({ id }) => id === message.id) && message.editedTimestamp === null;
  const isElsewhere = message.channelId !== state.channelId && message.author.id !== state.snapshot?.me.id;
  const unread = new Map(state.unread);
  if (isNew && isElsewhere && !isMuted(state, message.channelId)) {
    unread.set(message.channelId, (unread.get(message.channelId) ?? 0) + (message.pinged ? 1 : 0));
  }
  if (!known) return { ...state, unread };
  return {
    ...state,
    unread,
    messages: new Map(state.messages).set(message.channelId, mergeMessages(known, [message])),
  };
}

function withoutMessage(state: PageState, channelId: string, messageId: string): PageState {
  const known = state.messages.get(channelId) ?? [];
  const messages = new Map(state.messages).set(
    channelId,
    known.filter(({ id }) => id !== messageId),
  );
  return { ...state, messages };
}

export function receive(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'message':
      return withMessage(state, event.message);
    case 'messageDeleted':
      return state.messages.has(event.channelId)
        ? withoutMessage(state, event.channelId, event.messageId)
        : state;
    case 'snapshot':
      return { ...state, snapshot: event.snapshot, channelId: landing(event.snapshot, state.channelId) };
    case 'botState':
      return state.snapshot ? { ...state, snapshot: { ...state.snapshot, botState: event.botState } } : state;
    case 'simulation':
      return state.snapshot
        ? { ...state, snapshot: { ...state.snapshot, simulation: event.simulation } }
        : state;
    case 'commandsChanged':
      return state;
  }
}
