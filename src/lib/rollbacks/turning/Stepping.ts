/** Runs the steps outside of state, one after the other: begin and end are a commit each, and between them nothing is lost. */
import { RolloutError } from '../../core/RolloutError.js';
import type { Clock } from '../../core/Clock.js';
import { telling, withStep } from '../change.js';
import type { RollbackCommits } from '../acting/RollbackCommits.js';
import type { RollbackDocument, RollbackStep } from '../documents.js';
import { stepFailed } from '../notices.js';
import { heldBack, onlyPlannedInDrills } from '../steps.js';
import type { StepWork } from '../work.js';
import { type Background, type Came, TookTooLong } from './Background.js';
import { type Again, keeper, type Look } from './Look.js';

export type StepResult = Pick<RollbackStep, 'detail' | 'facts'>;

export interface SteppingOptions {
  readonly works: readonly StepWork[];
  readonly commits: RollbackCommits;
  readonly background: Background<StepResult>;
  readonly realTime: Clock;
  /** Told of what a work threw that was not meant for people. */
  readonly warn: (message: string, cause: unknown) => void;
}

/** How far it is is written at most so often, and looked at so often, ms. */
const progressMs = 2_000;

export class Stepping {
  private readonly writtenAt = new Map<string, number>();

  public constructor(private readonly options: SteppingOptions) {}

  public async look(look: Look, step: RollbackStep): Promise<Again> {
    const { background } = this.options;
    const { document } = look;
    const work = this.options.works.find(({ name }) => name === step.name);
    const key = `${document.id} ${step.name}`;
    if (step.state === 'waiting') {
      const because = await this.skippedBecause(document, step, work);
      if (because !== null)
        return this.write(look, withStep(document, step.name, { state: 'skipped', detail: because }));
    }
    if (work === undefined) return this.failed(look, step, 'Nothing is configured for it any more.');
    if (step.state === 'waiting') return this.begin(look, step);
    const came = background.came(key);
    if (came !== undefined) return this.ended(look, step, key, came);
    if (!background.has(key)) {
      // Also where the leader before this one died in it: it is run again from the beginning.
      background.start(key, work.deadlineMs, ({ signal, progress }) =>
        work.run({ rollback: document, signal, progress }),
      );
      return progressMs;
    }
    await this.progress(look, step, background.detail(key));
    return progressMs;
  }

  /** Another rollback's steps come first. */
  public async wait(look: Look, { name, detail }: RollbackStep, { flag }: RollbackDocument): Promise<Again> {
    const why = `Waits until the rollback of ${flag ?? 'everything'} is done with its steps.`;
    if (detail !== why) await this.write(look, withStep(look.document, name, { detail: why }));
    return progressMs;
  }

  private async skippedBecause(
    document: RollbackDocument,
    { name }: RollbackStep,
    work: StepWork | undefined,
  ): Promise<string | null> {
    const because = heldBack(document, name);
    if (because !== null) return because;
    if (work === undefined) return 'Nothing is configured for it.';
    const skipped = work.skipped(document);
    if (skipped !== null) return skipped;
    if (document.kind !== 'drill' || !onlyPlannedInDrills.has(name)) return null;
    const lines = await work.plan(document).catch((error: unknown) => [sentenceOf(error)]);
    return `Only planned in a drill. ${lines.join(' ')}`;
  }

  private begin(look: Look, { name }: RollbackStep): Promise<Again> {
    const startedAt = this.options.realTime.now();
    return this.write(look, withStep(look.document, name, { state: 'running', startedAt }));
  }

  private async ended(look: Look, step: RollbackStep, key: string, came: Came<StepResult>): Promise<Again> {
    if (came.is === 'failed') {
      const { error } = came;
      const isForPeople = error instanceof RolloutError || error instanceof TookTooLong;
      if (!isForPeople) this.options.warn(`The step "${step.name}" of a rollback failed.`, error);
      await this.failed(look, step, sentenceOf(error));
    } else {
      const endedAt = this.options.realTime.now();
      await this.write(look, withStep(look.document, step.name, { ...came.value, state: 'done', endedAt }));
    }
    this.options.background.forget(key);
    this.writtenAt.delete(key);
    return 0;
  }

  private failed({ document, fence }: Look, { name }: RollbackStep, detail: string): Promise<Again> {
    const endedAt = this.options.realTime.now();
    const next = withStep(document, name, { state: 'failed', endedAt, detail });
    const told = telling(next, endedAt, 'bad', detail);
    const meaning = new Set([heldBack(next, 'hand-over'), heldBack(next, 'take-down')]);
    const sentences = isOfDriver(name) ? [...meaning].filter((sentence) => sentence !== null) : [];
    return this.write({ document, fence }, told, stepFailed(told, name, detail, sentences));
  }

  private async progress(
    look: Look,
    { name, detail }: RollbackStep,
    said: string | undefined,
  ): Promise<void> {
    const now = this.options.realTime.now();
    const key = `${look.document.id} ${name}`;
    if (said === undefined || said === detail || now - (this.writtenAt.get(key) ?? 0) < progressMs) return;
    this.writtenAt.set(key, now);
    await this.write(look, withStep(look.document, name, { detail: said }));
  }

  private async write(
    { document: before, fence }: Look,
    document: RollbackDocument,
    notices: ReturnType<typeof stepFailed> = [],
  ): Promise<Again> {
    await this.options.commits.write({ before, document, notices, by: keeper, fence });
    return 0;
  }
}

function isOfDriver(name: RollbackStep['name']): boolean {
  return name === 'bring-up' || name === 'hand-over' || name === 'take-down';
}

function sentenceOf(error: unknown): string {
  if (error instanceof TookTooLong)
    return `It took longer than ${Math.round(error.deadlineMs / 1_000)} s, and was given up.`;
  if (error instanceof RolloutError) return [error.message, error.next].filter(Boolean).join(' ');
  return `It failed: ${error instanceof Error ? error.message : String(error)}`;
}
