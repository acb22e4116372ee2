/** Everything that the page draws from, in one immutable value. */
import type { PageChannel, PageGuild, PageMessage, PageModal, PageSnapshot } from '../../pageApi.js';
import type { TypedCommand } from '../slash/commands.js';

/** What only this browser knows: a refusal that Discord's client would show under the message list. */
export interface Note {
  readonly channelId: string | undefined;
  readonly text: string;
}

export interface PageState {
  readonly connected: boolean;
  readonly snapshot: PageSnapshot | undefined;
  /** The open channel's id. */
  readonly channelId: string | undefined;
  /** Oldest first; only of channels that were opened. */
  readonly messages: ReadonlyMap<string, readonly PageMessage[]>;
  /** Channels whose beginning is reached: nothing older to ask for. */
  readonly complete: ReadonlySet<string>;
  readonly commands: readonly TypedCommand[];
  /** New messages since the channel was last open: how many of them notified this person. */
  readonly unread: ReadonlyMap<string, number>;
  readonly modal: PageModal | undefined;
  /** Buttons and selects that wait for the bot, as `messageId customId`. */
  readonly pressed: ReadonlySet<string>;
  readonly note: Note | undefined;
  /** Whether the knobs are shown. */
  readonly isSimulationOpen: boolean;
}

export const emptyState: PageState = {
  connected: false,
  snapshot: undefined,
  channelId: undefined,
  messages: new Map(),
  complete: new Set(),
  commands: [],
  unread: new Map(),
  modal: undefined,
  pressed: new Set(),
  note: undefined,
  isSimulationOpen: false,
};

/** Discord's numbers for kinds of channels. */
const direct = 1;
const threads: readonly number[] = [11, 12];

export function isDirect({ type }: PageChannel): boolean {
  return type === direct;
}

export function isThread({ type }: PageChannel): boolean {
  return threads.includes(type);
}

export function channelsOf(snapshot: PageSnapshot): PageChannel[] {
  const direct = snapshot.directMessages === null ? [] : [snapshot.directMessages];
  return [...snapshot.guilds.flatMap(({ channels }) => channels), ...direct];
}

export function guildOf(snapshot: PageSnapshot, channelId: string | undefined): PageGuild | undefined {
  return snapshot.guilds.find(({ channels }) => channels.some(({ id }) => id === channelId));
}

export function openChannel({ snapshot, channelId }: PageState): PageChannel | undefined {
  return snapshot && channelsOf(snapshot).find(({ id }) => id === channelId);
}

/** Where a person lands: the wanted channel if they see it, else the first one there is. */
export function landing(snapshot: PageSnapshot, wanted: string | undefined): string | undefined {
  const channels = channelsOf(snapshot);
  return (channels.find(({ id }) => id === wanted) ?? channels[0])?.id;
}
