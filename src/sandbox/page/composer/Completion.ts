/** Asks the bot what an option may be, not at every key and never showing an older answer than the last one asked for. */
import type { Session } from '../session/Session.js';
import { asksTheBot, type Choice } from '../slash/choices.js';
import { partialOptions, type Draft } from '../slash/draft.js';

/** A person who types on is not asked about. */
const pauseMs = 120;

export class Completion {
  /** The bot's last answer for the field. */
  public choices: readonly Choice[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;
  private field: string | undefined;

  public constructor(private readonly answered: (choices: readonly Choice[]) => void) {}

  /** True where the bot is asked about this field; what it said to the same field before stays until it answers. */
  public ask(session: Session, draft: Draft | undefined, field: string): boolean {
    this.cancel();
    if (field !== this.field) this.choices = [];
    this.field = field;
    const option = draft?.fields.find((open) => open.option.name === field)?.option;
    if (!draft || !option || !asksTheBot(option)) return false;
    const mine = this.latest;
    const { path } = draft.command;
    this.timer = setTimeout(() => {
      void session.complete(path, partialOptions(draft, field), field).then((choices) => {
        if (mine !== this.latest) return;
        this.choices = choices;
        this.answered(choices);
      });
    }, pauseMs);
    return true;
  }

  /** An answer on its way is not shown any more. */
  public cancel(): void {
    clearTimeout(this.timer);
    this.latest += 1;
  }
}
