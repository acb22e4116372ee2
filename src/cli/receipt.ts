/** `rollouts verify <file>`: what a receipt proves, or what is wrong with it. Needs neither the bot nor its state. */
import { count } from '../lib/core/count.js';
import { readFile } from 'node:fs/promises';
import { stopwatch } from '../lib/alerts/wording/stopwatch.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import type { CheckVerdict } from '../lib/rollbacks/proof/Proof.js';
import type { Receipt } from '../lib/rollbacks/proof/receipt/Receipt.js';
import {
  concludeCheck,
  verifyReceipt,
  type ReceiptProblem,
} from '../lib/rollbacks/proof/receipt/verifyReceipt.js';
import { BadSnapshot } from '../lib/state/errors.js';
import { readSnapshotFile } from '../lib/state/snapshotFile.js';
import { moment, summary } from './contents.js';
import type { Report } from './Terminal.js';

/** There is no such file, or it may not be read. */
export class CannotRead extends RolloutError {
  public readonly code = 'CANNOT_READ';
}

/** A receipt, or a snapshot, told apart by their first bytes. @throws {CannotRead} */
export async function verifyFile(path: string): Promise<Report> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read: ${cause.code ?? cause.message}`;
    throw new CannotRead(`${path} ${why}.`, {
      next: 'Look whether the name is right and the file is yours to read.',
      cause,
    });
  });
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? verifySnapshot(path) : verifyReceiptFile(path, bytes.toString('utf8'));
}

function verifyReceiptFile(path: string, text: string): Report {
  const { ok, problems, receipt } = verifyReceipt(text);
  const json = {
    ok,
    file: path,
    kind: 'receipt',
    problems,
    proof: receipt?.proof.verdict,
    digest: receipt?.digest,
  };
  if (receipt === undefined || !ok)
    return {
      exitCode: 1,
      text: [`${path} does not hold:`, ...problems.map(problemLine), ...advice].join('\n'),
      json,
    };
  return { exitCode: 0, text: [`${path} is as it was made.`, ...whatItSays(receipt)].join('\n'), json };
}

const advice = [
  'Do not rely on it. The original is attached to the last notice of the rollback; /rollback status shows its digest, which the audit keeps, too.',
];

function problemLine({ part, problem }: ReceiptProblem): string {
  return `  ${part}: ${problem}`;
}

const proofWords: Readonly<Record<Receipt['proof']['verdict'], string>> = {
  proven: 'Proven: all five checks passed.',
  failed: 'Not proven: a check failed.',
  unknown: 'Not proven: not everything could be known within the hour.',
};

function whatItSays(receipt: Receipt): readonly string[] {
  const { rollback, proof, audit, digest } = receipt;
  const entries = audit.runs.reduce((sum, run) => sum + run.entries.length, 0);
  const reaches = audit.runs.some((run) => run.entries.at(-1)?.id === audit.head.id);
  return [
    ...whatHappened(rollback),
    proofWords[proof.verdict],
    ...proof.checks.map((check) => {
      const concluded = concludeCheck(check) ?? check;
      return `  ${marks[concluded.verdict]} ${check.name}: ${concluded.sentence}`;
    }),
    `Audit: ${count(entries, 'entry', 'entries')}, whose seals fit${reaches ? ', up to its head' : ''} ${audit.head.id} (${audit.head.seal}).`,
    `Digest: ${digest}`,
    `Compare it with the one that /rollback status ${rollback.id} and the last notice of the rollback show: who writes a receipt anew cannot change those.`,
  ];
}

const marks: Readonly<Record<CheckVerdict, string>> = { passed: '✓', failed: '✗', unknown: '?' };

function whatHappened(rollback: Receipt['rollback']): readonly string[] {
  const { id, kind, flag, trigger, reason, by, pressedAt, offAt, endedAt, affected } = rollback;
  const off = offAt === null ? 'It never said that it was off' : `Off after ${stopwatch(offAt - pressedAt)}`;
  const end = endedAt === null ? '' : `, complete after ${stopwatch(endedAt - pressedAt)}`;
  return [
    `Rollback ${id} of ${flag ?? 'everything'} (${kind}, ${trigger}), ${moment(pressedAt)}, by ${by.name} (${by.id}): ${reason}`,
    `${off}${end}. ${count(affected.guilds, 'guild')} had it on.`,
  ];
}

async function verifySnapshot(path: string): Promise<Report> {
  try {
    const snapshot = await readSnapshotFile(path);
    const { head, takenAt } = snapshot;
    const text = `${path} is whole: ${summary(snapshot)}.`;
    return { exitCode: 0, text, json: { ok: true, file: path, kind: 'snapshot', head, takenAt } };
  } catch (error) {
    if (!(error instanceof BadSnapshot)) throw error;
    const { message, next } = error;
    const text = next === undefined ? message : `${message}\n${next}`;
    return { exitCode: 1, text, json: { ok: false, file: path, kind: 'snapshot', problems: [message] } };
  }
}
