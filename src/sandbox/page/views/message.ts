/** Draws one message: who, what, what can be pressed, and for whom alone it is. */
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { MessageFlags } from 'discord-api-types/v10';
import type { PageMessage, PageUser } from '../../pageApi.js';
import { hashOf } from '../session/place.js';
import { drawAttachments } from './attachments.js';
import { avatarOf } from './avatar.js';
import type { Draw } from './Draw.js';
import { drawEmbed } from './embed.js';
import { drawPart } from './layout.js';
import { drawMarkdown } from './markdown.js';
import { messageTime } from './messageTime.js';

/** What the answer is to: "admin used /feature list", or a reply to nothing where a button was pressed. */
function cause({ answers }: PageMessage): TemplateResult | typeof nothing {
  if (answers?.command === undefined) return nothing;
  return html`<discord-command
    slot="reply"
    author=${answers.user.name}
    avatar=${avatarOf(answers.user)}
    command=${`/${answers.command}`}
  ></discord-command>`;
}

function thinking(bot: PageUser): TemplateResult {
  return html`<span class="thinking"
    ><span class="dots" aria-hidden="true"></span> ${bot.name} is thinking…</span
  >`;
}

function body(message: PageMessage, draw: Draw): TemplateResult | typeof nothing {
  if (message.thinking) return thinking(message.author);
  return message.content === '' ? nothing : drawMarkdown(message.content, draw);
}

function onlyForYou(message: PageMessage, draw: Draw): TemplateResult | typeof nothing {
  if (!message.ephemeral) return nothing;
  return html`<div slot="thread" class="only-you">
    <span class="eye" aria-hidden="true"></span>Only you can see this •
    <button
      type="button"
      class="plain"
      @click=${() => void draw.session.dismiss(message.channelId, message.id)}
    >
      Dismiss message
    </button>
  </div>`;
}

function thread(message: PageMessage, draw: Draw): TemplateResult | typeof nothing {
  if (message.threadId === undefined) return nothing;
  const name = draw.names.channel(message.threadId) ?? 'Thread';
  return html`<a slot="thread" class="thread-link" href=${hashOf(draw.snapshot.me.name, message.threadId)}
    ><strong>${name}</strong> Open thread ›</a
  >`;
}

/** @param isContinued the same person's last message is just above: no name and picture again */
export function drawMessage(message: PageMessage, isContinued: boolean, draw: Draw): TemplateResult {
  const isLayout = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  const { author, components, embeds, attachments } = message;
  return html`<discord-message
    role="article"
    aria-label=${`${author.name}: ${message.thinking ? 'thinking' : 'message'}`}
    class=${message.ephemeral ? 'ephemeral' : ''}
    author=${author.name}
    avatar=${avatarOf(author)}
    ?bot=${author.bot}
    ?highlight=${message.pinged}
    ?edited=${message.editedTimestamp !== null && !message.thinking}
    ?message-body-only=${isContinued}
    .timestamp=${messageTime(Date.parse(message.timestamp), draw.nowMs, draw.locale)}
    role-color=${ifDefined(author.bot ? '#949cf7' : undefined)}
  >
    ${cause(message)} ${body(message, draw)}
    ${attachments.length === 0 || isLayout ? nothing : drawAttachments(attachments)}
    ${embeds.map((embed) => drawEmbed(embed, draw))}
    ${
      components.length === 0
        ? nothing
        : html`<div slot="components" class=${isLayout ? 'layout' : 'rows'}>
            ${components.map((part) => drawPart(part, message.id, draw))}
          </div>`
    }
    ${thread(message, draw)} ${onlyForYou(message, draw)}
  </discord-message>`;
}
