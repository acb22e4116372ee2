/** Looks for the proof of a rollback because somebody asks, whatever was found before. */
import { Conflict } from '../state/errors.js';
import type { RollbackCommits } from './acting/RollbackCommits.js';
import type { RollbackDocument } from './documents.js';
import type { Proof } from './proof/Proof.js';
import type { RollbackIndex } from './RollbackIndex.js';
import { isOver } from './transitions.js';
import { keeper } from './turning/Look.js';
import type { Prove } from './work.js';

export interface ValidatingOptions {
  readonly index: RollbackIndex;
  readonly commits: RollbackCommits;
  readonly prove: Prove;
}

export class Validating {
  public constructor(private readonly options: ValidatingOptions) {}

  /**
   * What is found is written down while the proof is still open. A receipt quotes the proof that it was written with, and that
   * one stays: what is found later is told, and not kept.
   */
  public async validate(rollback: string): Promise<{ rollback: RollbackDocument; proof: Proof }> {
    const { index, commits, prove } = this.options;
    const document = index.find(rollback);
    const proof = await prove(document, null);
    const isKept = document.state === 'completed' && document.proof?.isFinal !== true;
    if (!isKept || proof.isFinal || !isOver(document.state)) return { rollback: document, proof };
    const next = { ...document, proof: { ...proof, beganAt: document.proof?.beganAt ?? proof.beganAt } };
    try {
      return { rollback: await commits.write({ before: document, document: next, by: keeper }), proof };
    } catch (error) {
      // The lease holder has found something in the same moment, and written that.
      if (!(error instanceof Conflict)) throw error;
      return { rollback: index.find(rollback), proof };
    }
  }
}
