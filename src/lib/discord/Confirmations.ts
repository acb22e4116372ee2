/** Questions that wait for their asker's answer: in memory, for two minutes of real time, answered once. */
import { newId, type RandomBytes } from '../core/ids.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Actor } from '../flags/changes.js';
import type { ChangeRequest } from '../flags/FlagsRoom.js';
import type { Proposal } from '../flags/results.js';

/** How long a person may think, ms. */
export const confirmationTtlMs = 2 * 60_000;

export type ConfirmableRequest = ChangeRequest & { readonly confirmed: Proposal };

interface Question<Request> {
  readonly request: Request;
  readonly expiresAt: number;
  state: 'open' | 'answered';
}

export class NotYourQuestion extends RolloutError {
  public readonly code = 'NOT_YOUR_QUESTION';
}

/** The question can no longer be answered; nothing was changed by asking. */
export class QuestionClosed extends RolloutError {
  public readonly code = 'QUESTION_CLOSED';

  public constructor(
    message: string,
    /** By the same person: the card shows, or is about to show, what came of it. */
    public readonly wasAnswered: boolean,
    next: string,
  ) {
    super(message, { next });
  }
}

/** `Request`: what is kept until its asker answers. */
export class Confirmations<Request extends { readonly by: Actor } = ConfirmableRequest> {
  private readonly questions = new Map<string, Question<Request>>();

  public constructor(private readonly random?: RandomBytes) {}

  /** Keeps the question; answers its id. `now`: real time, ms since epoch. */
  public ask(request: Request, now: number): string {
    this.forget(now);
    const id = newId(12, this.random);
    this.questions.set(id, { request, expiresAt: now + confirmationTtlMs, state: 'open' });
    return id;
  }

  /** Closes the question and answers what was asked. Throws {@link NotYourQuestion} or {@link QuestionClosed}. */
  public take(id: string, userId: string, now: number): Request {
    const question = this.questions.get(id);
    if (question === undefined)
      throw new QuestionClosed(
        'This question is no longer open: it expired, or the bot was restarted since.',
        false,
        'Nothing was changed. Run the command again if you still want it.',
      );
    if (question.request.by.id !== userId)
      throw new NotYourQuestion('Only the person who ran the command may answer this.', {
        next: 'Run the command yourself if you want the change.',
      });
    if (question.state === 'answered')
      throw new QuestionClosed('You answered this already.', true, 'The first answer counts.');
    if (now >= question.expiresAt)
      throw new QuestionClosed(
        'This question expired: a confirmation is good for 2 minutes.',
        false,
        'Nothing was changed. Run the command again if you still want it.',
      );
    question.state = 'answered';
    return question.request;
  }

  /** Keeps closed and expired questions for one more while, to say what became of them, and no longer. */
  private forget(now: number): void {
    for (const [id, question] of this.questions)
      if (now >= question.expiresAt + confirmationTtlMs) this.questions.delete(id);
  }
}

const byHouse = new WeakMap<object, Confirmations>();

/** The open questions of one bot; they live and die with it. */
export function confirmationsOf(house: object): Confirmations {
  const known = byHouse.get(house);
  if (known !== undefined) return known;
  const fresh = new Confirmations();
  byHouse.set(house, fresh);
  return fresh;
}
