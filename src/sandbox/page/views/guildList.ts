/** The column of servers on the left; direct messages on top, as in Discord. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageChannel, PageGuild } from '../../pageApi.js';
import { hashOf } from '../session/place.js';
import { avatarOf, initialsOf } from './avatar.js';
import type { Draw } from './Draw.js';

/** How many times this person was notified there, or undefined where nothing is new. */
export function newsIn(channels: readonly PageChannel[], draw: Draw): number | undefined {
  const counts = channels.flatMap(({ id }) => draw.state.unread.get(id) ?? []);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

export function newsBadge(news: number | undefined): TemplateResult | typeof nothing {
  return news === undefined || news === 0
    ? nothing
    : html`<span class="badge" aria-label="${news} new for you">${news}</span>`;
}

function entry(
  channels: readonly PageChannel[],
  name: string,
  picture: unknown,
  isOpen: boolean,
  draw: Draw,
): TemplateResult {
  const news = newsIn(channels, draw);
  return html`<a
    class="guild ${isOpen ? 'open' : ''} ${news === undefined ? '' : 'news'}"
    href=${hashOf(draw.snapshot.me.name, channels[0]?.id)}
    title=${name}
    aria-label=${name}
    aria-current=${isOpen ? 'true' : 'false'}
    >${picture}${newsBadge(news)}</a
  >`;
}

function guildEntry(guild: PageGuild, draw: Draw): TemplateResult {
  return entry(guild.channels, guild.name, initialsOf(guild.name), guild.id === draw.guild?.id, draw);
}

export function drawGuildList(draw: Draw): TemplateResult {
  const { directMessages, bot, guilds } = draw.snapshot;
  const picture = html`<img src=${avatarOf(bot)} alt="" />`;
  return html`<nav class="guilds" aria-label="Servers">
    ${
      directMessages === null
        ? nothing
        : html`${entry([directMessages], 'Direct messages', picture, directMessages.id === draw.state.channelId, draw)}
            <hr />`
    }
    ${repeat(
      guilds,
      ({ id }) => id,
      (guild) => guildEntry(guild, draw),
    )}
  </nav>`;
}
