/** One WebSocket of the gateway: the handshake, the heartbeat, and Discord's close codes for what a client gets wrong. */
import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { Session } from './Session.js';

const heartbeatIntervalMs = 41_250;
/** More than this many payloads a minute, and Discord hangs up. */
const payloadsPerMinute = 120;

const payload = z.object({ op: z.number().int(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.object({}),
  shard: z.tuple([z.number().int().min(0), z.number().int().min(1)]).optional(),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int().min(0) });
const requestMembers = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().int().optional(),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
});

export type Identify = z.output<typeof identify>;
export type Resume = z.output<typeof resume>;
export type RequestMembers = z.output<typeof requestMembers>;

/** What the gateway does with what the client sends. A number is the close code of a refusal. */
export interface GatewayRules {
  identify(ask: Identify, connection: Connection): Session | number;
  resume(ask: Resume, connection: Connection): Session | 'invalid' | number;
  requestMembers(session: Session, ask: RequestMembers): void;
  /** `resumable`: the session goes on without a socket. */
  left(session: Session, resumable: boolean): void;
}

export class Connection {
  private session: Session | null = null;
  private readonly zombie: NodeJS.Timeout;
  private lastHeartbeatAt = Date.now();
  private received: number[] = [];

  public constructor(
    public readonly socket: WebSocket,
    private readonly rules: GatewayRules,
  ) {
    socket.on('message', (data) => this.take(data));
    socket.on('close', (code) => this.closed(code));
    socket.on('error', () => socket.terminate());
    this.send(Op.Hello, { heartbeat_interval: heartbeatIntervalMs, _trace: ['sandbox'] });
    this.zombie = setInterval(() => {
      if (Date.now() - this.lastHeartbeatAt > 2 * heartbeatIntervalMs) this.refuse(Close.SessionTimedOut);
    }, heartbeatIntervalMs);
    this.zombie.unref();
  }

  private send(op: Op, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  private refuse(code: number): void {
    this.socket.close(code, Close[code] ?? '');
  }

  private take(data: RawData): void {
    if (this.isTooFast()) return this.refuse(Close.RateLimited);
    const read = readPayload(data);
    if (read === null) return this.refuse(Close.DecodeError);
    switch (read.op as Op) {
      case Op.Heartbeat:
        this.lastHeartbeatAt = Date.now();
        return this.send(Op.HeartbeatAck, null);
      case Op.Identify:
        return this.takeIdentify(read.d);
      case Op.Resume:
        return this.takeResume(read.d);
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
        return this.session ? undefined : this.refuse(Close.NotAuthenticated);
      case Op.RequestGuildMembers: {
        const ask = requestMembers.safeParse(read.d);
        if (!this.session) return this.refuse(Close.NotAuthenticated);
        return ask.success
          ? this.rules.requestMembers(this.session, ask.data)
          : this.refuse(Close.DecodeError);
      }
      default:
        return this.refuse(Close.UnknownOpcode);
    }
  }

  private takeIdentify(data: unknown): void {
    if (this.session) return this.refuse(Close.AlreadyAuthenticated);
    const ask = identify.safeParse(data);
    if (!ask.success) return this.refuse(Close.DecodeError);
    const answer = this.rules.identify(ask.data, this);
    if (typeof answer === 'number') this.refuse(answer);
    else this.session = answer;
  }

  private takeResume(data: unknown): void {
    const ask = resume.safeParse(data);
    if (!ask.success) return this.refuse(Close.DecodeError);
    const answer = this.rules.resume(ask.data, this);
    if (typeof answer === 'number') return this.refuse(answer);
    if (answer === 'invalid') return this.send(Op.InvalidSession, false);
    this.session = answer;
  }

  /** A client that says goodbye (1000, 1001) gives up its session; any other end can be resumed. */
  private closed(code: number): void {
    clearInterval(this.zombie);
    if (!this.session) return;
    this.session.detach(this.socket);
    this.rules.left(this.session, code !== 1000 && code !== 1001);
  }

  private isTooFast(): boolean {
    const now = Date.now();
    this.received = this.received.filter((at) => now - at < 60_000);
    this.received.push(now);
    return this.received.length > payloadsPerMinute;
  }
}

function readPayload(data: RawData): z.output<typeof payload> | null {
  try {
    const text = Array.isArray(data)
      ? Buffer.concat(data).toString()
      : Buffer.from(data as Buffer).toString();
    return payload.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
