/** Draws markdown nodes. Text from people goes in as text only; links are shown, not followed. */
import { html, type TemplateResult } from 'lit';
import type { MarkdownNode } from '../markdown/nodes.js';
import { formatTime } from '../markdown/formatTime.js';
import { parseMarkdown } from '../markdown/parse.js';
import { readerClock } from '../markdown/readerClock.js';
import { hashOf } from '../session/place.js';
import type { Draw } from './Draw.js';

function reveal(event: Event): void {
  if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
  (event.currentTarget as HTMLElement).classList.add('revealed');
}

function time(
  seconds: number,
  style: 'R' | 'F' | Parameters<typeof formatTime>[1],
  draw: Draw,
): TemplateResult {
  const atMs = seconds * 1000;
  const whole = formatTime(atMs, 'F', draw.nowMs, draw.locale);
  return html`<time class="time" title=${whole}
    >${formatTime(atMs, style, readerClock(atMs, draw), draw.locale)}</time
  >`;
}

function channel(id: string, draw: Draw): TemplateResult {
  const name = draw.names.channel(id);
  if (name === undefined) return html`<discord-mention type="locked">No access</discord-mention>`;
  return html`<a class="mention-link" href=${hashOf(draw.snapshot.me.name, id)}
    ><discord-mention type="channel">${name}</discord-mention></a
  >`;
}

function role(id: string, draw: Draw): TemplateResult {
  const color = draw.guild?.roles.find((known) => known.id === id)?.color ?? 0;
  const css = color === 0 ? undefined : `#${color.toString(16).padStart(6, '0')}`;
  return html`<discord-mention type="role" .color=${css}
    >${draw.names.role(id) ?? 'unknown-role'}</discord-mention
  >`;
}

function one(node: MarkdownNode, draw: Draw): unknown {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'bold':
      return html`<strong>${all(node.children, draw)}</strong>`;
    case 'italic':
      return html`<em>${all(node.children, draw)}</em>`;
    case 'underline':
      return html`<u>${all(node.children, draw)}</u>`;
    case 'strike':
      return html`<s>${all(node.children, draw)}</s>`;
    case 'spoiler':
      return html`<span
        class="spoiler"
        role="button"
        tabindex="0"
        title="Show"
        @click=${reveal}
        @keydown=${reveal}
        >${all(node.children, draw)}</span
      >`;
    case 'quote':
      return html`<blockquote>${all(node.children, draw)}</blockquote>`;
    case 'subtext':
      return html`<div class="subtext">${all(node.children, draw)}</div>`;
    case 'heading':
      return html`<div class="heading heading-${node.level}" role="heading" aria-level=${node.level + 2}>
        ${all(node.children, draw)}
      </div>`;
    case 'list': {
      const items = node.items.map((item) => html`<li>${all(item, draw)}</li>`);
      return node.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'block':
      return html`<pre><code>${node.text}</code></pre>`;
    case 'link':
      return html`<span class="link" title=${node.url}>${all(node.children, draw)}</span>`;
    case 'user':
      return html`<discord-mention type="user"
        >${draw.names.user(node.id) ?? 'unknown-user'}</discord-mention
      >`;
    case 'role':
      return role(node.id, draw);
    case 'channel':
      return channel(node.id, draw);
    case 'everyone':
      return html`<discord-mention type="role">${node.text.slice(1)}</discord-mention>`;
    case 'command':
      return html`<discord-mention type="slash">${node.text.slice(1)}</discord-mention>`;
    case 'emoji':
      return `:${node.name}:`;
    case 'time':
      return time(node.seconds, node.style, draw);
  }
}

function all(nodes: readonly MarkdownNode[], draw: Draw): unknown[] {
  return nodes.map((node) => one(node, draw));
}

export function drawMarkdown(source: string, draw: Draw): TemplateResult {
  return html`<span class="markdown">${all(parseMarkdown(source), draw)}</span>`;
}
