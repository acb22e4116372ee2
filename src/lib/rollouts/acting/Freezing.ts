/** Freezes: one document that every widening looks at. */
import type { Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { freezeBegan, freezeEnded, type FrozenBefore } from '../../alerts/wording/freeze.js';
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import { plain } from '../../core/Json.js';
import type { Actor } from '../../flags/changes.js';
import type { Freeze } from '../../flags/documents.js';
import { BadValue, NotNow } from '../../flags/errors.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { checkText } from '../../flags/names.js';
import { freezeAt, freezeKey } from '../../flags/world.js';
import { Conflict } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import { ReasonNeeded } from '../errors.js';
import type { FreezeRequest, FreezeRoom, FreezeStarted } from '../RolloutsRoom.js';
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

  public async start(request: FreezeRequest): Promise<FreezeStarted> {
    const { by, reason, until, isIncident = false, mayEase = false } = request;
    const now = this.options.clock.now();
    if (reason.trim() === '') throw new ReasonNeeded('A freeze');
    checkText('The reason', reason);
    if (until !== undefined && until <= now) {
      throw new BadValue('The end of a freeze lies in the future.', { next: 'Give a later time, or none.' });
    }
    const freeze: Freeze = { by: by.id, name: by.name, at: now, reason, until: until ?? null, isIncident };
    const replaced = await this.write(freeze, by, reason, (current) => {
      if (current !== undefined && !mayEase) checkHoldsOn(current, freeze);
      const facts = { by, reason, isIncident, ends: ends(freeze), replaced: current && factsOf(current) };
      return { card: freezeBegan(facts), pingOnCall: isIncident };
    });
    return { freeze, replaced };
  }

  public async stop(by: Actor, reason?: string): Promise<void> {
    if (reason !== undefined) checkText('The reason', reason);
    await this.write(null, by, reason, (current) => {
      if (current === undefined)
        throw new NotNow('Nothing is frozen.', { next: 'There is nothing to stop.' });
      return { card: freezeEnded(by, reason) };
    });
  }

  /** @param notice made of the freeze that is in force when it is written; @returns that one */
  private async write(
    freeze: Freeze | null,
    by: Actor,
    reason: string | undefined,
    notice: (current: Freeze | undefined) => Pick<Notice, 'card' | 'pingOnCall'>,
  ): Promise<Freeze | undefined> {
    const { store, flags, random } = this.options;
    const body = { schema: 1, freeze: freeze === null ? null : plain(freeze) };
    for (let attempt = 1; ; attempt++) {
      const current = this.current();
      const told = asJson({ kind: 'freeze', to: 'operations', ...notice(current) });
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
          outbox: [told],
        });
        flags.adopt('settings', freezeKey, { ...body, v: seq }, seq);
        return current;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
        flags.saw(error);
      }
    }
  }
}

/** Whoever may not end a freeze cannot end it by a shorter one either. @throws NotNow */
function checkHoldsOn(current: Freeze, next: Freeze): void {
  const endsSooner = next.until !== null && (current.until === null || next.until < current.until);
  const isLess = current.isIncident && !next.isIncident;
  if (!endsSooner && !isLess) return;
  const { name, reason } = current;
  throw new NotNow(
    `${name} has frozen everything already (${reason}), ${ends(current)}; ${
      isLess ? 'it is an incident, and this would be none' : 'this would end it sooner'
    }.`,
    {
      next: `${isLess ? 'Start it as an incident' : 'Give a later end, or none'}, or ask an admin to change it.`,
    },
  );
}

const factsOf = (freeze: Freeze): FrozenBefore => ({ ...freeze, ends: ends(freeze) });

/** `until 2027-01-31 09:00 UTC` */
function ends({ until }: Freeze): string {
  return until === null ? 'until somebody stops it' : `until ${utc(until)}`;
}
