/** A running local Discord: what tests and the page hold in their hands. */
import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { systemClock, type Clock } from '../lib/core/Clock.js';
import { CommandBook } from './commands/CommandBook.js';
import { Gateway, type SessionView } from './gateway/Gateway.js';
import { InteractionDesk, type Patience } from './interactions/InteractionDesk.js';
import { Attachments } from './messages/Attachments.js';
import { MessageDesk } from './messages/MessageDesk.js';
import type { BotState } from './pageApi.js';
import { PageFiles } from './pageServer/PageFiles.js';
import { PageSockets } from './pageServer/PageSockets.js';
import type { ClientPorts } from './people/ClientActions.js';
import { Person } from './people/Person.js';
import type { Fault } from './rest/Faults.js';
import type { RateLimit } from './rest/RateLimits.js';
import { RestServer, type Exchange } from './rest/RestServer.js';
import { Rooms } from './rest/Rooms.js';
import { Router } from './rest/Router.js';
import { commandRoutes } from './rest/routes/commands.js';
import { guildRoutes } from './rest/routes/guilds.js';
import { identityRoutes } from './rest/routes/identity.js';
import { interactionRoutes } from './rest/routes/interactions.js';
import { messageRoutes } from './rest/routes/messages.js';
import { threadRoutes } from './rest/routes/threads.js';
import { Simulation } from './simulation/Simulation.js';
import { wireInteraction } from './wire/interactions.js';
import { seededWorld } from './world/seed.js';
import type { World } from './world/World.js';
import { WorldChanges } from './WorldChanges.js';
import { isLocal } from './pageServer/isLocal.js';

export interface SandboxOptions {
  /** 0 (default): any free one. */
  readonly port?: number;
  /** Real time; a test that jumps past a token's life passes its own. */
  readonly clock?: Clock;
  /** How many guilds there are in all. Default 50. */
  readonly guilds?: number;
  /** Called after every exchange of the REST API. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** How long people wait, ms: 3,000 for a first answer as on Discord, 15,000 of real time behind "thinking". */
  readonly patience?: Partial<Patience>;
  /** Discord lets a session have 2,500. */
  readonly guildsAShard?: number;
  /** The same seed gives the same simulated traffic. Default 1. */
  readonly seed?: number;
  /** Where the built page lies. Default: beside this code, or in the last build. */
  readonly pageDir?: string;
}

/** Shaped as Discord's: the bot's id, a time, a signature. It opens nothing but this sandbox. */
const tokenFor = (botId: string): string =>
  `${Buffer.from(botId).toString('base64url')}.GsandB.sandbox-token-of-no-value`;

export class Sandbox {
  public readonly botToken: string;
  public readonly world: WorldChanges;
  /** The knobs: how fast time goes, who uses the bot, what is wrong with the new greeting. */
  public readonly simulation: Simulation;
  /** Bad days of the REST API. */
  public readonly rest: {
    /** The next matching requests are answered so. */
    readonly fail: (fault: Fault) => void;
    /** No more failures. */
    readonly heal: () => void;
    /** Holds every request back until `resume`. */
    readonly pause: () => void;
    readonly resume: () => void;
    /** A real limit for the routes (`POST /channels/:channel/messages`) that match. */
    readonly limit: (route: RegExp, limit: RateLimit) => void;
  };
  /** Bad days of the gateway. */
  public readonly gateway: {
    /** Cuts all connections; resumable: what was missed is replayed. */
    readonly cut: (how: { readonly resumable: boolean }) => void;
    /** Discord asks to reconnect. */
    readonly askToReconnect: () => void;
  };
  public readonly addGuild: WorldChanges['addGuild'];
  public readonly addGuilds: WorldChanges['addGuilds'];
  public readonly removeGuild: WorldChanges['removeGuild'];
  public readonly renameChannel: WorldChanges['renameChannel'];
  public readonly deleteChannel: WorldChanges['deleteChannel'];
  public readonly closeDirectMessages: WorldChanges['closeDirectMessages'];
  private readonly model: World;
  private readonly server: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly gatewayServer: Gateway;
  private readonly restServer: RestServer;
  private readonly attachments: Attachments;
  private readonly interactions: InteractionDesk;
  private readonly ports: ClientPorts;
  private readonly pages: PageSockets;
  private readonly files: PageFiles;

  public constructor(private readonly options: SandboxOptions = {}) {
    const world = seededWorld(options.clock ?? systemClock, options.guilds ?? 50);
    this.model = world;
    this.botToken = tokenFor(world.bot.id);
    const gateway = new Gateway(world, this.botToken, () => this.gatewayUrl, options.guildsAShard ?? 2_500);
    this.gatewayServer = gateway;
    this.attachments = new Attachments(world, () => this.url);
    const messages = new MessageDesk(world, this.attachments);
    const patience = { firstMs: 3_000, thinkingMs: 15_000, ...options.patience };
    this.interactions = new InteractionDesk(world, messages, patience, (interaction) =>
      gateway.dispatch({
        guildId: interaction.facts.guild?.id ?? null,
        ...{ event: 'INTERACTION_CREATE', data: wireInteraction(world, interaction), intent: 0 },
      }),
    );
    const commands = new CommandBook(world);
    this.ports = { world, messages, interactions: this.interactions, commands };
    const rooms = new Rooms(world, messages, this.interactions, commands);
    this.restServer = new RestServer(
      this.routes(rooms),
      this.botToken,
      options.onExchange ?? (() => undefined),
    );
    this.simulation = new Simulation(this.ports, options.clock ?? systemClock, options.seed);
    this.pages = new PageSockets(this.ports, this.simulation);
    this.files = new PageFiles(options.pageDir);
    this.world = new WorldChanges(world);
    const { faults, limits } = this.restServer;
    this.rest = {
      fail: (fault) => faults.fail(fault),
      heal: () => faults.heal(),
      pause: () => faults.pause(),
      resume: () => faults.resume(),
      limit: (route, limit) => limits.set(route, limit),
    };
    this.gateway = { cut: (how) => gateway.cut(how), askToReconnect: () => gateway.askToReconnect() };
    const changes = this.world;
    this.addGuild = (facts) => changes.addGuild(facts);
    this.addGuilds = (count) => changes.addGuilds(count);
    this.removeGuild = (guild) => changes.removeGuild(guild);
    this.renameChannel = (channel, name, guild) => changes.renameChannel(channel, name, guild);
    this.deleteChannel = (channel, guild) => changes.deleteChannel(channel, guild);
    this.closeDirectMessages = (user) => changes.closeDirectMessages(user);
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('upgrade', (request, socket, head) => {
      const url = this.parse(request);
      const isPage = url.pathname === '/page';
      if (isPage ? !isLocal(request) : !/^\/gateway\/?$/.test(url.pathname)) return socket.destroy();
      this.sockets.handleUpgrade(request, socket, head, (ws) => {
        if (isPage) this.pages.accept(ws);
        else gateway.accept(ws, url.searchParams);
      });
    });
  }

  /** Starts to listen on loopback. Rejects with the system's error where the port is taken. */
  public async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port ?? 0, '127.0.0.1', resolve);
    });
  }

  /** `http://127.0.0.1:PORT`: the page. */
  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What DISCORD_API_URL is set to. */
  public get apiUrl(): string {
    return `${this.url}/api`;
  }

  private get gatewayUrl(): string {
    return `${this.url.replace('http', 'ws')}/gateway`;
  }

  /** A person by name or id. */
  public as(nameOrId: string): Person {
    return new Person(this.ports, this.model.user(nameOrId));
  }

  /** The bot's sessions at the gateway. */
  public sessions(): SessionView[] {
    return this.gatewayServer.sessions();
  }

  /** What the page says about the bot. */
  public showBotState(state: BotState): void {
    this.pages.showBotState(state);
  }

  public async close(): Promise<void> {
    this.restServer.faults.resume();
    this.simulation.close();
    this.interactions.close();
    this.gatewayServer.close();
    this.pages.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    for (const socket of this.sockets.clients) socket.terminate();
    await closed;
  }

  private routes(rooms: Rooms): Router {
    const router = new Router();
    identityRoutes(router, rooms, () => this.gatewayUrl);
    for (const add of [commandRoutes, guildRoutes, messageRoutes, threadRoutes, interactionRoutes])
      add(router, rooms);
    return router;
  }

  private parse(request: IncomingMessage): URL {
    return new URL(request.url ?? '/', 'http://127.0.0.1');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = this.parse(request);
    if (url.pathname.startsWith('/api/')) return this.restServer.handle(request, response, url);
    if (!url.pathname.startsWith('/attachments/')) return this.files.serve(url.pathname, response);
    const file = this.attachments.read(decodeURIComponent(url.pathname.slice('/attachments/'.length)));
    response.writeHead(file ? 200 : 404, {
      'content-type': file?.contentType ?? 'text/plain',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
    response.end(file?.bytes ?? 'There is no such file.');
  }
}
