/** A Discord with messages and threads that a person can delete, and that fails as it is told. */
import type { Card, Destination } from '../../../../src/lib/alerts/Card.js';
import type { LiveMessenger } from '../../../../src/lib/alerts/live/LiveMessage.js';
import type { SentMessage } from '../../../../src/lib/alerts/Messenger.js';

interface Standing extends SentMessage {
  readonly nonce: string;
  readonly edits: string[];
  content: string;
  word: string;
}

export class FakeLiveDiscord implements LiveMessenger<string> {
  public readonly messages: Standing[] = [];
  public readonly threads = new Map<string, string[]>();
  public readonly calls: string[] = [];
  /** Thrown by the call that it names. */
  public fault: (call: string) => Error | undefined = () => undefined;
  private count = 0;

  public async resolve(to: Destination): Promise<string> {
    this.call('resolve');
    return typeof to === 'string' ? to : JSON.stringify(to);
  }

  public async create(channelId: string, content: string, nonce: string): Promise<SentMessage> {
    this.call('create');
    const known = this.messages.find((message) => message.nonce === nonce);
    if (known !== undefined) return known;
    const messageId = String(++this.count);
    const sent = { channelId, messageId, nonce, content, edits: [], word: content.split(' ')[0] ?? '' };
    this.messages.push(sent);
    return { channelId, messageId };
  }

  public async edit({ messageId }: SentMessage, content: string): Promise<'done' | 'gone'> {
    this.call('edit');
    const found = this.messages.find((message) => message.messageId === messageId);
    if (found === undefined) return 'gone';
    found.content = content;
    found.edits.push(content);
    return 'done';
  }

  public async isThere({ messageId }: SentMessage): Promise<boolean> {
    this.call('isThere');
    return this.messages.some((message) => message.messageId === messageId);
  }

  public async find(channelId: string, word: string): Promise<SentMessage | undefined> {
    this.call('find');
    const inThread = this.threads.get(channelId)?.find((text) => text.startsWith(`${word} `));
    if (inThread !== undefined) return { channelId, messageId: inThread };
    return this.messages.find((message) => message.channelId === channelId && message.word === word);
  }

  public async openThread({ messageId }: SentMessage, _name: string, isLost: boolean): Promise<string> {
    this.call('openThread');
    const id = isLost ? `thread-${++this.count}` : messageId;
    this.threads.set(id, this.threads.get(id) ?? []);
    return id;
  }

  public async post(threadId: string, card: Card, _nonce: string, word: string): Promise<'done' | 'gone'> {
    this.call('post');
    const thread = this.threads.get(threadId);
    if (thread === undefined) return 'gone';
    thread.push(`${word} ${card.title}`);
    return 'done';
  }

  private call(name: string): void {
    const fault = this.fault(name);
    if (fault !== undefined) throw fault;
    this.calls.push(name);
  }
}
