/** The input under the messages: ordinary text, or a slash command that is completed as Discord's client does. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PageChannel, PageGuild, PageSnapshot } from '../../pageApi.js';
import type { Session } from '../session/Session.js';
import { asksTheBot, choicesFor } from '../slash/choices.js';
import { commandReady, splitCommand, type TypedCommand } from '../slash/commands.js';
import * as drafts from '../slash/draft.js';
import { Completion } from './Completion.js';
import { drawInput, type InputEvents } from './drawInput.js';
import { drawSuggestions } from './drawSuggestions.js';
import { keyActions, type KeyTarget } from './keys.js';
import { suggestAt, type Suggestion, type Suggestions } from './suggestions.js';
import { empty, moreField, textAt, textField, type Typing } from './Typing.js';

export class CommandInput extends LitElement implements KeyTarget {
  public static override properties = {
    session: { attribute: false },
    snapshot: { attribute: false },
    guild: { attribute: false },
    channel: { attribute: false },
    commands: { attribute: false },
    typing: { state: true },
    problem: { state: true },
  };

  declare public session: Session;
  declare public snapshot: PageSnapshot;
  declare public guild: PageGuild | undefined;
  declare public channel: PageChannel | undefined;
  declare public commands: readonly TypedCommand[];
  declare private typing: Typing;
  declare private problem: string | undefined;

  /** The focused field. */
  private at = textField;
  /** The last command sent, for the up arrow. */
  private last: drafts.Draft | undefined;
  private readonly completion = new Completion((choices) => {
    const isChosen = this.typing.draft?.fields.some(
      ({ option, value }) => option.name === this.at && value !== undefined,
    );
    this.change({ active: choices.length > 0 && isChosen !== true ? 0 : -1 });
  });
  private readonly events: InputEvents = {
    typed: (field, text) => this.typed(field, text),
    pressed: (_field, event) => keyActions(this, event),
    focused: (field) => this.focused(field),
    left: () => this.change({ isOpen: false }),
  };

  public constructor() {
    super();
    this.commands = [];
    this.typing = empty;
  }

  public suggestions(): Suggestions {
    const { typing, at, commands, completion, snapshot, guild } = this;
    return suggestAt(at, typing, commands, (field) =>
      asksTheBot(field.option)
        ? completion.choices
        : choicesFor(field.option, field.value === undefined ? field.text : '', snapshot, guild),
    );
  }

  public get state(): Typing {
    return this.typing;
  }

  public activeSuggestion(): Suggestion | undefined {
    return this.suggestions().items[this.typing.active];
  }

  public focusedField(): { name: string; text: string } {
    return { name: this.at, text: textAt(this.at, this.typing) };
  }

  public change(change: Partial<Typing>): void {
    this.typing = { ...this.typing, ...change };
  }

  public choose(item: Suggestion): void {
    const { draft } = this.typing;
    if (item.kind === 'command') this.start(drafts.startDraft(item.command));
    else if (draft && item.kind === 'option')
      this.openField(drafts.openOption(draft, item.option.name), item.option.name);
    else if (draft && item.kind === 'choice') {
      const { name, value } = item.choice;
      this.next(drafts.fill(draft, this.at, name, value));
    }
  }

  public readyCommand(): TypedCommand | undefined {
    return commandReady(this.commands, this.typing.text);
  }

  public start(draft: drafts.Draft): void {
    this.problem = undefined;
    this.next(draft);
  }

  /** Leaves the command; its name stays as text, for another one to be typed. */
  public leave(text: string): void {
    this.clear(text);
    this.goTo(textField);
  }

  /** Closes an optional field; the cursor goes to the field before it, or out of the command. */
  public back(): void {
    const { draft } = this.typing;
    if (!draft) return;
    const place = draft.fields.findIndex(({ option }) => option.name === this.at);
    const before = draft.fields.at(place < 0 ? -1 : place - 1);
    if (place === 0 || !before) return this.leave(`/${draft.command.path}`);
    this.change({ draft: drafts.closeOption(draft, this.at) });
    this.goTo(before.option.name);
  }

  public recall(): void {
    if (this.last) this.start(this.last);
  }

  public async send(): Promise<void> {
    const { draft, text, more } = this.typing;
    const ready = this.readyCommand();
    if (draft && more.trim() !== '')
      this.complain(`/${draft.command.path} has no option “${more.trim()}”.`, moreField);
    else if (draft) await this.sendCommand(draft);
    else if (ready) await this.sendCommand(drafts.startDraft(ready));
    else if (text.startsWith('/')) this.complain('No such command here.', textField);
    else if (text.trim() !== '') await this.say(text.trim());
  }

  /** Drawn in the page itself, so that its styles apply. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What one person began in one channel is sent by nobody else and nowhere else.
    const isElsewhere = changed.has('channel') && changed.get('channel')?.id !== this.channel?.id;
    const isSomebodyElse = changed.has('snapshot') && changed.get('snapshot')?.me.id !== this.snapshot.me.id;
    if (isElsewhere || isSomebodyElse) this.clear('');
    if (isElsewhere) this.goTo(textField);
  }

  protected override render(): TemplateResult {
    const suggestions = this.suggestions();
    return html`${drawSuggestions(suggestions, this.typing.active, (item) => this.choose(item))}
    ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
    ${drawInput(this.channel, { ...this.typing, isOpen: suggestions.title !== '' }, this.events)}`;
  }

  private clear(text: string): void {
    this.completion.cancel();
    this.problem = undefined;
    this.at = textField;
    this.change({ ...empty, text, isOpen: text !== '', active: text === '' ? -1 : 0 });
  }

  private async say(text: string): Promise<void> {
    this.leave('');
    if (!(await this.session.say(text)) && this.typing.text === '') this.change({ text });
  }

  private async sendCommand(draft: drafts.Draft): Promise<void> {
    const read = drafts.optionsOf(draft);
    if ('problem' in read) {
      this.change({ draft });
      return this.complain(read.problem, read.name);
    }
    this.last = draft;
    this.leave('');
    await this.session.slash(draft.command.path, read.options);
  }

  private complain(problem: string, field: string): void {
    this.problem = problem;
    this.change({ wrong: field });
    this.goTo(field);
  }

  private typed(field: string, text: string): void {
    const { draft } = this.typing;
    this.problem = undefined;
    this.change({ wrong: undefined, isOpen: true });
    if (!draft) return this.typedText(text);
    if (field === moreField) return this.typedMore(draft, text);
    const typed = drafts.typeInto(draft, field, text);
    if (typed.at !== field) return this.openField(typed.draft, typed.at);
    this.change({ draft: typed.draft });
    // The bot's last answer stays in sight until the next one, but Enter must not take what was not asked for.
    const isWaiting = this.completion.ask(this.session, this.typing.draft, field);
    this.change({ active: !isWaiting && text !== '' && this.suggestions().items.length > 0 ? 0 : -1 });
  }

  private typedText(text: string): void {
    const split = text.startsWith('/') ? splitCommand(this.commands, text.slice(1)) : undefined;
    if (split) return this.start(drafts.fillFromText(drafts.startDraft(split.command), split.rest).draft);
    this.change({ text });
    this.change({ active: this.suggestions().items.length > 0 ? 0 : -1 });
  }

  private typedMore(draft: drafts.Draft, text: string): void {
    const { draft: filled, last } = drafts.fillFromText(draft, text);
    if (last !== undefined) return this.openField(filled, last);
    this.change({ more: text });
    this.change({ active: text.trim() !== '' && this.suggestions().items.length > 0 ? 0 : -1 });
  }

  private openField(draft: drafts.Draft, name: string): void {
    this.change({ draft, more: '' });
    this.goTo(name);
  }

  /** On to the first required field that is empty, else behind all fields. */
  private next(draft: drafts.Draft): void {
    this.change({ draft, text: '', more: '', wrong: undefined });
    const missing = draft.fields.find(({ option, text }) => option.required === true && text.trim() === '');
    this.goTo(missing?.option.name ?? moreField);
  }

  private goTo(field: string): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLInputElement>(`[data-field="${field}"]`)?.focus(),
    );
  }

  private focused(field: string): void {
    this.at = field;
    this.change({ isOpen: true, active: -1 });
    const isWaiting = this.completion.ask(this.session, this.typing.draft, field);
    const isFilled = this.typing.draft !== undefined && textAt(field, this.typing) !== '';
    const offers = field !== moreField && !isWaiting && !isFilled && this.suggestions().items.length > 0;
    if (offers) this.change({ active: 0 });
  }
}
