/** What people are told, in a form that knows no Discord. `lib/discord` draws it. */

/** `info` grey-blue · `good` green · `warn` amber · `bad` red. */
export type Tone = 'info' | 'good' | 'warn' | 'bad';

/**
 * Text for people. Plain strings are shown as they are, with everything inert (markdown, mentions, links, invisible
 * characters); the other parts are the only way to say something that Discord draws specially.
 */
export type Text = readonly (string | TextPart)[] | string;

export type TextPart =
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly user: string }
  | { readonly channel: string }
  | { readonly role: string }
  /** ms since epoch; `style` as Discord's: R relative, f date and time, D date. */
  | { readonly time: number; readonly style?: 'R' | 'f' | 'D' }
  /** A link to one of our own messages, drawn by Discord. */
  | { readonly message: { readonly guild: string; readonly channel: string; readonly id: string } }
  /** A line break. */
  | { readonly br: true };

export interface CardField {
  readonly name: string;
  readonly value: Text;
  readonly inline?: boolean;
}

/** A button under a card. `action` and `args` become the custom id `rollouts:<action>:<args…>`, together ≤ 100 characters.
 * The argument `{entry}` stands for the id of the first audit entry of the commit that sent the card (`<seq>-0`). */
export interface CardButton {
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'success' | 'danger';
  readonly action: string;
  readonly args: readonly string[];
}

export interface Card {
  readonly tone: Tone;
  readonly title: string;
  readonly body?: Text;
  /** What a person should do. It stands last in the body, and is never left out where the rest is too long. */
  readonly todo?: Text;
  readonly fields?: readonly CardField[];
  readonly buttons?: readonly CardButton[];
}

/** Where a notice goes: a staff channel by its role, any channel, a person's direct messages, or a webhook by its name. */
export type Destination =
  | 'operations'
  | 'dev-team'
  | 'management'
  | { readonly channel: string }
  | { readonly user: string }
  | { readonly webhook: string };

/** The body of an outbox entry. */
export interface Notice {
  readonly kind: string;
  readonly to: Destination;
  readonly card: Card;
  /** Pings the on-call role, once. */
  readonly pingOnCall?: boolean;
  /** What on-call is called for: the id of a rollback, a rollout or a deployment. @default all notices of the kind are one trouble */
  readonly trouble?: string;
  /** Troubles that this notice says are over: nobody is called for them again. */
  readonly over?: readonly string[];
  /** Attached to the message. It travels through the outbox with the notice: at most some 100 KB. */
  readonly file?: NoticeFile;
  /** Pings the roles whose members may approve, once. */
  readonly pingApprovers?: boolean;
  /** The rollout, rollback or deployment whose live card it links to, where that stands somewhere by then. */
  readonly about?: NoticeSubject;
  /** The entry that it was copied from: its reference and its buttons are that one's. */
  readonly origin?: { readonly id: string; readonly seq: number; readonly commitId: string };
}

export interface NoticeSubject {
  readonly id: string;
  /** The card is written in the same moment: the notice waits for it, some seconds at most. @default false */
  readonly waits?: boolean;
}

export interface NoticeFile {
  /** `receipt-7F3K.json` */
  readonly name: string;
  readonly text: string;
}
