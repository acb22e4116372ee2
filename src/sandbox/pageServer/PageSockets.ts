/** Serves `pageApi.ts`: one socket a page, each looking through one person's eyes. */
import type { RawData, WebSocket } from 'ws';
import { ClientError, type Outcome } from '../interactions/Interaction.js';
import type {
  BotState,
  PageEvent,
  PageOutcome,
  PageReply,
  PageRequest,
  PageRequests,
  PageRequestType,
  PageSnapshot,
} from '../pageApi.js';
import { ClientActions, type ClientPorts } from '../people/ClientActions.js';
import type { Simulation } from '../simulation/Simulation.js';
import type { User, WorldEvent } from '../world/model.js';
import { pageRequest } from './pageRequest.js';
import { viewMessage, viewSnapshot } from './views.js';

const messagesAPage = 50;
/** Changes of guilds come in crowds; one snapshot shows them all. */
const snapshotDelayMs = 50;

export class PageSockets {
  private readonly pages = new Set<Page>();
  private readonly stops: readonly (() => void)[];
  private botState: BotState = { state: 'unknown', detail: 'Nobody watches over the bot.' };

  public constructor(
    private readonly ports: ClientPorts,
    private readonly simulation: Simulation,
  ) {
    this.stops = [
      ports.world.listen((event) => {
        for (const page of this.pages) page.tell(event);
      }),
      simulation.listen((view) => {
        for (const page of this.pages) page.send({ type: 'simulation', simulation: view });
      }),
    ];
  }

  public accept(socket: WebSocket): void {
    const page = new Page(this.ports, socket, this.simulation, () => this.botState);
    this.pages.add(page);
    socket.on('close', () => this.pages.delete(page));
    socket.on('error', () => socket.terminate());
  }

  public showBotState(state: BotState): void {
    this.botState = state;
    for (const page of this.pages) page.send({ type: 'botState', botState: state });
  }

  public close(): void {
    for (const stop of this.stops) stop();
  }
}

class Page {
  /** Whose eyes; nobody's until the page says. */
  private me: User | null = null;
  private pendingSnapshot: NodeJS.Timeout | null = null;

  public constructor(
    private readonly ports: ClientPorts,
    private readonly socket: WebSocket,
    private readonly simulation: Simulation,
    private readonly botState: () => BotState,
  ) {
    socket.on('message', (data) => void this.take(data));
    socket.on('close', () => clearTimeout(this.pendingSnapshot ?? undefined));
  }

  public send(message: PageEvent | PageReply): void {
    this.socket.send(JSON.stringify(message));
  }

  public tell(event: WorldEvent): void {
    const { me } = this;
    const { world } = this.ports;
    if (me === null) return;
    switch (event.type) {
      case 'messageCreate':
      case 'messageUpdate':
        if (!world.canRead(event.message, me.id)) return;
        return this.send({ type: 'message', message: viewMessage(world, event.message, me) });
      case 'messageDelete': {
        const { id: messageId, channelId } = event.message;
        if (!world.canRead(event.message, me.id)) return;
        return this.send({ type: 'messageDeleted', channelId, messageId });
      }
      case 'commandsChange':
        return this.send({ type: 'commandsChanged' });
      default:
        this.pendingSnapshot ??= setTimeout(() => {
          this.pendingSnapshot = null;
          this.send({ type: 'snapshot', snapshot: this.snapshot(me) });
        }, snapshotDelayMs);
    }
  }

  private async take(data: RawData): Promise<void> {
    const request = pageRequest(data);
    if (request === null) return this.socket.close(1007, 'Not a request of the page');
    const { id } = request;
    try {
      this.send({ type: 'reply', id, ok: true, result: await this.answer(request) });
    } catch (error) {
      // Names that do not exist and clicks that Discord's client would not send are the page's to show, as any error is.
      const text = error instanceof Error ? error.message : String(error);
      this.send({ type: 'reply', id, ok: false, error: text });
    }
  }

  private async answer(request: PageRequest): Promise<PageRequests[PageRequestType]['reply']> {
    const { world } = this.ports;
    if (request.type === 'view') {
      this.me = world.user(request.user);
      return this.snapshot(this.me);
    }
    const { me } = this;
    if (me === null) throw new ClientError('The page has not said through whose eyes it looks.');
    switch (request.type) {
      case 'messages': {
        const all = this.channel(me, request.channelId).messages();
        const { before } = request;
        const older = before === undefined ? all : all.filter(({ id }) => BigInt(id) < BigInt(before));
        return older.slice(-messagesAPage).map((message) => viewMessage(world, message, me));
      }
      case 'commands':
        return this.channel(me, request.channelId).commands();
      case 'slash': {
        const actions = this.channel(me, request.channelId);
        return this.outcome(me, await actions.slash(request.command, request.options).first);
      }
      case 'autocomplete': {
        const actions = this.channel(me, request.channelId);
        const { first } = actions.autocomplete(request.command, request.options, request.focused);
        const outcome = await first;
        return outcome.kind === 'choices' ? outcome.choices : [];
      }
      case 'click':
        return this.outcome(
          me,
          await this.at(me, request.messageId).click(request.messageId, request.customId).first,
        );
      case 'select': {
        const { messageId, customId, values } = request;
        return this.outcome(me, await this.at(me, messageId).choose(messageId, customId, values).first);
      }
      case 'submit': {
        const opener = this.ports.interactions.find(request.interactionId);
        if (!opener) throw new ClientError('This modal is gone.');
        const actions = new ClientActions(this.ports, me, opener.facts.channel);
        return this.outcome(me, await actions.submit(request.interactionId, request.fields).first);
      }
      case 'say':
        return viewMessage(world, this.channel(me, request.channelId).say(request.content), me);
      case 'dismiss':
        this.at(me, request.messageId).dismiss(request.messageId);
        return null;
      case 'turn':
        this.simulation.turn(request.change);
        return null;
    }
  }

  private snapshot(me: User): PageSnapshot {
    return viewSnapshot(this.ports.world, me, this.botState(), this.simulation.view);
  }

  private channel(me: User, id: string): ClientActions {
    const channel = this.ports.world.channels.get(id);
    if (!channel) throw new ClientError('This channel is gone.');
    return new ClientActions(this.ports, me, channel);
  }

  /** Where a message is. */
  private at(me: User, messageId: string): ClientActions {
    const message = this.ports.world.findMessage(messageId);
    if (!message) throw new ClientError('This message is gone.');
    return this.channel(me, message.channelId);
  }

  private outcome(me: User, outcome: Outcome): PageOutcome {
    if (outcome.kind === 'message') {
      return { kind: 'message', message: viewMessage(this.ports.world, outcome.message, me) };
    }
    if (outcome.kind === 'modal') {
      return { kind: 'modal', modal: { interactionId: outcome.interaction.facts.id, modal: outcome.modal } };
    }
    throw new ClientError('The bot answered with choices where a message was due.');
  }
}
