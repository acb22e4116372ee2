/** Whom a text mentions, and whom of these the sender may notify. */
import { ComponentType } from 'discord-api-types/v10';
import { walk, type ComponentNode } from '../rules/componentTree.js';
import type { AllowedMentions } from '../rules/message.js';
import type { Channel, Pinged } from '../world/model.js';
import { may } from '../world/permissions.js';
import type { World } from '../world/World.js';

export const nobody: Pinged = { users: [], roles: [], everyone: false };

/** The texts of a message that can notify: its content and text displays, never its embeds. */
export function notifyingText(content: string, components: readonly ComponentNode[]): string {
  const displays = [...walk(components)]
    .filter(({ node }) => node.type === (ComponentType.TextDisplay as number))
    .map(({ node }) => node.content ?? '');
  return [content, ...displays].join('\n');
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

/**
 * Whom a message really notifies: mentioned in the text, let through by `allowed` (absent: everybody), and within the
 * author's rights: a role must be mentionable or the author may mention everyone.
 */
export function pingedBy(
  world: World,
  channel: Channel,
  authorId: string,
  text: string,
  allowed: AllowedMentions | null | undefined,
): Pinged {
  const guild = world.guildOf(channel);
  const mayMentionAll = may(world.permissions(channel, authorId), 'MentionEveryone');
  const lets = (kind: 'users' | 'roles', id: string): boolean =>
    !allowed || Boolean(allowed.parse?.includes(kind)) || Boolean(allowed[kind]?.includes(id));
  const users = idsIn(text, /<@!?(\d+)>/g).filter((id) => world.users.has(id) && lets('users', id));
  const roles = idsIn(text, /<@&(\d+)>/g).filter((id) => {
    const role = guild?.roles.get(id);
    return role !== undefined && (role.mentionable || mayMentionAll) && lets('roles', id);
  });
  const everyone =
    /@(everyone|here)\b/.test(text) &&
    mayMentionAll &&
    (!allowed || Boolean(allowed.parse?.includes('everyone')));
  return { users, roles, everyone };
}
