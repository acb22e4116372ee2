/** The press: one commit, and off. With the store away it is off here at once, and everywhere as soon as the store takes it. */
import type { Clock } from '../../core/Clock.js';
import { Conflict, Unavailable } from '../../state/errors.js';
import { type Affected, countAtOnce } from '../affected.js';
import { begun, idFor } from '../begin.js';
import type { RollbackDocument } from '../documents.js';
import { TakenBack } from '../errors.js';
import { everywhere, hurried, initiated } from '../notices.js';
import { madeImmediate, turnedOff } from '../off.js';
import type { RollbackIndex } from '../RollbackIndex.js';
import type { RollbackOutcome, RollbackRequest } from '../RollbacksRoom.js';
import { telling } from '../change.js';
import { isComingDown } from '../descent/isComingDown.js';
import { hasItNow, questionsFor } from '../whoHasIt.js';
import type { StepWork } from '../work.js';
import { afterConflict, type AfterConflict } from '../../state/committing/afterConflict.js';
import { alreadySo, checkFlag, checkRequest } from './refusals.js';
import type { RollbackCommits } from './RollbackCommits.js';
import type { FlagsForRollbacks, TakingBack } from './TakingBack.js';
import { plain } from '../../core/Json.js';

export interface PressingOptions extends AfterConflict {
  readonly flags: FlagsForRollbacks;
  readonly takingBack: TakingBack;
  readonly commits: RollbackCommits;
  readonly index: RollbackIndex;
  readonly works: readonly StepWork[];
  readonly clock: Clock;
  readonly realTime: Clock;
}

interface Press {
  readonly request: RollbackRequest;
  readonly kind: 'immediate' | 'drill';
  /** Real time. */
  readonly pressedAt: number;
  /** Counted once, while it was still on here; undefined where that would have taken too long. */
  affected: Affected | undefined;
  isCounted: boolean;
  lift: () => void;
}

interface Waiting {
  readonly settled: Promise<RollbackDocument>;
  takeBack(): void;
}

/** So many questions are answered in a few ms; whoever has more guilds counts after the press. */
const mostQuestions = 50_000;
const firstWaitMs = 100;
const longestWaitMs = 2_000;
/** A press gives way to nobody: the lease holder writes a step or a batch a few times a second at most. */
const mostAttempts = 40;

export class Pressing {
  /** Presses that the store has not taken yet, by flag. */
  private readonly waiting = new Map<string | null, Waiting>();

  public constructor(private readonly options: PressingOptions) {}

  public async now(request: RollbackRequest): Promise<RollbackOutcome> {
    checkRequest(request);
    return this.press(request, 'immediate');
  }

  public drill(request: RollbackRequest): Promise<RollbackOutcome> {
    return this.press(request, 'drill');
  }

  private async press(request: RollbackRequest, kind: Press['kind']): Promise<RollbackOutcome> {
    const waiting = this.waiting.get(request.flag);
    if (waiting !== undefined) return { status: 'here-only', settled: waiting.settled };
    const press: Press = {
      ...{ request, kind, pressedAt: this.options.realTime.now(), affected: undefined, isCounted: false },
      lift: () => undefined,
    };
    try {
      const outcome = await this.land(press);
      press.lift();
      return outcome;
    } catch (error) {
      // Whatever kept the commit away: what was pressed off here must not come back by itself.
      if (error instanceof Unavailable || error instanceof Conflict)
        return { status: 'here-only', settled: this.insist(press) };
      press.lift();
      throw error;
    }
  }

  /** Takes back a press that is in force here alone. @returns what becomes of it; undefined where there is none */
  public takeBack(flag: string | null): Promise<RollbackDocument> | undefined {
    const waiting = this.waiting.get(flag);
    waiting?.takeBack();
    return waiting?.settled;
  }

  private async land(press: Press): Promise<RollbackOutcome & { readonly status: 'done' | 'unchanged' }> {
    const { flags, takingBack, commits, index } = this.options;
    const { by, flag, reason } = press.request;
    for (let attempt = 1; ; attempt++) {
      if (flag !== null) checkFlag(flags, flag);
      // Of a drill's own flag the last drill is no reason not to have another.
      const newest = press.kind === 'drill' ? undefined : index.newest(flag);
      const before = newest !== undefined && isComingDown(newest) ? newest : undefined;
      const already = before === undefined ? alreadySo(flags.world, newest, flag) : null;
      if (already !== null) return { status: 'unchanged', ...already };
      const begins = before ?? this.begins(press);
      this.turnOffHere(press);
      try {
        const parts = await takingBack.off(flag, { by, reason });
        const off = turnedOff(begins, parts, flags.world, this.options.realTime.now());
        const why = `${by.name} asked for it: ${reason}`;
        const document = before === undefined ? off : madeImmediate(off, this.options.clock.now(), why);
        const rollback = await commits.write({
          ...{ before, document, parts, by, reason },
          notices: before === undefined ? initiated(document) : hurried(document, why),
          title: `Roll back ${flag ?? 'everything'}`,
          ...(before === undefined && {
            facts: { before: plain(document.before) },
          }),
        });
        return { status: 'done', rollback };
      } catch (error) {
        await afterConflict(error, attempt, this.options, mostAttempts);
      }
    }
  }

  private begins(press: Press): RollbackDocument {
    const { request, kind, pressedAt } = press;
    const { flags, takingBack, works, clock } = this.options;
    const { flag } = request;
    this.count(press);
    const document = flag === null ? undefined : flags.world.flags.get(flag);
    return begun({
      ...{ id: idFor(flags.world, flag), kind, request, works, pressedAt, now: clock.now() },
      affected: press.affected,
      before: document === undefined ? [] : [document],
      rollouts: takingBack.openRollouts(flag).map(({ id }) => id),
    });
  }

  private count(press: Press): void {
    const { flags } = this.options;
    const { flag } = press.request;
    const { all } = flags.directory;
    if (!press.isCounted && questionsFor(flags.world, flag, all.length) <= mostQuestions) {
      press.affected = countAtOnce(all, hasItNow(flags, flag));
    }
    press.isCounted = true;
  }

  /** Before anything is sent: whatever the store does, it is off here. */
  private turnOffHere(press: Press): void {
    const { by, flag, reason } = press.request;
    press.lift();
    press.lift = this.options.flags.turnOffHere(flag, { by: by.id, at: this.options.clock.now(), reason });
  }

  /** Tries until the store takes it, somebody takes it back, or the process ends. */
  private insist(press: Press): Promise<RollbackDocument> {
    const { flag } = press.request;
    const taken = new AbortController();
    const settled = this.untilLanded(press, AbortSignal.any([taken.signal, this.options.signal])).finally(
      () => {
        press.lift();
        this.waiting.delete(flag);
      },
    );
    // Whoever asked may have gone; the outcome is announced to staff in any case.
    settled.catch(() => undefined);
    this.waiting.set(flag, { settled, takeBack: () => taken.abort() });
    return settled;
  }

  private async untilLanded(press: Press, signal: AbortSignal): Promise<RollbackDocument> {
    const { realTime } = this.options;
    const { rollback } = await this.insisting(() => this.land(press), signal);
    const tell = async (): Promise<RollbackDocument> => {
      const before = this.options.index.find(rollback.id);
      const afterMs = realTime.now() - press.pressedAt;
      const text = 'The state store was away at the press; now it is off everywhere.';
      const document = telling(before, realTime.now(), 'good', text);
      const { by } = press.request;
      return this.options.commits.write({ before, document, notices: everywhere(document, afterMs), by });
    };
    press.lift();
    return this.insisting(tell, this.options.signal);
  }

  private async insisting<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      await this.options.wait(waitMs, signal);
      if (signal.aborted) {
        throw new TakenBack(
          'It was taken back before the state store had it, so it was off in one process only.',
          {
            next: 'Look at /rollback history when the store is back.',
          },
        );
      }
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Unavailable) && !(error instanceof Conflict)) throw error;
      }
    }
  }
}
