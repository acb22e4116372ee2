/** What Discord's client does for one person in one channel: commands, completion, buttons, selects, modals, messages. */
import {
  ComponentType,
  InteractionType,
  MessageFlags,
  type APIApplicationCommand,
} from 'discord-api-types/v10';
import type { CommandBook } from '../commands/CommandBook.js';
import { ClientError, type Interaction } from '../interactions/Interaction.js';
import type { InteractionDesk } from '../interactions/InteractionDesk.js';
import type { MessageDesk } from '../messages/MessageDesk.js';
import { walk, type ComponentNode } from '../rules/componentTree.js';
import type { Wire } from '../wire/Wire.js';
import type { Channel, Message, MessageOrigin, User } from '../world/model.js';
import { may } from '../world/permissions.js';
import type { World } from '../world/World.js';
import { Resolved, typeCommand, type OptionValues } from './commandInput.js';
import { fillModal } from './modalInput.js';

/** The parts of the sandbox that a client talks to. */
export interface ClientPorts {
  readonly world: World;
  readonly messages: MessageDesk;
  readonly interactions: InteractionDesk;
  readonly commands: CommandBook;
}

interface ControlNode extends ComponentNode {
  readonly label?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly channel_types?: readonly number[];
}

export class ClientActions {
  public constructor(
    private readonly ports: ClientPorts,
    public readonly user: User,
    public readonly channel: Channel,
  ) {}

  /** The commands that Discord offers this person here. */
  public commands(): APIApplicationCommand[] {
    this.checkAccess();
    return this.ports.commands.visible(this.channel, this.user.id);
  }

  public slash(path: string, values: OptionValues): Interaction {
    const typed = typeCommand(this.commands(), path, values, { world: this.ports.world, guild: this.guild });
    return this.open(InteractionType.ApplicationCommand, typed.data, null, typed.path);
  }

  /** Asks the bot to complete `focused`; its text so far is in `values`, empty where it is not. */
  public autocomplete(path: string, values: OptionValues, focused: string): Interaction {
    const typing = { world: this.ports.world, guild: this.guild, focused };
    const typed = typeCommand(this.commands(), path, { [focused]: '', ...values }, typing);
    return this.open(InteractionType.ApplicationCommandAutocomplete, typed.data, null, typed.path);
  }

  /** Presses a button, named by its label or custom id. */
  public click(messageId: string, labelOrId: string): Interaction {
    const message = this.message(messageId);
    const buttons = this.controls(message).filter(({ type }) => type === (ComponentType.Button as number));
    const button = buttons.find(({ custom_id, label }) => custom_id === labelOrId || label === labelOrId);
    if (!button) {
      const labels = buttons.map(({ label }) => label).join(', ') || 'none';
      throw new ClientError(`There is no button "${labelOrId}" on this message. Buttons: ${labels}.`);
    }
    if (button.disabled) throw new ClientError(`The button "${labelOrId}" is greyed out.`);
    if (typeof button.custom_id !== 'string') throw new ClientError(`The button "${labelOrId}" is a link.`);
    const data = { component_type: ComponentType.Button, custom_id: button.custom_id, id: button.id };
    return this.open(InteractionType.MessageComponent, data, message);
  }

  /** Chooses in a select, named by its placeholder or custom id. `values`: options' values or labels; names or ids of people, roles, channels. */
  public choose(messageId: string, placeholderOrId: string, values: readonly string[]): Interaction {
    const message = this.message(messageId);
    const select = this.controls(message).find(
      ({ custom_id, placeholder, type }) =>
        type !== (ComponentType.Button as number) &&
        (custom_id === placeholderOrId || placeholder === placeholderOrId),
    );
    if (!select) throw new ClientError(`There is no select "${placeholderOrId}" on this message.`);
    if (select.disabled) throw new ClientError(`The select "${placeholderOrId}" is greyed out.`);
    const { min_values: min = 1, max_values: max = 1 } = select;
    if (values.length < min || values.length > max) throw new ClientError(`Choose ${min} to ${max}.`);
    const resolved = new Resolved({ world: this.ports.world, guild: this.guild });
    const chosen = values.map((value) => this.chosen(select, value, resolved));
    const facts = { component_type: select.type, custom_id: select.custom_id, id: select.id, values: chosen };
    return this.open(InteractionType.MessageComponent, { ...facts, ...resolved.wire() }, message);
  }

  /** Sends a modal; `values` by the fields' labels or custom ids, the others keep what stood there. */
  public submit(interactionId: string, values: Readonly<Record<string, string>>): Interaction {
    const opener = this.ports.interactions.find(interactionId);
    if (!opener?.modal || opener.facts.user.id !== this.user.id) throw new ClientError('This modal is gone.');
    const data = fillModal(opener.modal, values);
    return this.open(InteractionType.ModalSubmit, data, opener.facts.source, null, opener.origin);
  }

  /** An ordinary message. */
  public say(content: string): Message {
    this.checkAccess();
    const right = this.channel.thread ? 'SendMessagesInThreads' : 'SendMessages';
    const rights = this.ports.world.permissions(this.channel, this.user.id);
    if (!may(rights, right))
      throw new ClientError('You do not have permission to send messages in this channel.');
    return this.ports.messages.send({ channel: this.channel, authorId: this.user.id, body: { content } });
  }

  /** The messages that this person sees, oldest first. */
  public messages(): Message[] {
    this.checkAccess();
    return [...this.channel.messages.values()].filter(
      ({ onlyFor }) => onlyFor === null || onlyFor === this.user.id,
    );
  }

  /** Removes an ephemeral message from this person's screen. */
  public dismiss(messageId: string): void {
    const message = this.message(messageId);
    if (message.onlyFor !== this.user.id)
      throw new ClientError('Only messages that you alone see can be dismissed.');
    this.ports.messages.remove(message);
  }

  private get guild() {
    return this.ports.world.guildOf(this.channel);
  }

  private open(
    type: InteractionType,
    data: Wire,
    source: Message | null,
    command: string | null = null,
    openedBy?: MessageOrigin,
  ): Interaction {
    const { user, channel, guild } = this;
    return this.ports.interactions.open({
      ...{ type, data, user, channel, guild, source, command },
      ...(openedBy !== undefined && { openedBy }),
    });
  }

  private checkAccess(): void {
    const { channels } = this.ports.world;
    if (channels.get(this.channel.id) !== this.channel)
      throw new ClientError(`#${this.channel.name} is gone.`);
    if (this.ports.world.canSee(this.channel, this.user.id)) return;
    throw new ClientError(`${this.user.name} does not see #${this.channel.name}.`);
  }

  private message(id: string): Message {
    this.checkAccess();
    const message = this.channel.messages.get(id);
    if (!message || (message.onlyFor !== null && message.onlyFor !== this.user.id)) {
      throw new ClientError(`${this.user.name} sees no message ${id} in #${this.channel.name}.`);
    }
    if (message.flags & MessageFlags.Loading) throw new ClientError('The bot is still thinking.');
    return message;
  }

  private controls(message: Message): ControlNode[] {
    return [...walk(message.components)]
      .map(({ node }) => node as ControlNode)
      .filter(
        ({ type, custom_id: id }) => type === (ComponentType.Button as number) || typeof id === 'string',
      );
  }

  private chosen(select: ControlNode, value: string, resolved: Resolved): string {
    switch (select.type as ComponentType) {
      case ComponentType.StringSelect: {
        const option = select.options?.find((one) => one.value === value || one.label === value);
        if (!option) throw new ClientError(`The select has no option "${value}".`);
        return option.value;
      }
      case ComponentType.RoleSelect:
        return resolved.role(value);
      case ComponentType.ChannelSelect:
        return resolved.channel(value, select.channel_types);
      default:
        return resolved.user(value);
    }
  }
}
