/** The open channel's messages, oldest on top, with the days between them. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageChannel, PageMessage } from '../../pageApi.js';
import { isDirect } from '../session/PageState.js';
import type { Draw } from './Draw.js';
import { drawMessage } from './message.js';

/** Messages of one person within this time stand together under one name. */
const togetherMs = 7 * 60_000;

function continues(message: PageMessage, last: PageMessage | undefined): boolean {
  return (
    last !== undefined &&
    last.author.id === message.author.id &&
    last.ephemeral === message.ephemeral &&
    message.answers?.command === undefined &&
    last.threadId === undefined &&
    Date.parse(message.timestamp) - Date.parse(last.timestamp) < togetherMs
  );
}

function day(
  message: PageMessage,
  last: PageMessage | undefined,
  draw: Draw,
): TemplateResult | typeof nothing {
  const format = new Intl.DateTimeFormat(draw.locale, { dateStyle: 'long' });
  const words = format.format(Date.parse(message.timestamp));
  if (last !== undefined && format.format(Date.parse(last.timestamp)) === words) return nothing;
  return html`<div class="day"><span>${words}</span></div>`;
}

function beginning(channel: PageChannel, draw: Draw): TemplateResult {
  const { state, session } = draw;
  if (!state.messages.has(channel.id)) return html`<p class="beginning">Loading…</p>`;
  if (!state.complete.has(channel.id)) {
    return html`<button type="button" class="older" @click=${() => void session.loadOlder()}>
      Show older messages
    </button>`;
  }
  return html`<div class="beginning">
    <h2>${isDirect(channel) ? channel.name : `Welcome to #${channel.name}!`}</h2>
    <p>
      ${
        isDirect(channel)
          ? html`What ${draw.snapshot.bot.name} sends to you alone appears here.`
          : html`Type <kbd>/</kbd> to see what ${draw.snapshot.bot.name} can do here. Below the channels you
              choose through whose eyes you look: everybody sees, and may do, something else.`
      }
    </p>
  </div>`;
}

export function drawMessageList(channel: PageChannel, draw: Draw): TemplateResult {
  const messages = draw.state.messages.get(channel.id) ?? [];
  return html`${beginning(channel, draw)}
    <discord-messages role="log" aria-live="polite" no-background>
      ${repeat(
        messages,
        ({ id }) => id,
        (message, at) => {
          const last = messages[at - 1];
          const between = day(message, last, draw);
          return html`${between}${drawMessage(message, between === nothing && continues(message, last), draw)}`;
        },
      )}
    </discord-messages>`;
}
