/**
 * What the page and the sandbox say to each other: JSON messages over one WebSocket at `/page`.
 *
 * The page opens the socket, sends `view` once (and again to look through another person's eyes), draws the snapshot of the
 * reply and keeps it fresh with the events that follow. Every request carries an `id` of the page's choice; its reply carries the same one.
 * Everything is filtered on the server: a page only ever gets what the viewed person may see.
 */
import type {
  APIApplicationCommand,
  APIAttachment,
  APIEmbed,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { KnobChange } from './simulation/knobChange.js';
import type { SimulationView } from './simulation/Knobs.js';

export interface PageUser {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface PageRole {
  readonly id: string;
  readonly name: string;
  /** 24-bit RGB; 0 = none. */
  readonly color: number;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  /** Discord's channel type: 0 text · 1 direct message · 11 public thread · 12 private thread. */
  readonly type: number;
  /** A thread's channel; null for others. */
  readonly parentId: string | null;
  readonly canSend: boolean;
  /** New messages here are not marked as new. */
  readonly isMuted: boolean;
}

export interface PageGuild {
  readonly id: string;
  readonly name: string;
  readonly memberCount: number;
  readonly channels: readonly PageChannel[];
  readonly roles: readonly PageRole[];
}

/** A message as this person sees it. Mentions, timestamps and markdown are still in Discord's notation. */
export interface PageMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: PageUser;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  /** `url` is on this server. */
  readonly attachments: readonly APIAttachment[];
  /** Discord's message flags, e.g. 64 ephemeral, 128 the bot is thinking, 32768 components V2. */
  readonly flags: number;
  readonly ephemeral: boolean;
  /** True between a deferred answer and its edit. */
  readonly thinking: boolean;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly editedTimestamp: string | null;
  /** Who caused this answer, and with which command (`feature enable`; absent for buttons). */
  readonly answers?: { readonly user: PageUser; readonly command?: string };
  /** The thread that hangs on this message. */
  readonly threadId?: string;
  /** True where this person was notified by this message. */
  readonly pinged: boolean;
}

export interface PageSnapshot {
  readonly me: PageUser;
  readonly bot: PageUser;
  /** Everybody to offer in "view as": the seeded people first. */
  readonly people: readonly PageUser[];
  /** The guilds that `me` is in, staff guild first. */
  readonly guilds: readonly PageGuild[];
  /** Direct messages between `me` and the bot; null until the first message. */
  readonly directMessages: PageChannel | null;
  readonly botState: BotState;
  /** The knobs; null where no bot follows them. */
  readonly simulation: SimulationView | null;
}

/** Whether the bot runs; `detail` is one line for people. */
export interface BotState {
  readonly state: 'starting' | 'ready' | 'restarting' | 'unknown';
  readonly detail: string;
}

/** A modal that the bot opened as its answer to a command or a button. */
export interface PageModal {
  readonly interactionId: string;
  readonly modal: APIModalInteractionResponseCallbackData;
}

/** What came of a command, a button, a select or a modal. Messages come as events, too. */
export type PageOutcome =
  | { readonly kind: 'message'; readonly message: PageMessage }
  | { readonly kind: 'modal'; readonly modal: PageModal };

/** Option values by name. Users, roles, channels as ids; booleans and numbers as such. */
export type PageOptions = Readonly<Record<string, string | number | boolean>>;

export interface PageRequests {
  /** `user`: an id or a name. */
  view: { ask: { user: string }; reply: PageSnapshot };
  /** The newest 50 messages (before `before`), oldest first. */
  messages: { ask: { channelId: string; before?: string }; reply: readonly PageMessage[] };
  /** The commands that Discord would offer here, with all their options. */
  commands: { ask: { channelId: string }; reply: readonly APIApplicationCommand[] };
  /** `command`: the full path, `feature enable`, without the slash. */
  slash: { ask: { channelId: string; command: string; options: PageOptions }; reply: PageOutcome };
  /** Asks the bot to complete `focused`; `options` holds what has been typed, including the focused one. */
  autocomplete: {
    ask: { channelId: string; command: string; options: PageOptions; focused: string };
    reply: readonly { readonly name: string; readonly value: string | number }[];
  };
  click: { ask: { messageId: string; customId: string }; reply: PageOutcome };
  /** `values`: the chosen options' values, or ids of users, roles, channels. */
  select: { ask: { messageId: string; customId: string; values: readonly string[] }; reply: PageOutcome };
  /** `fields`: what was typed, by the field's custom id. */
  submit: { ask: { interactionId: string; fields: Readonly<Record<string, string>> }; reply: PageOutcome };
  /** An ordinary message by this person. */
  say: { ask: { channelId: string; content: string }; reply: PageMessage };
  /** Removes an ephemeral message from this person's view. */
  dismiss: { ask: { messageId: string }; reply: null };
  /** Turns knobs. The page learns what they are now by an event. */
  turn: { ask: { change: KnobChange }; reply: null };
}

export type PageRequestType = keyof PageRequests;

export type PageRequest = {
  [Type in PageRequestType]: { readonly id: number; readonly type: Type } & Readonly<
    PageRequests[Type]['ask']
  >;
}[PageRequestType];

export type PageReply =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly result: unknown }
  /** `error`: what Discord's client would show, one or two sentences. */
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: string };

export type PageEvent =
  /** A new message or an edited one: replace by id. */
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'messageDeleted'; readonly channelId: string; readonly messageId: string }
  /** Guilds, channels, threads or rights changed: draw this snapshot instead of the last. */
  | { readonly type: 'snapshot'; readonly snapshot: PageSnapshot }
  /** The set of commands changed: ask for `commands` again. */
  | { readonly type: 'commandsChanged' }
  /** Somebody turned a knob, or simulated members did something. */
  | { readonly type: 'simulation'; readonly simulation: SimulationView }
  | { readonly type: 'botState'; readonly botState: BotState };

export type PageServerMessage = PageReply | PageEvent;
