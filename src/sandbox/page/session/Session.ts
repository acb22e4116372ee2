/** One person's session with the sandbox: what they do goes out, what happens comes in, the page is drawn anew. */
import type { PageEvent, PageOptions, PageOutcome } from '../../pageApi.js';
import { typedCommands } from '../slash/commands.js';
import { Connection, Refused } from './Connection.js';
import { emptyState, isDirect, landing, openChannel, type PageState } from './PageState.js';
import type { KnobChange } from '../../simulation/knobChange.js';
import { mergeMessages, receive } from './receive.js';

/** As many as the sandbox sends at once. */
const messagesAPage = 50;

export class Session {
  public state: PageState = emptyState;
  private readonly connection: Connection;

  /**
   * @param user whose eyes to look through, a name or an id
   * @param channelId where to look first, if they may
   */
  public constructor(
    socketUrl: string,
    private user: string,
    channelId: string | undefined,
    private readonly changed: (state: PageState) => void,
  ) {
    this.state = { ...emptyState, channelId };
    this.connection = new Connection(socketUrl, {
      opened: () => void this.viewAs(this.user),
      closed: () => this.update({ connected: false, pressed: new Set() }),
      event: (event) => this.receive(event),
    });
    this.connection.open();
  }

  /** The open channel as a person says it: `#operations`. */
  public openName(): string | undefined {
    const channel = openChannel(this.state);
    return channel && (isDirect(channel) ? channel.name : `#${channel.name}`);
  }

  /** Looks through another person's eyes: what the last one saw is forgotten. */
  public async viewAs(user: string, wanted = this.state.channelId): Promise<void> {
    const snapshot = await this.attempt(this.connection.ask('view', { user }));
    if (!snapshot) return;
    this.user = snapshot.me.name;
    const { isSimulationOpen } = this.state;
    this.update({ ...emptyState, connected: true, snapshot, isSimulationOpen });
    await this.open(landing(snapshot, wanted));
  }

  public async open(channelId: string | undefined): Promise<void> {
    if (channelId === undefined) return;
    const unread = new Map(this.state.unread);
    unread.delete(channelId);
    this.update({ channelId, unread, note: undefined });
    await Promise.all([this.loadMessages(channelId), this.loadCommands(channelId)]);
  }

  public async loadOlder(): Promise<void> {
    const { channelId, messages } = this.state;
    const oldest = channelId === undefined ? undefined : messages.get(channelId)?.[0];
    if (channelId !== undefined && oldest) await this.loadMessages(channelId, oldest.id);
  }

  /** True where the bot answered; else the reason stands under the messages. */
  public async slash(command: string, options: PageOptions): Promise<boolean> {
    const { channelId } = this.state;
    if (channelId === undefined) return false;
    return this.interact(this.connection.ask('slash', { channelId, command, options }));
  }

  /** Empty where the bot does not answer: completing is a help, never an error. */
  public async complete(
    command: string,
    options: PageOptions,
    focused: string,
  ): Promise<readonly { name: string; value: string | number }[]> {
    const { channelId } = this.state;
    if (channelId === undefined) return [];
    try {
      return await this.connection.ask('autocomplete', { channelId, command, options, focused });
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  }

  public async click(messageId: string, customId: string): Promise<void> {
    await this.press(messageId, customId, () => this.connection.ask('click', { messageId, customId }));
  }

  public async select(messageId: string, customId: string, values: readonly string[]): Promise<void> {
    await this.press(messageId, customId, () =>
      this.connection.ask('select', { messageId, customId, values }),
    );
  }

  public async submit(fields: Readonly<Record<string, string>>): Promise<void> {
    const { modal } = this.state;
    if (!modal) return;
    const { interactionId } = modal;
    // The modal stays open until it is answered: where the bot refuses it, nothing typed is lost.
    const answered = await this.interact(this.connection.ask('submit', { interactionId, fields }));
    if (answered && this.state.modal === modal) this.closeModal();
  }

  public closeModal(): void {
    this.update({ modal: undefined });
  }

  public async say(content: string): Promise<boolean> {
    const { channelId } = this.state;
    if (channelId === undefined) return false;
    const message = await this.attempt(this.connection.ask('say', { channelId, content }));
    if (message) this.receive({ type: 'message', message });
    return message !== undefined;
  }

  public async dismiss(channelId: string, messageId: string): Promise<void> {
    const dismissed = await this.attempt(this.connection.ask('dismiss', { messageId }));
    if (dismissed !== undefined) this.receive({ type: 'messageDeleted', channelId, messageId });
  }

  public showSimulation(isSimulationOpen: boolean): void {
    this.update({ isSimulationOpen });
  }

  public async turn(change: KnobChange): Promise<void> {
    await this.attempt(this.connection.ask('turn', { change }));
  }

  private async press(messageId: string, customId: string, ask: () => Promise<PageOutcome>): Promise<void> {
    const key = `${messageId} ${customId}`;
    if (this.state.pressed.has(key)) return;
    this.update({ pressed: new Set(this.state.pressed).add(key) });
    await this.interact(ask());
    const pressed = new Set(this.state.pressed);
    pressed.delete(key);
    this.update({ pressed });
  }

  private async interact(asked: Promise<PageOutcome>): Promise<boolean> {
    this.update({ note: undefined });
    const outcome = await this.attempt(asked);
    if (outcome?.kind === 'modal') this.update({ modal: outcome.modal });
    if (outcome?.kind === 'message') this.receive({ type: 'message', message: outcome.message });
    return outcome !== undefined;
  }

  private async loadMessages(channelId: string, before?: string): Promise<void> {
    const ask = before === undefined ? { channelId } : { channelId, before };
    const viewer = this.state.snapshot?.me.id;
    const loaded = await this.attempt(this.connection.ask('messages', ask));
    // Somebody else may look by now, who must not see what the last one saw.
    if (!loaded || viewer !== this.state.snapshot?.me.id) return;
    const known = this.state.messages.get(channelId) ?? [];
    const complete = new Set(this.state.complete);
    if (loaded.length < messagesAPage) complete.add(channelId);
    this.update({
      complete,
      messages: new Map(this.state.messages).set(channelId, mergeMessages(known, loaded)),
    });
  }

  private async loadCommands(channelId: string): Promise<void> {
    const commands = await this.attempt(this.connection.ask('commands', { channelId }));
    if (commands && this.state.channelId === channelId) this.update({ commands: typedCommands(commands) });
  }

  private receive(event: PageEvent): void {
    const { channelId } = this.state;
    this.update(receive(this.state, event));
    if (event.type === 'snapshot' && this.state.channelId !== channelId) void this.open(this.state.channelId);
    if (event.type === 'commandsChanged' && channelId !== undefined) void this.loadCommands(channelId);
  }

  /** Undefined where the sandbox refused; the person then reads why. */
  private async attempt<Result>(asked: Promise<Result>): Promise<Result | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.update({ note: { channelId: this.state.channelId, text: error.message } });
      return undefined;
    }
  }

  private update(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    this.changed(this.state);
  }
}
