/** A message or a modal as a person sees it; what a test looks at. */
import {
  ComponentType,
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { walk, type ComponentNode } from '../rules/componentTree.js';
import type { Message } from '../world/model.js';
import type { World } from '../world/World.js';
import { asRead } from './reading.js';

export interface SeenModal {
  /** What {@link Person.submit} answers to. */
  readonly interactionId: string;
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly {
    readonly label: string;
    readonly customId: string;
    /** What stands there before anything is typed. */
    readonly value: string;
    readonly required: boolean;
  }[];
}

export interface Seen {
  /** The message's id; the interaction's where a modal was opened. */
  readonly id: string;
  readonly channelId: string;
  /** The author's name. */
  readonly author: string;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly attachments: readonly APIAttachment[];
  readonly ephemeral: boolean;
  /** True while the bot has only said that it is thinking. */
  readonly thinking: boolean;
  /** Labels of the buttons that can be pressed. */
  readonly buttons: readonly string[];
  /** Everything a person reads, line by line: mentions by name, marks and escapes gone, buttons as `[Label]`. */
  readonly text: string;
  /** Who was notified: `@admin`, `@On-call`, `@everyone`. */
  readonly pinged: readonly string[];
  readonly edited: boolean;
  readonly deleted: boolean;
  /** The id of the thread on this message. */
  readonly threadId: string | null;
  readonly modal?: SeenModal;
}

interface ShownNode extends ComponentNode {
  readonly component?: ShownNode;
  readonly components?: readonly ShownNode[];
  readonly label?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly value?: string;
  readonly required?: boolean;
  readonly description?: string | null;
}

export function seeMessage(world: World, message: Message): Seen {
  const shown = [...walk(message.components)].map(({ node }) => node as ShownNode);
  const buttons = shown.filter(({ type }) => type === (ComponentType.Button as number));
  const lines = [
    message.content,
    ...message.embeds.flatMap(embedLines),
    ...shown.flatMap(({ content, items }) => [content, ...(items ?? []).map((item) => item.description)]),
  ];
  const controls = shown.map(({ type, label, placeholder }) =>
    type === (ComponentType.Button as number) ? `[${label ?? ''}]` : placeholder && `[${placeholder}]`,
  );
  return {
    id: message.id,
    channelId: message.channelId,
    author: world.user(message.authorId).name,
    content: message.content,
    embeds: structuredClone(message.embeds),
    components: structuredClone(message.components),
    attachments: structuredClone(message.attachments),
    ephemeral: message.onlyFor !== null,
    thinking: (message.flags & 128) !== 0,
    buttons: buttons.filter(({ disabled }) => !disabled).map(({ label }) => label ?? ''),
    text: [
      ...lines.map((line) => line && asRead(world, line)),
      ...message.attachments.map(({ filename }) => filename),
      ...controls,
    ]
      .filter(Boolean)
      .join('\n'),
    pinged: [
      ...message.pinged.users.map((id) => `@${world.user(id).name}`),
      ...message.pinged.roles.map((id) => asRead(world, `<@&${id}>`)),
      ...(message.pinged.everyone ? ['@everyone'] : []),
    ],
    edited: message.editedAt !== null,
    deleted: !world.channels.get(message.channelId)?.messages.has(message.id),
    threadId: message.threadId,
  };
}

function embedLines({ author, title, description, fields, footer }: APIEmbed): (string | undefined)[] {
  return [
    author?.name,
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ];
}

/** A modal in the shape of a message, so that every answer to a person is one thing. */
export function seeModal(
  world: World,
  interactionId: string,
  channelId: string,
  modal: APIModalInteractionResponseCallbackData,
): Seen {
  const nodes = modal.components as unknown as readonly ShownNode[];
  const fields = nodes.flatMap((node) => {
    const input = node.component ?? node.components?.[0];
    if (!input) return [];
    const { custom_id: customId, value = '', required = true } = input;
    return [{ label: node.label ?? input.label ?? '', customId: customId ?? '', value, required }];
  });
  const texts = nodes.flatMap(({ content, description }) => [content, description]);
  return {
    ...{
      id: interactionId,
      channelId,
      author: world.bot.name,
      content: '',
      embeds: [],
      components: [],
      attachments: [],
    },
    ...{
      ephemeral: true,
      thinking: false,
      buttons: [],
      pinged: [],
      edited: false,
      deleted: false,
      threadId: null,
    },
    text: [modal.title, ...fields.map(({ label }) => label), ...texts].filter(Boolean).join('\n'),
    modal: { interactionId, customId: modal.custom_id, title: modal.title, fields },
  };
}
