/** What a select menu offers: its own options, or the people, roles and channels that this person can see. */
import { ComponentType, type APISelectMenuComponent } from 'discord-api-types/v10';
import type { Draw } from './Draw.js';
import type { SelectChoice } from './SelectMenu.js';

function people({ snapshot }: Draw): SelectChoice[] {
  return [...snapshot.people, snapshot.bot].map(({ id, name }) => ({ value: id, label: `@${name}` }));
}

function roles({ guild }: Draw): SelectChoice[] {
  return (guild?.roles ?? []).map(({ id, name }) => ({ value: id, label: `@${name.replace(/^@/, '')}` }));
}

export function choicesOfSelect(select: APISelectMenuComponent, draw: Draw): SelectChoice[] {
  switch (select.type) {
    case ComponentType.StringSelect:
      return select.options.map(({ value, label, description, emoji, default: isChosen }) => ({
        value,
        label: emoji?.name && !emoji.id ? `${emoji.name} ${label}` : label,
        ...(description === undefined ? {} : { description }),
        ...(isChosen === undefined ? {} : { isChosen }),
      }));
    case ComponentType.UserSelect:
      return people(draw);
    case ComponentType.RoleSelect:
      return roles(draw);
    case ComponentType.MentionableSelect:
      return [...people(draw), ...roles(draw)];
    case ComponentType.ChannelSelect: {
      const types: readonly number[] = select.channel_types ?? [];
      return (draw.guild?.channels ?? [])
        .filter(({ type }) => types.length === 0 || types.includes(type))
        .map(({ id, name }) => ({ value: id, label: `#${name}` }));
    }
  }
}
