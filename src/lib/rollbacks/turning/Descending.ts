/** Brings a gradual rollback down, a batch a commit, and takes it back up where it was cancelled. A document, not a loop. */
import { count } from '../../core/count.js';
import { setImmediate } from 'node:timers/promises';
import type { Notice } from '../../alerts/Card.js';
import type { Clock } from '../../core/Clock.js';
import type { FlagDocument } from '../../flags/documents.js';
import { position } from '../../flags/position.js';
import { freezeAt } from '../../flags/world.js';
import { isBack } from '../acting/asked.js';
import type { RollbackCommits } from '../acting/RollbackCommits.js';
import type { FlagsForRollbacks, Parts, TakingBack } from '../acting/TakingBack.js';
import { telling, withStep } from '../change.js';
import { aboveAll, batchCount, betweenBatchesMs } from '../descent/batches.js';
import { Positions } from '../descent/Positions.js';
import type { Watch } from '../descent/Watch.js';
import type { Descent, RollbackDocument } from '../documents.js';
import { hurried } from '../notices.js';
import { madeImmediate, turnedOff } from '../off.js';
import { type Again, keeper, type Look } from './Look.js';

export interface DescendingOptions {
  readonly flags: FlagsForRollbacks;
  readonly takingBack: TakingBack;
  readonly commits: RollbackCommits;
  readonly watch: Watch;
  readonly clock: Clock;
  readonly realTime: Clock;
}

/** Guilds between two pauses. */
const slice = 2_000;

export class Descending {
  /** By rollback. Counted once; a process that takes over counts anew. */
  private readonly positions = new Map<string, Positions>();

  public constructor(private readonly options: DescendingOptions) {}

  public async look(look: Look, descent: Descent): Promise<Again> {
    const { flags, clock, realTime } = this.options;
    const { document } = look;
    const flag = document.flag === null ? undefined : flags.world.flags.get(document.flag);
    if (flag === undefined || flag.archived !== null) return this.gone(look);
    if (flag.killed !== null) return this.off(look, flag, 'It was killed meanwhile.');
    const now = clock.now();
    const nextAt = descent.nextAt ?? now;
    if (now < nextAt) return (nextAt - now) / (clock.speed ?? 1);
    if (document.state === 'returning') return this.up(look, flag, descent);
    const place = (guildId: string): number => position(flag.seed ?? flag.key, guildId);
    if (descent.batches.length === 0) return this.down(look, flag, descent, descent.evidence, place);
    const { why, evidence } = await this.options.watch.look(document, descent, flags.world, place);
    if (why === null) return this.down(look, flag, descent, evidence, place);
    return this.off(look, flag, why, hurried(telling(document, realTime.now(), 'bad', why), why));
  }

  /** It came to its end. */
  public async forget(id: string): Promise<void> {
    this.positions.delete(id);
    await this.options.watch.forget(id);
  }

  private async down(
    look: Look,
    flag: FlagDocument,
    descent: Descent,
    evidence: Descent['evidence'],
    place: (guildId: string) => number,
  ): Promise<Again> {
    const { takingBack, clock, realTime, flags } = this.options;
    const { document } = look;
    const { batches, affected, batchSize } = descent;
    const total = batchCount(descent);
    const n = batches.length + 1;
    const stands = batches.at(-1)?.ceiling ?? aboveAll;
    const positions = await this.positionsOf(document.id, flag, place);
    const next = n >= total ? { ceiling: 0, guilds: 0 } : positions.below(stands, batchSize);
    const asked = { by: keeper, reason: document.reason };
    const realNow = realTime.now();
    if (next.ceiling === 0) {
      const parts = await takingBack.off(flag.key, asked);
      const off = turnedOff(document, parts, flags.world, realNow);
      const ended = { ...descent, evidence, off: affected, nextAt: null };
      await this.write(look, { ...off, descent: ended }, parts, `Roll back ${flag.key}: the last batch`);
      return 0;
    }
    const now = clock.now();
    const off = Math.min(affected, descent.off + next.guilds);
    const due = descent.nextAt ?? now;
    // On time, the rhythm is kept; after an absence it begins anew, and nothing is made up for.
    const nextAt = (now - due < betweenBatchesMs ? due : now) + betweenBatchesMs;
    const step = withStep(document, 'flags', {
      state: 'running',
      detail: `Off in ${off.toLocaleString('en-US')} of ${count(affected, 'guild')}, batch ${n} of ${total}.`,
      ...(n === 1 && { startedAt: realNow }),
    });
    const parts = await takingBack.ceiling(flag.key, next.ceiling, asked);
    const descended: Descent = {
      ...{ ...descent, evidence, off, nextAt },
      batches: [...batches, { ...next, at: now }],
    };
    await this.write(
      look,
      { ...step, descent: descended },
      parts,
      `Roll back ${flag.key}: batch ${n} of ${total}`,
    );
    return betweenBatchesMs / (clock.speed ?? 1);
  }

  /** In reverse order; what is given back is widened, so that a freeze holds it. */
  private async up(look: Look, flag: FlagDocument, descent: Descent): Promise<Again> {
    const { takingBack, clock, realTime, flags } = this.options;
    const { document } = look;
    const now = clock.now();
    const freeze = freezeAt(flags.freeze, now);
    if (freeze !== undefined) {
      const detail = `${freeze.name} froze everything (${freeze.reason}): guilds get it back when that is over.`;
      const step = withStep(document, 'flags', { detail });
      if (document.steps.every((one, at) => one.detail === step.steps[at]?.detail)) {
        return betweenBatchesMs / (clock.speed ?? 1);
      }
      return this.write(look, step, undefined, undefined);
    }
    const left = descent.batches.slice(0, -1);
    const asked = { by: keeper, reason: `The rollback was cancelled: ${document.reason}`.slice(0, 500) };
    const ceiling = left.at(-1)?.ceiling ?? null;
    const parts = await takingBack.ceiling(flag.key, ceiling, asked);
    if (ceiling === null) {
      const back = isBack({ ...document, descent: { ...descent, batches: [], off: 0 } }, realTime.now());
      await this.write(look, back.document, parts, `The rollback of ${flag.key} is cancelled`, back.notices);
      return 0;
    }
    const off = Math.max(0, descent.off - (descent.batches.at(-1)?.guilds ?? 0));
    const detail = `Still off in ${count(off, 'guild')}.`;
    const step = withStep(document, 'flags', { detail });
    const risen = { ...descent, off, batches: left, nextAt: now + betweenBatchesMs };
    await this.write(look, { ...step, descent: risen }, parts, `Give ${flag.key} back to a batch of guilds`);
    return betweenBatchesMs / (clock.speed ?? 1);
  }

  /** Off for everybody at once, and said why. */
  private async off(
    look: Look,
    flag: FlagDocument,
    why: string,
    notices: readonly Notice[] = [],
  ): Promise<Again> {
    const { takingBack, clock, realTime, flags } = this.options;
    const parts = await takingBack.off(flag.key, { by: keeper, reason: why.slice(0, 500) });
    const realNow = realTime.now();
    const told = telling(look.document, realNow, 'bad', why);
    const off = madeImmediate(turnedOff(told, parts, flags.world, realNow), clock.now(), why);
    return this.write(look, off, parts, `Roll back ${flag.key} at once: ${why}`.slice(0, 500), notices);
  }

  private gone(look: Look): Promise<Again> {
    const { clock, realTime } = this.options;
    const now = realTime.now();
    const why = 'The flag was archived or deleted meanwhile, so nobody has it any more.';
    const step = withStep(look.document, 'flags', { state: 'done', endedAt: now, detail: why });
    return this.write(look, { ...madeImmediate(step, clock.now(), why), offAt: now }, undefined, why);
  }

  private async positionsOf(
    id: string,
    { key }: FlagDocument,
    place: (guildId: string) => number,
  ): Promise<Positions> {
    const known = this.positions.get(id);
    if (known !== undefined) return known;
    const { flags } = this.options;
    const positions = new Positions();
    const { all } = flags.directory;
    for (let from = 0; from < all.length; from += slice) {
      for (const { id: guild } of all.slice(from, from + slice)) {
        if (flags.isOn(key, guild)) positions.add(place(guild));
      }
      await setImmediate(undefined);
    }
    this.positions.set(id, positions);
    return positions;
  }

  private async write(
    { document: before, fence }: Look,
    document: RollbackDocument,
    parts: Parts | undefined,
    title: string | undefined,
    notices: readonly Notice[] = [],
  ): Promise<Again> {
    const { commits } = this.options;
    const together = parts === undefined ? {} : { parts };
    await commits.write({ before, document, ...together, notices, by: keeper, title, fence });
    return 0;
  }
}
