/** What one simulated member does in one go: a greeting, and now and then a word about it. */
import type { Outcome } from '../interactions/Interaction.js';
import type { ClientActions } from '../people/ClientActions.js';
import type { Knobs } from '../simulation/Knobs.js';
import type { Answers } from './Answers.js';
import { isReported, starsFor, type Greeted } from './opinions.js';

/** What is counted of a visit. */
export interface VisitTally {
  readonly commands: number;
  readonly how: Greeted;
  readonly reports: number;
  readonly ratings: number;
}

const feature = 'new_greeting';

export class Visit {
  private commands = 0;

  public constructor(
    private readonly member: ClientActions,
    private readonly answers: Answers,
    private readonly knobs: Knobs,
    private readonly random: () => number,
    /** What each member has said already: nobody rates or reports the same thing twice. */
    private readonly said: Set<string>,
  ) {}

  /** Whether the bot has a command of this name here: while it starts it has none. */
  public knows(name: string): boolean {
    return this.member.commands().some((command) => command.name === name);
  }

  public async make(): Promise<VisitTally> {
    const how = await this.type('hello', {}, greeted);
    const stars = starsFor(how, this.knobs.ratings, this.random);
    const isRated = stars !== undefined && (await this.rate(stars));
    const isSaid = isReported(how, this.knobs.reports, this.random) && (await this.report());
    return { commands: this.commands, how, reports: Number(isSaid), ratings: Number(isRated) };
  }

  private async rate(stars: number): Promise<boolean> {
    if (!this.isNews('feedback')) return false;
    return this.type('feedback', { feature, stars }, (outcome) => outcome !== undefined);
  }

  private async report(): Promise<boolean> {
    if (!this.isNews('report')) return false;
    return this.type('report', { feature, severity: 'critical' }, (outcome) => {
      // Who has reported it in the last hour, before a restart of the sandbox, gets no form.
      if (outcome?.kind !== 'modal') return false;
      const { id } = outcome.interaction.facts;
      const words = { 'What happened?': 'It greets me as if I were somebody else. (simulated)' };
      return this.answers.of(this.member.submit(id, words), (sent) => sent !== undefined);
    });
  }

  private isNews(command: string): boolean {
    const key = `${command} ${this.member.user.id}`;
    if (this.said.has(key) || !this.knows(command)) return false;
    this.said.add(key);
    return true;
  }

  private type<Result>(
    command: string,
    options: Readonly<Record<string, string | number>>,
    then: (outcome: Outcome | undefined) => Result | Promise<Result>,
  ): Promise<Result> {
    this.commands += 1;
    return this.answers.of(this.member.slash(command, options), then);
  }
}

/** Read off the words, as a person would. */
function greeted(outcome: Outcome | undefined): Greeted {
  if (outcome?.kind !== 'message') return 'unanswered';
  const { content } = outcome.message;
  if (content.includes('went wrong')) return 'failed';
  return content.includes('**new** greeting') ? 'new' : 'old';
}
