/** One session of a bot: its shard, its intents, and what was sent to it, so that a resume can replay it. */
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

/** A resume that asks for more than this is refused, as on Discord. */
const replayLimit = 5_000;

export interface SessionFacts {
  readonly id: string;
  /** [number, count] */
  readonly shard: readonly [number, number];
  readonly intents: number;
}

export class Session {
  private socket: WebSocket | null = null;
  private lastSequence = 0;
  private readonly sent: { readonly sequence: number; readonly text: string }[] = [];

  public constructor(public readonly facts: SessionFacts) {}

  public get isConnected(): boolean {
    return this.socket !== null;
  }

  public get sequence(): number {
    return this.lastSequence;
  }

  /** Whether events of this guild (null: direct messages, shard 0) are this session's. */
  public covers(guildId: string | null): boolean {
    const [number, count] = this.facts.shard;
    return guildId === null ? number === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === number;
  }

  public attach(socket: WebSocket): void {
    this.socket = socket;
  }

  /** Events go on being remembered for a resume. */
  public detach(socket: WebSocket): void {
    if (this.socket === socket) this.socket = null;
  }

  public closeSocket(code: number, reason: string): void {
    this.socket?.close(code, reason);
    this.socket = null;
  }

  public dispatch(event: string, data: unknown): void {
    this.lastSequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.lastSequence, d: data });
    this.sent.push({ sequence: this.lastSequence, text });
    if (this.sent.length > replayLimit) this.sent.shift();
    this.socket?.send(text);
  }

  /** Tells the bot to reconnect and resume. */
  public askToReconnect(): void {
    this.socket?.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }));
  }

  /** Sends again what came after `sequence`; false where that is no longer known. */
  public replay(sequence: number): boolean {
    const oldest = this.sent[0]?.sequence ?? this.lastSequence + 1;
    if (sequence > this.lastSequence || sequence < oldest - 1) return false;
    for (const one of this.sent) if (one.sequence > sequence) this.socket?.send(one.text);
    return true;
  }
}
