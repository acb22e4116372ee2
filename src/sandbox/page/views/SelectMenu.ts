/** A select menu as Discord draws it. One choice is sent at once; several when the list closes. Emits `chosen` with the values. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';

export interface SelectChoice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly isChosen?: boolean;
}

export class SelectMenu extends LitElement {
  public static override properties = {
    choices: { attribute: false },
    placeholder: { attribute: false },
    least: { attribute: false },
    most: { attribute: false },
    disabled: { attribute: false },
    isOpen: { state: true },
    active: { state: true },
    chosen: { state: true },
  };

  declare public choices: readonly SelectChoice[];
  declare public placeholder: string;
  declare public least: number;
  declare public most: number;
  declare public disabled: boolean;
  declare private isOpen: boolean;
  declare private active: number;
  /** Values picked since the list was opened; undefined while it is closed. */
  declare private chosen: ReadonlySet<string> | undefined;

  public constructor() {
    super();
    this.choices = [];
    this.placeholder = '';
    this.least = 1;
    this.most = 1;
    this.disabled = false;
    this.isOpen = false;
    this.active = 0;
    this.chosen = undefined;
  }

  /** Drawn in the page itself, so that its styles apply. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const picked = this.picked();
    const words = this.choices.filter(({ value }) => picked.has(value)).map(({ label }) => label);
    return html`<button
        type="button"
        class="select"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        aria-label=${this.placeholder}
        ?disabled=${this.disabled}
        @click=${() => this.toggle()}
        @keydown=${(event: KeyboardEvent) => this.press(event)}
        @blur=${() => this.close()}
      >
        <span class=${words.length === 0 ? 'select-placeholder' : ''}
          >${words.length === 0 ? this.placeholder : words.join(', ')}</span
        ><span class="chevron" aria-hidden="true"></span>
      </button>
      ${this.isOpen ? this.list(picked) : nothing}`;
  }

  private list(picked: ReadonlySet<string>): TemplateResult {
    return html`<div
      class="select-list"
      role="listbox"
      aria-multiselectable=${this.most > 1 ? 'true' : 'false'}
    >
      ${this.choices.map(
        ({ value, label, description }, at) =>
          html`<div
            class="select-choice ${at === this.active ? 'active' : ''}"
            role="option"
            aria-selected=${picked.has(value) ? 'true' : 'false'}
            @mousedown=${(event: Event) => event.preventDefault()}
            @mouseenter=${() => (this.active = at)}
            @click=${() => this.pick(value)}
          >
            <span>${label}</span>${description === undefined ? nothing : html`<small>${description}</small>`}
          </div>`,
      )}
    </div>`;
  }

  private picked(): ReadonlySet<string> {
    return (
      this.chosen ??
      new Set(this.choices.filter(({ isChosen }) => isChosen === true).map(({ value }) => value))
    );
  }

  private toggle(): void {
    if (this.isOpen) return this.close();
    this.isOpen = true;
    this.active = 0;
    this.chosen = this.picked();
  }

  private press(event: KeyboardEvent): void {
    const choice = this.choices[this.active];
    if (event.key === 'Escape') this.cancel();
    else if (event.key === 'ArrowDown' && !this.isOpen) this.toggle();
    else if (event.key === 'ArrowDown') this.active = Math.min(this.active + 1, this.choices.length - 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(this.active - 1, 0);
    else if ((event.key === 'Enter' || event.key === ' ') && this.isOpen && choice) this.pick(choice.value);
    else return;
    event.preventDefault();
  }

  private pick(value: string): void {
    if (this.most === 1) return this.send([value]);
    const chosen = new Set(this.picked());
    if (chosen.has(value)) chosen.delete(value);
    else if (chosen.size < this.most) chosen.add(value);
    this.chosen = chosen;
  }

  private cancel(): void {
    this.isOpen = false;
    this.chosen = undefined;
  }

  /** Several choices are sent when the list closes, if they changed and there are enough of them. */
  private close(): void {
    if (!this.isOpen) return;
    const chosen = [...this.picked()];
    const before = this.choices.filter(({ isChosen }) => isChosen === true).map(({ value }) => value);
    const isChanged = chosen.length !== before.length || chosen.some((value) => !before.includes(value));
    if (this.most > 1 && isChanged && chosen.length >= this.least) this.send(chosen);
    else this.cancel();
  }

  private send(values: readonly string[]): void {
    this.cancel();
    this.dispatchEvent(new CustomEvent('chosen', { detail: values }));
  }
}
