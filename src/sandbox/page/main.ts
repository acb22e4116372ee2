/** Starts the page: one session, drawn anew after every change, and the address kept in step with it. */
import { render } from 'lit';
import '@skyra/discord-components-core/discord-command.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-mention.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { CommandInput } from './composer/CommandInput.js';
import { hashOf, placeOf } from './session/place.js';
import { Session } from './session/Session.js';
import { drawing } from './views/Draw.js';
import { SelectMenu } from './views/SelectMenu.js';
import { drawPage, drawWaiting } from './views/page.js';

customElements.define('command-input', CommandInput);
customElements.define('select-menu', SelectMenu);

/** Who looks when the address names nobody. */
const firstPerson = 'admin';
/** Relative times are as fresh as this; where the bot's time runs fast, ten times as fresh. */
const redrawMs = 10_000;

const root = document.body;
const place = placeOf(location.hash, firstPerson);
const socketUrl = new URL('/page', location.href);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

const session: Session = new Session(socketUrl.href, place.user, place.channelId, () => draw());

function draw(): void {
  const { state } = session;
  const { snapshot } = state;
  render(
    snapshot ? drawPage(drawing(session, snapshot, Date.now(), navigator.language)) : drawWaiting(state),
    root,
  );
  if (!snapshot) return;
  const hash = hashOf(snapshot.me.name, state.channelId);
  if (location.hash !== hash) history.replaceState(null, '', hash);
  document.title = `${session.openName() ?? 'Sandbox'} · ${snapshot.me.name}`;
}

addEventListener('hashchange', () => {
  const { user, channelId } = placeOf(location.hash, firstPerson);
  const me = session.state.snapshot?.me;
  if (user === me?.name || user === me?.id) void session.open(channelId);
  else void session.viewAs(user, channelId);
});
addEventListener('keydown', (event) => {
  // Who just types, types into the input, as in Discord's client.
  const isPlain =
    event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' ';
  const { activeElement } = document;
  const isNowhere = activeElement === root || activeElement?.classList.contains('scroll') === true;
  if (isPlain && isNowhere) root.querySelector<HTMLInputElement>('command-input input:last-of-type')?.focus();
});
setInterval(draw, redrawMs);
setInterval(() => (session.state.snapshot?.simulation?.knobs.speed ?? 1) > 1 && draw(), redrawMs / 10);
draw();
