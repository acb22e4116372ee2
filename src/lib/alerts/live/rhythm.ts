/** How often one message is edited. Discord limits edits of old messages, and nobody reads a card that changes every second. */
import type { LiveMessage } from './LiveMessage.js';
import type { LiveRecord } from './liveDocument.js';

const youngMs = 3_600_000;
/** Between two edits of a message that is less than an hour old. */
const youngEveryMs = 5_000;
/** Between two edits of an older one. */
export const oldEveryMs = 600_000;
/** The same where people should see it at once: of a young message, and of an older one. */
const youngUrgentMs = 1_000;
const oldUrgentMs = 15_000;

/** When the message may be edited, real time; undefined where it shows what it should. */
export function editDue(
  record: LiveRecord,
  { digest, mark }: Pick<LiveMessage<unknown>, 'digest' | 'mark'>,
  now: number,
): number | undefined {
  const { written, createdAt } = record;
  if (written.digest === digest && written.mark === mark) return undefined;
  const isUrgent = written.mark !== mark;
  if (now - createdAt < youngMs) return written.at + (isUrgent ? youngUrgentMs : youngEveryMs);
  return written.at + (isUrgent ? oldUrgentMs : oldEveryMs);
}
