/** Verifies a receipt from its file alone: nothing is asked of the bot, of its state or of Discord. */
import type { Json } from '../../../core/Json.js';
import { concludeCommandsWork } from '../checks/commandsWork.js';
import { concludeDataIntegrity } from '../checks/dataIntegrity.js';
import type { Conclusion } from '../checks/Finding.js';
import { concludeFlagsOff } from '../checks/flagsOff.js';
import { concludeNormality } from '../checks/normality.js';
import type { CheckName } from '../Proof.js';
import { verdictOf } from '../verdict.js';
import { brokenAt, holds } from './auditRuns.js';
import {
  digestOf,
  digestOfReceipt,
  receiptParts,
  receiptSchema,
  receiptText,
  type Receipt,
  type ReceiptPart,
} from './Receipt.js';

export interface ReceiptProblem {
  /** Which part of the file it is about. */
  readonly part: ReceiptPart | 'file' | 'digest';
  /** One sentence. */
  readonly problem: string;
}

export interface ReceiptVerdict {
  /** True where the receipt is as it was made, whatever it says. */
  readonly ok: boolean;
  readonly problems: readonly ReceiptProblem[];
  /** Undefined where the file is no receipt. */
  readonly receipt: Receipt | undefined;
}

/** Never throws. */
export function verifyReceipt(text: string): ReceiptVerdict {
  const parsed = parse(text);
  const read = receiptSchema.safeParse(parsed);
  if (!read.success)
    return {
      ok: false,
      problems: [{ part: 'file', problem: whyNone(parsed, read.error) }],
      receipt: undefined,
    };
  const raw = parsed as { readonly [field: string]: Json };
  const receipt = read.data;
  const problems = [
    ...digestProblems(raw, receipt),
    ...fileProblems(text, raw),
    ...auditProblems(receipt),
    ...proofProblems(receipt),
    ...timeProblems(receipt),
  ];
  return { ok: problems.length === 0, problems, receipt };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyNone(
  parsed: unknown,
  { issues: [issue] }: { readonly issues: readonly { path: PropertyKey[]; message: string }[] },
): string {
  if (parsed === undefined) return 'It is no JSON: it was cut off or changed.';
  const isReceipt = typeof parsed === 'object' && parsed !== null && 'format' in parsed;
  if (!isReceipt || issue?.path[0] === 'format') return 'It is no receipt of a rollback.';
  if (issue?.path[0] === 'version')
    return 'It was made by another version of this program: use that one to verify it.';
  return `${issue?.path.map(String).join('.') || 'It'} is not what a receipt holds there: ${issue?.message ?? 'not readable'}`;
}

function digestProblems(
  raw: { readonly [field: string]: Json },
  { digests, digest }: Receipt,
): ReceiptProblem[] {
  const changed = receiptParts
    .filter((part) => digestOf(raw[part] ?? null) !== digests[part])
    .map((part): ReceiptProblem => ({
      part,
      problem: 'It was changed after the receipt was made: its digest does not fit.',
    }));
  if (digestOfReceipt(raw) === digest) return changed;
  return [
    ...changed,
    { part: 'digest', problem: 'The digest over the whole receipt does not fit its content.' },
  ];
}

/** Spaces, line ends, the order of fields, a field twice: content that reads the same in other bytes. */
function fileProblems(text: string, raw: Json): ReceiptProblem[] {
  if (text === receiptText(raw)) return [];
  return [
    {
      part: 'file',
      problem: 'It is not written as it was made: something rewrote the file. Verify the original.',
    },
  ];
}

function auditProblems({ audit: { head, runs }, rollback }: Receipt): ReceiptProblem[] {
  const problems: ReceiptProblem[] = [];
  const say = (problem: string): void => void problems.push({ part: 'audit', problem });
  for (const run of runs) {
    const broken = brokenAt(run);
    if (broken !== undefined)
      say(`The entry ${broken.id}, or one before it, was changed: its seal does not fit.`);
  }
  const entries = runs.flatMap((run) => run.entries);
  if (!entries.some(({ body }) => holds(body, rollback.id))) say('No entry speaks of this rollback.');
  const last = entries.find(({ id }) => id === head.id);
  if (last !== undefined && last.seal !== head.seal) say('The sealed head does not fit the entries.');
  return problems;
}

const conclusions: Readonly<Record<CheckName, (evidence: Json) => Conclusion | undefined>> = {
  'flags-off': concludeFlagsOff,
  'performance-restored': concludeNormality,
  'errors-normal': concludeNormality,
  'commands-work': concludeCommandsWork,
  'data-integrity': concludeDataIntegrity,
};

/** What a check's evidence says, whatever the check itself says; undefined where there is nothing to conclude from. */
export function concludeCheck({
  name,
  evidence,
}: Receipt['proof']['checks'][number]): Conclusion | undefined {
  return conclusions[name](evidence);
}

function proofProblems({ proof }: Receipt): ReceiptProblem[] {
  const wrong = proof.checks.flatMap((check): ReceiptProblem[] => {
    const { name, verdict } = check;
    const concluded = concludeCheck(check)?.verdict ?? 'unknown';
    if (concluded === verdict) return [];
    return [{ part: 'proof', problem: `"${name}" says ${verdict}, but its evidence says ${concluded}.` }];
  });
  const verdict = verdictOf(proof.checks);
  if (verdict === proof.verdict) return wrong;
  return [...wrong, { part: 'proof', problem: `It says ${proof.verdict}, but its checks say ${verdict}.` }];
}

/** Clocks of several machines differ by less than this, ms. */
const skewMs = 60_000;

function timeProblems({ rollback: { pressedAt, offAt, endedAt }, steps }: Receipt): ReceiptProblem[] {
  const isBefore = (later: number | null, earlier: number | null): boolean =>
    later !== null && earlier !== null && later < earlier - skewMs;
  const isBackwards =
    isBefore(offAt, pressedAt) ||
    isBefore(endedAt, offAt ?? pressedAt) ||
    steps.some(({ startedAt, endedAt: end }) => isBefore(end, startedAt));
  return isBackwards ? [{ part: 'rollback', problem: 'Its times run backwards.' }] : [];
}
