/** The open server's channels, each with its threads below it. */
import { html, type TemplateResult } from 'lit';
import type { PageChannel } from '../../pageApi.js';
import { isDirect, isThread } from '../session/PageState.js';
import { hashOf } from '../session/place.js';
import type { Draw } from './Draw.js';
import { newsBadge, newsIn } from './guildList.js';
import { drawViewAs } from './viewAs.js';

function entry(channel: PageChannel, draw: Draw): TemplateResult {
  const isOpen = channel.id === draw.state.channelId;
  const news = newsIn([channel], draw);
  const kind = isDirect(channel) ? 'direct' : isThread(channel) ? 'thread' : 'text';
  return html`<a
    class="channel ${kind} ${isOpen ? 'open' : ''} ${news === undefined ? '' : 'news'}"
    href=${hashOf(draw.snapshot.me.name, channel.id)}
    aria-current=${isOpen ? 'page' : 'false'}
    ><span class="channel-name">${channel.name}</span>${newsBadge(news)}</a
  >`;
}

export function drawChannelList(draw: Draw): TemplateResult {
  const { guild, snapshot } = draw;
  const channels = guild?.channels ?? (snapshot.directMessages === null ? [] : [snapshot.directMessages]);
  const threadsOf = (parent: PageChannel) =>
    channels.filter((channel) => isThread(channel) && channel.parentId === parent.id);
  return html`<div class="side">
    <header class="side-header">
      <h1>${guild?.name ?? 'Direct messages'}</h1>
      ${guild === undefined ? '' : html`<small>${guild.memberCount.toLocaleString(draw.locale)} members</small>`}
    </header>
    <nav class="channels" aria-label="Channels">
      ${channels
        .filter((channel) => !isThread(channel))
        .flatMap((channel) => [channel, ...threadsOf(channel)])
        .map((channel) => entry(channel, draw))}
    </nav>
    ${drawViewAs(draw)}
  </div>`;
}
