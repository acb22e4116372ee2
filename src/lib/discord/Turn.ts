/** One interaction being answered: who asks, what they may, and the one answer they see. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionUpdateOptions,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Card } from '../alerts/Card.js';
import type { Actor } from '../flags/changes.js';
import { asAnswer, type ComponentsMessage } from './ComponentsMessage.js';
import type { House } from './House.js';
import { withOverrides } from './overrides.js';
import { actorOf, personOf } from './person.js';
import { renderCard } from './renderCard.js';
import { Forbidden, may, type Need, type Person } from './rights.js';
import { withStaleness } from './staleness.js';

export type Answerable = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/** How long a person may look at nothing, ms of real time; well below Discord's 3 s. */
const patienceMs = 2_200;

export class Turn<I extends Answerable = Answerable> {
  public readonly actor: Actor;
  public readonly person: Person;
  /** Where the first card goes: a message of its own, or in place of the card whose button was pressed. */
  private readonly place: 'new' | 'same';
  private waiting: Promise<void> | undefined;

  public constructor(
    public readonly house: House,
    public readonly interaction: I,
    options: { readonly place?: 'new' | 'same' } = {},
  ) {
    this.actor = actorOf(interaction);
    this.person = personOf(interaction);
    this.place = options.place ?? 'new';
  }

  public may(need: Need): boolean {
    return may(this.person, need, this.house.config.staff);
  }

  /** Throws {@link Forbidden}. */
  public require(need: Need): void {
    if (!this.may(need)) throw new Forbidden(need);
  }

  /**
   * Runs what will answer. Discord gives up on an interaction after 3 s: where the answer is not there in time, the person is
   * told to wait, and sees it as soon as it is.
   */
  public async inTime(act: () => Promise<void>): Promise<void> {
    const timer = setTimeout(() => {
      this.waiting ??= this.askToWait();
    }, patienceMs);
    try {
      await act();
    } finally {
      clearTimeout(timer);
      await this.waiting;
    }
  }

  /** For what surely takes longer: the person is told at once, without any {@link inTime}. */
  public async wait(): Promise<void> {
    this.waiting ??= this.askToWait();
    await this.waiting;
  }

  /**
   * Shows a card to the person who asked, and to nobody else; a second card takes the place of the first. The public record
   * of a change is its notice, not the answer.
   */
  public async show(card: Card): Promise<void> {
    const message = draw(card, this.house);
    const { interaction } = this;
    await this.waiting;
    if (interaction.replied || interaction.deferred) await interaction.editReply(message);
    else if (this.place === 'same' && interaction.isMessageComponent()) await interaction.update(message);
    else await interaction.reply({ ...message, flags: MessageFlags.Ephemeral });
  }

  /** The same for a message made of components. Discord lets no message change between the two forms. */
  public async showComponents(message: ComponentsMessage, place = this.place): Promise<void> {
    const { interaction } = this;
    const answer = { ...asAnswer(message), flags: MessageFlags.IsComponentsV2 } as const;
    await this.waiting;
    if (interaction.replied || interaction.deferred) await interaction.editReply(answer);
    else if (place === 'same' && interaction.isMessageComponent()) await interaction.update(answer);
    else
      await interaction.reply({
        ...answer,
        flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      });
  }

  private async askToWait(): Promise<void> {
    const { interaction } = this;
    if (interaction.replied || interaction.deferred) return;
    try {
      if (this.place === 'same' && interaction.isMessageComponent()) await interaction.deferUpdate();
      else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    } catch (error) {
      // The answer was on its way at the same moment, or Discord is gone; the answer itself will tell.
      this.house.logger.debug('An interaction could not be asked to wait.', error);
    }
  }
}

/** A card as discord.js takes it, with mentions closed. */
export function draw(
  card: Card,
  house: House,
): Pick<InteractionUpdateOptions, 'embeds' | 'components' | 'allowedMentions'> {
  const shown = withOverrides(withStaleness(card, house.flags.stale), house.overrides);
  return { ...renderCard(shown), allowedMentions: { parse: [] } };
}
