/** Above the messages: which channel this is, and how the bot is. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PageChannel } from '../../pageApi.js';
import { hashOf } from '../session/place.js';
import { isDirect, isThread } from '../session/PageState.js';
import type { Draw } from './Draw.js';
import { drawSimulationButton } from './simulation.js';

const words = {
  starting: 'is starting',
  ready: 'is ready',
  restarting: 'is restarting',
  unknown: '',
} as const;

function botState({ state, snapshot }: Draw): TemplateResult {
  const { bot } = snapshot;
  const { state: how, detail } = snapshot.botState;
  if (!state.connected) {
    return html`<span class="bot-state lost" role="status">Connection lost, trying again…</span>`;
  }
  return html`<span class="bot-state ${how}" role="status" title=${detail}
    >${how === 'unknown' ? detail : `${bot.name} ${words[how]}`}</span
  >`;
}

export function drawChannelHeader(channel: PageChannel | undefined, draw: Draw): TemplateResult {
  const parent = draw.guild?.channels.find(
    ({ id }) => channel !== undefined && isThread(channel) && id === channel.parentId,
  );
  return html`<header class="chat-header">
    ${
      parent === undefined
        ? nothing
        : html`<a class="parent" href=${hashOf(draw.snapshot.me.name, parent.id)}>#${parent.name}</a
            ><span class="parent-mark" aria-hidden="true">›</span>`
    }
    <h2 class=${channel === undefined || isDirect(channel) || isThread(channel) ? '' : 'text'}>
      ${channel?.name ?? ''}
    </h2>
    <span class="spacer"></span>
    ${drawSimulationButton(draw)} ${botState(draw)}
  </header>`;
}
