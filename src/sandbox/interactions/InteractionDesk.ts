/** Hands interactions to the bot, takes its answers, and holds Discord's deadlines: 3 s for the first, 15 min for the token. */
import { randomBytes } from 'node:crypto';
import { InteractionResponseType as Answer, MessageFlags } from 'discord-api-types/v10';
import type { MessageDesk } from '../messages/MessageDesk.js';
import type { ApiError } from '../rest/ApiError.js';
import { invalidForm, refusals } from '../rest/ApiError.js';
import type { UploadedFile } from '../rest/RestRequest.js';
import type { InteractionAnswer } from '../rules/interactionAnswer.js';
import type { MessageBody } from '../rules/message.js';
import type { Message } from '../world/model.js';
import type { World } from '../world/World.js';
import { fitting } from './fitting.js';
import { ClientError, Interaction, type InteractionFacts } from './Interaction.js';

const tokenLifeMs = 15 * 60_000;
const answerToCommand = 20;
const reply = 19;

export interface Patience {
  /** How long the bot has for its first answer, ms. Discord: 3,000. */
  readonly firstMs: number;
  /** How long a person of a test waits behind "thinking", ms of real time. */
  readonly thinkingMs: number;
}

export class InteractionDesk {
  private readonly byToken = new Map<string, Interaction>();
  /** Answered with "I will update the message", and not yet done. */
  private readonly updating = new Set<Interaction>();
  private readonly timers = new Set<NodeJS.Timeout>();

  public constructor(
    private readonly world: World,
    private readonly messages: MessageDesk,
    private readonly patience: Patience,
    private readonly deliver: (interaction: Interaction) => boolean,
  ) {
    world.listen((event) => {
      if (event.type === 'messageUpdate') this.sourceChanged(event.message);
    });
  }

  /** Starts an interaction and hands it to the bot. */
  public open(facts: Omit<InteractionFacts, 'id' | 'token' | 'startedAt'>): Interaction {
    const startedAt = this.world.clock.now();
    this.forgetExpired(startedAt);
    const token = randomBytes(48).toString('base64url');
    const interaction = new Interaction({ ...facts, id: this.world.ids.next(), token, startedAt });
    this.byToken.set(token, interaction);
    const isDelivered = this.deliver(interaction);
    this.after(this.patience.firstMs, () => {
      if (interaction.answeredWith !== null) return;
      interaction.isLost = true;
      interaction.fail(
        new ClientError(
          `The application did not respond${isDelivered ? '' : ' (no session of the bot is connected)'}`,
        ),
      );
    });
    return interaction;
  }

  /** An interaction by id: the page names the modal that it fills in this way. */
  public find(id: string): Interaction | undefined {
    return [...this.byToken.values()].find(({ facts }) => facts.id === id);
  }

  /** The interaction that may still get its first answer; throws 10062 or 40060. */
  public toAnswer(id: string, token: string): Interaction {
    const interaction = this.byToken.get(token);
    if (!interaction || interaction.facts.id !== id) throw refusals.unknownInteraction();
    if (interaction.answeredWith !== null) throw refusals.alreadyAnswered();
    const age = this.world.clock.now() - interaction.facts.startedAt;
    if (interaction.isLost || age > this.patience.firstMs) throw refusals.unknownInteraction();
    return interaction;
  }

  /** The answered interaction behind a webhook's token; throws 10015. */
  public answered(token: string): Interaction {
    const interaction = this.byToken.get(token);
    if (!interaction || interaction.answeredWith === null) throw refusals.unknownWebhook();
    if (this.world.clock.now() - interaction.facts.startedAt > tokenLifeMs) throw refusals.unknownWebhook();
    return interaction;
  }

  /** The first answer. */
  public answer(interaction: Interaction, answer: InteractionAnswer, files: readonly UploadedFile[]): void {
    const { source, type, channel, user } = interaction.facts;
    const needsSource = answer.type === Answer.DeferredMessageUpdate || answer.type === Answer.UpdateMessage;
    if (!fitting[type]?.includes(answer.type) || (needsSource && source === null)) throw wrongAnswer();
    switch (answer.type) {
      case Answer.ChannelMessageWithSource: {
        interaction.original = this.write(interaction, answer.data, files, isEphemeral(answer.data.flags));
        interaction.answeredWith = answer.type;
        return interaction.show({ kind: 'message', message: interaction.original });
      }
      case Answer.DeferredChannelMessageWithSource: {
        interaction.answeredWith = answer.type;
        const onlyFor = isEphemeral(answer.data?.flags) ? user.id : null;
        interaction.original = this.messages.sendThinking(channel, onlyFor, interaction.origin);
        interaction.showFirst({ kind: 'message', message: interaction.original });
        return this.expectEnd(interaction);
      }
      case Answer.DeferredMessageUpdate: {
        interaction.answeredWith = answer.type;
        interaction.original = source;
        this.updating.add(interaction);
        if (source) interaction.showFirst({ kind: 'message', message: source });
        return this.expectEnd(interaction);
      }
      case Answer.UpdateMessage: {
        if (source) this.messages.edit(source, answer.data ?? {}, files);
        interaction.answeredWith = answer.type;
        interaction.original = source;
        if (source) interaction.show({ kind: 'message', message: source });
        return;
      }
      case Answer.ApplicationCommandAutocompleteResult: {
        interaction.answeredWith = answer.type;
        const choices = answer.data.choices.map(({ name, value }) => ({ name, value }));
        return interaction.show({ kind: 'choices', choices });
      }
      case Answer.Modal: {
        interaction.answeredWith = answer.type;
        const modal = answer.data as unknown as NonNullable<Interaction['modal']>;
        interaction.modal = modal;
        return interaction.show({ kind: 'modal', modal, interaction });
      }
    }
  }

  /** A later message. The first one after "thinking" takes its place, as on Discord. */
  public followUp(
    interaction: Interaction,
    body: MessageBody,
    json: unknown,
    files: readonly UploadedFile[],
  ): Message {
    const original = interaction.original;
    if (original && (original.flags & MessageFlags.Loading) !== 0)
      return this.edit(interaction, original, json, files);
    const message = this.write(interaction, body, files, isEphemeral(body.flags), original?.id);
    if (interaction.isOpen) interaction.show({ kind: 'message', message });
    return message;
  }

  public edit(
    interaction: Interaction,
    message: Message,
    json: unknown,
    files: readonly UploadedFile[],
  ): Message {
    this.messages.edit(message, json, files);
    if (interaction.isOpen && message === interaction.original)
      interaction.show({ kind: 'message', message });
    return message;
  }

  /** Lets go of an interaction that nobody will come back to: its token is worth nothing from now on. */
  public forget(interaction: Interaction): void {
    this.byToken.delete(interaction.facts.token);
  }

  public close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const interaction of this.byToken.values()) {
      if (interaction.isOpen) interaction.fail(new ClientError('The sandbox was closed.'));
    }
  }

  private write(
    { facts: { channel, user }, origin }: Interaction,
    body: MessageBody,
    files: readonly UploadedFile[],
    ephemeral: boolean,
    replyTo: string | null = null,
  ): Message {
    const type = replyTo === null && origin.command !== null ? answerToCommand : replyTo === null ? 0 : reply;
    const onlyFor = ephemeral ? user.id : null;
    return this.messages.send({
      channel,
      authorId: this.world.bot.id,
      body,
      files,
      type,
      onlyFor,
      origin,
      replyTo,
    });
  }

  /** A button answered with "I will update" is finished when its message changes, whichever way. */
  private sourceChanged(message: Message): void {
    for (const interaction of this.updating) {
      if (interaction.facts.source !== message) continue;
      this.updating.delete(interaction);
      if (interaction.isOpen) interaction.show({ kind: 'message', message });
    }
  }

  private expectEnd(interaction: Interaction): void {
    this.after(this.patience.thinkingMs, () => {
      this.updating.delete(interaction);
      if (interaction.isOpen) interaction.fail(new ClientError('The application is still thinking.'));
    });
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, delayMs);
    timer.unref();
    this.timers.add(timer);
  }

  private forgetExpired(now: number): void {
    for (const [token, { facts }] of this.byToken) {
      if (now - facts.startedAt <= tokenLifeMs) return;
      this.byToken.delete(token);
    }
  }
}

const isEphemeral = (flags: number | null | undefined): boolean =>
  ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

const wrongAnswer = (): ApiError =>
  invalidForm([
    {
      path: ['type'],
      code: 'BASE_TYPE_CHOICES',
      message: 'This type of answer does not fit this interaction.',
    },
  ]);
