/** Takes what a synthetic interaction answers, in place of Discord: nothing of it is ever sent. */
import { InteractionResponseType, MessageFlags, type APIMessage, type APIUser } from 'discord.js';
import { type Json, plain } from '../../core/Json.js';
import { RolloutError } from '../../core/RolloutError.js';

/** A probe asked Discord for something that is no answer to it. */
export class ProbeChangesNothing extends RolloutError {
  public readonly code = 'PROBE_CHANGES_NOTHING';
}

/** One thing that was shown; an edit takes the place of what it edits. */
export interface Shown {
  readonly id: string;
  readonly content: string;
  readonly embeds: number;
  readonly components: number;
  /** It opened a form instead of a message. */
  readonly isForm: boolean;
  /** As it would have gone to Discord. */
  readonly body: Json;
}

interface Request {
  readonly body?: unknown;
}

interface Body {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[];
  readonly components?: readonly unknown[];
}

const callback = /^\/interactions\/\d+\/[^/]+\/callback$/;
const webhook = /^\/webhooks\/\d+\/[^/]+$/;
const webhookMessage = /^\/webhooks\/\d+\/[^/]+\/messages\/([^/]+)$/;
const original = '@original';

/** Has the methods of discord.js' REST that an interaction uses. */
export class ReplySink {
  private readonly messages = new Map<string, Shown>();
  private nth = 0;

  public constructor(
    private readonly interactionId: string,
    private readonly bot: APIUser,
  ) {}

  /** Oldest first; "the bot is thinking" is nothing that was shown. */
  public get shown(): readonly Shown[] {
    return [...this.messages.values()];
  }

  public async post(route: string, { body }: Request = {}): Promise<unknown> {
    if (callback.test(route)) return this.answered(body as { type: InteractionResponseType; data?: Body });
    if (webhook.test(route)) return this.show(`${++this.nth}`, body as Body);
    return this.refuse('POST', route);
  }

  public async patch(route: string, { body }: Request = {}): Promise<unknown> {
    const id = webhookMessage.exec(route)?.[1];
    return id === undefined ? this.refuse('PATCH', route) : this.show(decodeURIComponent(id), body as Body);
  }

  public async get(route: string): Promise<unknown> {
    const id = webhookMessage.exec(route)?.[1];
    return id === undefined ? this.refuse('GET', route) : this.message(decodeURIComponent(id), {});
  }

  public async delete(route: string): Promise<unknown> {
    const id = webhookMessage.exec(route)?.[1];
    if (id === undefined) return this.refuse('DELETE', route);
    this.messages.delete(decodeURIComponent(id));
    return undefined;
  }

  public async put(route: string): Promise<unknown> {
    return this.refuse('PUT', route);
  }

  private answered({ type, data = {} }: { type: InteractionResponseType; data?: Body }): unknown {
    const interaction = { id: this.interactionId, type: 2 };
    if (type === InteractionResponseType.Modal) {
      const isForm = { id: original, content: '', embeds: 0, components: data.components?.length ?? 0 };
      this.messages.set(original, { ...isForm, isForm: true, body: asJson(data) });
    }
    if (type !== InteractionResponseType.ChannelMessageWithSource) return { interaction };
    return { interaction, resource: { type, message: this.show(original, data) } };
  }

  private show(id: string, body: Body): APIMessage {
    const { content, embeds = [], components = [] } = body;
    const counts = { embeds: embeds.length, components: components.length };
    this.messages.set(id, { id, content: content ?? '', ...counts, isForm: false, body: asJson(body) });
    return this.message(id, body);
  }

  /** In a channel of its own, which is in no cache, so that nobody remembers it. */
  private message(id: string, { content, embeds = [], components = [] }: Body): APIMessage {
    const made = {
      id: id === original ? this.interactionId : id,
      channel_id: this.interactionId,
      author: this.bot,
      content: content ?? '',
      timestamp: new Date(0).toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds,
      components,
      pinned: false,
      type: 20,
      flags: MessageFlags.Ephemeral,
    };
    return made as unknown as APIMessage;
  }

  private refuse(method: string, route: string): never {
    throw new ProbeChangesNothing(
      `A probe may only answer itself, and this is no answer: ${method} ${route}.`,
      {
        next: 'Probe a command that only reads.',
        context: { method, route },
      },
    );
  }
}

/** A copy, as the wire would carry it. */
function asJson(body: Body): Json {
  return plain(body);
}
