/** The one WebSocket to the sandbox: asks with answers, events, and a new socket when the old one breaks. */
import type { PageEvent, PageRequests, PageRequestType, PageServerMessage } from '../../pageApi.js';

/** The sandbox said no; the message is for people. */
export class Refused extends Error {}

export interface ConnectionEvents {
  opened(): void;
  closed(): void;
  event(event: PageEvent): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const firstRetryMs = 250;
const lastRetryMs = 4_000;

export class Connection {
  private readonly waiting = new Map<number, Waiting>();
  private socket: WebSocket | undefined;
  private lastId = 0;
  private retryMs = firstRetryMs;

  public constructor(
    private readonly url: string,
    private readonly events: ConnectionEvents,
  ) {}

  public open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.retryMs = firstRetryMs;
      this.events.opened();
    });
    socket.addEventListener('message', ({ data }) =>
      this.receive(JSON.parse(String(data)) as PageServerMessage),
    );
    socket.addEventListener('close', () => this.broken());
  }

  /** Rejects with `Refused` where the sandbox says no or cannot be reached. */
  public ask<Type extends PageRequestType>(
    type: Type,
    ask: PageRequests[Type]['ask'],
  ): Promise<PageRequests[Type]['reply']> {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Refused('The sandbox cannot be reached. Is it still running?'));
    }
    const id = (this.lastId += 1);
    this.socket.send(JSON.stringify({ id, type, ...ask }));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        resolve: (result) => resolve(result as PageRequests[Type]['reply']),
        reject,
      });
    });
  }

  private receive(message: PageServerMessage): void {
    if (message.type !== 'reply') return this.events.event(message);
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.result);
    else waiting?.reject(new Refused(message.error));
  }

  private broken(): void {
    for (const { reject } of this.waiting.values())
      reject(new Refused('The connection to the sandbox broke.'));
    this.waiting.clear();
    this.events.closed();
    setTimeout(() => this.open(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, lastRetryMs);
  }
}
