/** `settings:roll-call`: the questions that were asked last, which the change feed carries to every process. */
import { z } from 'zod';
import type { DocumentBody, StoredDocument } from '../state/Store.js';
import type { Question } from './PresenceRoom.js';

export const rollCallKey = 'roll-call';

/** Older ones have had their answers, or will have none. */
const mostQuestions = 8;

export interface AskedQuestion extends Question {
  /** Store's time; tells two questions apart that were given one id. */
  readonly askedAt: number;
}

const rollCall = z.looseObject({
  questions: z.array(z.object({ id: z.string(), kind: z.string(), body: z.json(), askedAt: z.number() })),
});

/** Oldest first; none where the document is not what this program writes. */
export function questionsIn(document: StoredDocument | null): readonly AskedQuestion[] {
  return rollCall.safeParse(document).data?.questions ?? [];
}

export function withQuestion(questions: readonly AskedQuestion[], added: AskedQuestion): DocumentBody {
  return {
    schema: 1,
    questions: [...questions, added]
      .slice(-mostQuestions)
      .map(({ id, kind, body, askedAt }) => ({ id, kind, body, askedAt })),
  };
}
