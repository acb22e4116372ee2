/** The whole page: servers, channels, the open channel, the input. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { openChannel, type PageState } from '../session/PageState.js';
import { drawChannelHeader } from './channelHeader.js';
import { drawChannelList } from './channelList.js';
import type { Draw } from './Draw.js';
import { drawGuildList } from './guildList.js';
import { keepAtEnd } from './keepAtEnd.js';
import { drawMessageList } from './messageList.js';
import { drawModal } from './modal.js';
import { drawSimulation } from './simulation.js';

function note(state: PageState): TemplateResult | typeof nothing {
  if (state.note === undefined || state.note.channelId !== state.channelId || state.modal) return nothing;
  return html`<p class="note problem" role="alert">${state.note.text}</p>`;
}

export function drawWaiting({ note }: PageState): TemplateResult {
  return html`<div class="waiting" role="status">
    ${
      note === undefined
        ? html`<p>Waiting for the sandbox. It starts with: <kbd>npm run sandbox</kbd></p>`
        : html`<p>
            <span class="problem">${note.text}</span> <a class="link" href="#/admin">Look as admin</a>
          </p>`
    }
  </div>`;
}

export function drawPage(draw: Draw): TemplateResult {
  const { state, session, snapshot, guild } = draw;
  const channel = openChannel(state);
  const isSimulated = state.isSimulationOpen && snapshot.simulation !== null;
  return html`<div class="app ${isSimulated ? 'with-simulation' : ''}">
    ${drawGuildList(draw)} ${drawChannelList(draw)}
    <main class="chat">
      ${drawChannelHeader(channel, draw)}
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label="Messages"
        ${ref((element) => element && keepAtEnd(element, channel?.id))}
      >
        ${
          channel === undefined
            ? html`<p class="beginning">${snapshot.me.name} is in no server that the bot is in.</p>`
            : drawMessageList(channel, draw)
        }
      </div>
      ${note(state)}
      <command-input
        .session=${session}
        .snapshot=${snapshot}
        .guild=${guild}
        .channel=${channel}
        .commands=${state.commands}
      ></command-input>
    </main>
    ${drawSimulation(draw)} ${state.modal === undefined ? nothing : drawModal(state.modal, draw)}
  </div>`;
}
