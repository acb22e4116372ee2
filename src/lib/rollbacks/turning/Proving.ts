/** Looks for the proof until it is known or the hour is over, writes it down where it says something new, and ends the rollback. */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/Clock.js';
import { Unavailable } from '../../state/errors.js';
import type { RollbackCommits } from '../acting/RollbackCommits.js';
import { moved, stepOf, telling, withStep } from '../change.js';
import type { RollbackDocument } from '../documents.js';
import { completed, proofKnown } from '../notices.js';
import type { Proof } from '../proof/Proof.js';
import type { Prove, WriteReceipt } from '../work.js';
import type { Background } from './Background.js';
import { type Again, keeper, type Look } from './Look.js';

export interface ProvingOptions {
  readonly prove: Prove;
  readonly writeReceipt: WriteReceipt;
  readonly commits: RollbackCommits;
  readonly background: Background<Proof>;
  readonly clock: Clock;
  readonly realTime: Clock;
}

/** Real time: every process has heard of the last commit by then. */
const firstLookMs = 1_000;
/** Domain time between two looks, and how short that may be in real time, ms. */
const betweenLooksMs = 30_000;
const shortestMs = 1_000;
/** Real time for one look, ms. */
const deadlineMs = 60_000;
/** Real time after which a rollback counts as complete although not everything is known yet, ms. */
const patienceMs = 5 * 60_000;

export class Proving {
  /** Real time of the last look, by rollback. */
  private readonly lookedAt = new Map<string, number>();

  public constructor(private readonly options: ProvingOptions) {}

  /** Of a rollback whose other steps are over. */
  public async look(look: Look): Promise<Again> {
    const { background, realTime } = this.options;
    const { document } = look;
    if (document.state === 'running') return this.begin(look);
    const came = background.came(document.id);
    if (came !== undefined) {
      background.forget(document.id);
      if (came.is === 'done') return this.found(look, came.value);
      // The store is away, or the look broke: there is another one.
      if (!(came.error instanceof Unavailable)) throw came.error;
    }
    const startedAt = stepOf(document, 'proof')?.startedAt ?? realTime.now();
    if (document.state === 'proving' && realTime.now() - startedAt >= patienceMs)
      return this.end(look, document);
    return background.has(document.id) ? shortestMs : this.lookAgain(document, startedAt);
  }

  /** Nothing is left to do. */
  public forget(id: string): void {
    this.lookedAt.delete(id);
  }

  private begin({ document: before, fence }: Look): Promise<Again> {
    const startedAt = this.options.realTime.now();
    const document = moved(withStep(before, 'proof', { state: 'running', startedAt }), 'proving');
    return this.write(before, document, fence);
  }

  private lookAgain(document: RollbackDocument, startedAt: number): Again {
    const { background, prove, clock, realTime } = this.options;
    const last = this.lookedAt.get(document.id);
    const betweenMs = Math.max(shortestMs, betweenLooksMs / (clock.speed ?? 1));
    const dueAt = last === undefined ? startedAt + firstLookMs : last + betweenMs;
    const now = realTime.now();
    if (now < dueAt) return dueAt - now;
    this.lookedAt.set(document.id, now);
    background.start(document.id, deadlineMs, () => prove(document, document.proof));
    return shortestMs;
  }

  private async found(look: Look, proof: Proof): Promise<Again> {
    const { document, fence } = look;
    const isNews = document.proof === null || !isDeepStrictEqual(saidBy(proof), saidBy(document.proof));
    const next = isNews ? withProof(document, proof, this.options.realTime.now()) : document;
    if (proof.isFinal) return this.end(look, { ...next, proof });
    return isNews ? this.write(document, next, fence) : shortestMs;
  }

  /** Complete, and where the proof is final, with its receipt. Told twice where it became final later. */
  private async end({ document: before, fence }: Look, document: RollbackDocument): Promise<Again> {
    const { commits, writeReceipt, realTime } = this.options;
    const isFinal = document.proof?.isFinal === true;
    const realNow = realTime.now();
    const closed = isFinal ? withStep(document, 'proof', closing(document.proof, realNow)) : document;
    const ended = before.state === 'completed' ? closed : moved(closed, 'completed', { endedAt: realNow });
    const receipt = isFinal ? await writeReceipt(ended, fence) : undefined;
    const next = { ...ended, receipt: receipt?.digest ?? null };
    await commits.write({
      ...{ before, document: next, by: keeper, fence },
      notices: before.state === 'completed' ? proofKnown(next, receipt) : completed(next, receipt),
      title: isFinal
        ? `The rollback of ${next.flag ?? 'everything'} is complete, with its receipt`
        : `The rollback of ${next.flag ?? 'everything'} is complete; its proof is still looked for`,
      facts: { receipt: next.receipt, proof: next.proof?.verdict ?? null },
    });
    return 0;
  }

  private async write(
    before: RollbackDocument,
    document: RollbackDocument,
    fence: Look['fence'],
  ): Promise<Again> {
    await this.options.commits.write({ before, document, by: keeper, fence });
    return 0;
  }
}

/** What a person would read differently; the numbers behind it move with every look. */
function saidBy({ verdict, isFinal, checks }: Proof): unknown {
  return { verdict, isFinal, checks: checks.map((check) => [check.name, check.verdict, check.sentence]) };
}

function withProof(document: RollbackDocument, proof: Proof, realNow: number): RollbackDocument {
  const next = withStep({ ...document, proof }, 'proof', { detail: inWords(proof) });
  if (proof.verdict === document.proof?.verdict) return next;
  const tone = proof.verdict === 'proven' ? 'good' : proof.verdict === 'failed' ? 'bad' : 'info';
  return telling(next, realNow, tone, inWords(proof));
}

function closing(proof: Proof | null, endedAt: number) {
  return { state: proof?.verdict === 'failed' ? 'failed' : 'done', endedAt } as const;
}

function inWords({ verdict, isFinal, checks }: Proof): string {
  const passed = checks.filter((check) => check.verdict === 'passed').length;
  if (verdict === 'proven') return `All ${checks.length} checks passed.`;
  if (verdict === 'failed')
    return `${checks.filter((check) => check.verdict === 'failed').length} of ${checks.length} checks failed.`;
  return isFinal
    ? `${passed} of ${checks.length} checks passed; the others could not be told within the hour.`
    : `${passed} of ${checks.length} checks passed; the others are looked at again.`;
}
