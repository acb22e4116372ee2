/** Freezes: one document that every widening looks at. */
import { asJson } from '../../alerts/noticeSchema.js';
import { freezeBegan, freezeEnded } from '../../alerts/wording/freeze.js';
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import { type Json, plain } from '../../core/Json.js';
import type { Actor } from '../../flags/changes.js';
import type { Freeze } from '../../flags/documents.js';
import { BadValue, NotNow } from '../../flags/errors.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { checkText } from '../../flags/names.js';
import { freezeAt, freezeKey } from '../../flags/world.js';
import { Conflict } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import { ReasonNeeded } from '../errors.js';
import type { FreezeRequest, FreezeRoom } from '../RolloutsRoom.js';
import { utc } from '../showing/sentences.js';

export interface FreezingOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const withinMs = 1_400;
const attempts = 5;

export class Freezing implements FreezeRoom {
  public constructor(private readonly options: FreezingOptions) {}

  public current(): Freeze | undefined {
    const { flags, clock } = this.options;
    return freezeAt(flags.freeze, clock.now());
  }

  /** A freeze in force is replaced by the new one. */
  public async start({ by, reason, until, isIncident = false }: FreezeRequest): Promise<Freeze> {
    const now = this.options.clock.now();
    if (reason.trim() === '') throw new ReasonNeeded('A freeze');
    checkText('The reason', reason);
    if (until !== undefined && until <= now) {
      throw new BadValue('The end of a freeze lies in the future.', { next: 'Give a later time, or none.' });
    }
    const freeze: Freeze = { by: by.id, name: by.name, at: now, reason, until: until ?? null, isIncident };
    const ends = until === undefined ? '' : `at ${utc(until)}`;
    const card = freezeBegan(by, reason, ends, isIncident);
    await this.write(
      freeze,
      by,
      reason,
      asJson({ kind: 'freeze', to: 'operations', card, pingOnCall: isIncident }),
    );
    return freeze;
  }

  public async stop(by: Actor, reason?: string): Promise<void> {
    if (this.current() === undefined)
      throw new NotNow('Nothing is frozen.', { next: 'There is nothing to stop.' });
    if (reason !== undefined) checkText('The reason', reason);
    await this.write(
      null,
      by,
      reason,
      asJson({ kind: 'freeze', to: 'operations', card: freezeEnded(by, reason) }),
    );
  }

  private async write(
    freeze: Freeze | null,
    by: Actor,
    reason: string | undefined,
    notice: Json,
  ): Promise<void> {
    const { store, flags, random } = this.options;
    const body = { schema: 1, freeze: freeze === null ? null : plain(freeze) };
    for (let attempt = 1; ; attempt++) {
      try {
        const { seq } = await store.commit({
          op: newId(20, random),
          notAfter: (await store.time()) + withinMs,
          changes: [{ ns: 'settings', key: freezeKey, expect: flags.freeze?.v ?? 0, next: body }],
          audit: [
            {
              kind: 'freeze',
              title: freeze === null ? 'Stop the freeze' : 'Freeze everything',
              by: { id: by.id, name: by.name },
              ...(reason !== undefined && { reason }),
            },
          ],
          outbox: [notice],
        });
        flags.adopt('settings', freezeKey, { ...body, v: seq }, seq);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
        flags.saw(error);
      }
    }
  }
}
