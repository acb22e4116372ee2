/** Discord's gateway: lets sessions in, resumes them, and hands each the events of its shard and intents. */
import { randomBytes } from 'node:crypto';
import { GatewayCloseCodes as Close, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Wire } from '../wire/Wire.js';
import { wireGuildCreate } from '../wire/guilds.js';
import { wireMember, wireSelf } from '../wire/people.js';
import type { World } from '../world/World.js';
import {
  Connection,
  type GatewayRules,
  type Identify,
  type RequestMembers,
  type Resume,
} from './Connection.js';
import { Session } from './Session.js';
import { toDispatches, type Dispatch } from './dispatches.js';

/** Only bots that Discord has approved get these; the sandbox approves none, as the bot must do without. */
const privileged = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;
const allIntents = Object.values(Intent).reduce(
  (all: number, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);
/** Discord lets a session wait this long for its resume. */
const resumeWindowMs = 2 * 60_000;

/** One session as tests see it. */
export interface SessionView {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly isConnected: boolean;
  /** The number of the last event sent. */
  readonly sequence: number;
}

export class Gateway implements GatewayRules {
  private readonly all = new Map<string, Session>();
  private readonly expiries = new Map<string, NodeJS.Timeout>();

  public constructor(
    private readonly world: World,
    private readonly botToken: string,
    private readonly url: () => string,
    private readonly guildsAShard: number,
  ) {
    world.listen((event) => {
      for (const dispatch of toDispatches(world, event)) this.dispatch(dispatch);
    });
  }

  public accept(socket: WebSocket, query: URLSearchParams): void {
    if (query.get('v') !== '10') return socket.close(Close.InvalidAPIVersion, 'Invalid API version');
    if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
      return socket.close(Close.DecodeError, 'The sandbox speaks plain JSON');
    }
    new Connection(socket, this);
  }

  /** Sends an event to every session that covers its guild and asked for its intent; true where one is connected. */
  public dispatch({ guildId, event, data, intent }: Dispatch): boolean {
    let isReceived = false;
    for (const session of this.all.values()) {
      if (!session.covers(guildId) || (intent !== 0 && (session.facts.intents & intent) === 0)) continue;
      session.dispatch(event, data);
      isReceived ||= session.isConnected;
    }
    return isReceived;
  }

  public identify(ask: Identify, connection: Connection): Session | number {
    if (ask.token.replace(/^Bot /, '') !== this.botToken) return Close.AuthenticationFailed;
    if ((ask.intents & ~allIntents) !== 0) return Close.InvalidIntents;
    if ((ask.intents & privileged) !== 0) return Close.DisallowedIntents;
    const shard = ask.shard ?? ([0, 1] as const);
    if (shard[0] >= shard[1]) return Close.InvalidShard;
    const session = new Session({ id: randomBytes(16).toString('hex'), shard, intents: ask.intents });
    const guilds = [...this.world.guilds.values()].filter(({ id }) => session.covers(id));
    if (guilds.length > this.guildsAShard) return Close.ShardingRequired;
    this.all.set(session.facts.id, session);
    session.attach(connection.socket);
    session.dispatch('READY', this.ready(session, guilds));
    if (ask.intents & Intent.Guilds) {
      for (const guild of guilds) session.dispatch('GUILD_CREATE', wireGuildCreate(this.world, guild));
    }
    return session;
  }

  public resume(ask: Resume, connection: Connection): Session | 'invalid' | number {
    if (ask.token.replace(/^Bot /, '') !== this.botToken) return Close.AuthenticationFailed;
    const session = this.all.get(ask.session_id);
    if (!session) return 'invalid';
    session.attach(connection.socket);
    if (!session.replay(ask.seq)) {
      this.forget(session);
      return 'invalid';
    }
    clearTimeout(this.expiries.get(session.facts.id));
    session.dispatch('RESUMED', { _trace: ['sandbox'] });
    return session;
  }

  public requestMembers(session: Session, ask: RequestMembers): void {
    const guild = this.world.guilds.get(ask.guild_id);
    if (!guild) return;
    const ids = ask.user_ids === undefined ? undefined : [ask.user_ids].flat();
    const members = [...guild.members.values()].filter(({ userId }) =>
      ids ? ids.includes(userId) : this.world.user(userId).name.startsWith(ask.query ?? ''),
    );
    const chunk = { guild_id: guild.id, chunk_index: 0, chunk_count: 1, nonce: ask.nonce };
    const notFound = ids?.filter((id) => !guild.members.has(id)) ?? [];
    const wired = members.map((member) => wireMember(this.world, member));
    session.dispatch('GUILD_MEMBERS_CHUNK', { ...chunk, members: wired, not_found: notFound });
  }

  public left(session: Session, resumable: boolean): void {
    if (!resumable) return this.forget(session);
    const expiry = setTimeout(() => this.forget(session), resumeWindowMs);
    expiry.unref();
    this.expiries.set(session.facts.id, expiry);
  }

  public sessions(): SessionView[] {
    return [...this.all.values()].map((session) => ({
      id: session.facts.id,
      shard: session.facts.shard,
      isConnected: session.isConnected,
      sequence: session.sequence,
    }));
  }

  /** Cuts every connection. Resumable: the bot gets what it missed. Otherwise it has to identify anew. */
  public cut({ resumable }: { readonly resumable: boolean }): void {
    for (const session of [...this.all.values()]) {
      if (!resumable) this.forget(session);
      session.closeSocket(resumable ? Close.UnknownError : Close.SessionTimedOut, 'Cut by the sandbox');
    }
  }

  /** Asks every session to reconnect and resume (op 7), as Discord does before it restarts a server. */
  public askToReconnect(): void {
    for (const session of this.all.values()) session.askToReconnect();
  }

  public close(): void {
    for (const session of [...this.all.values()]) {
      this.forget(session);
      session.closeSocket(1001, 'The sandbox stops');
    }
  }

  private forget(session: Session): void {
    this.all.delete(session.facts.id);
    clearTimeout(this.expiries.get(session.facts.id));
    this.expiries.delete(session.facts.id);
  }

  private ready(session: Session, guilds: readonly { readonly id: string }[]): Wire {
    return {
      v: 10,
      user: wireSelf(this.world.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      private_channels: [],
      session_id: session.facts.id,
      resume_gateway_url: this.url(),
      shard: session.facts.shard,
      application: { id: this.world.bot.id, flags: 0 },
      _trace: ['sandbox'],
    };
  }
}
