/** The lease holder's part of feedback: forgets what is too old, and whatever came from guilds that the bot has left. */
import type { Clock } from '../../core/Clock.js';
import type { Ledger } from '../../state/Store.js';
import { pack, readSaid, readWritten } from './entries.js';
import { askedBefore, countsBetween, dayOf, keptDays, textsBetween } from './series.js';

export interface ForgettingOptions {
  readonly ledger: Ledger;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  /** Whether the bot has left the guild; false where that is not sure. */
  readonly hasLeft: (guild: string) => boolean;
}

const hourMs = 3_600_000;

export class Forgetting {
  public constructor(private readonly options: ForgettingOptions) {}

  public async turn(): Promise<void> {
    const { ledger, domainTime, realTime } = this.options;
    const today = dayOf(domainTime.now());
    const hour = Math.floor(realTime.now() / hourMs);
    for (const [from, to] of [
      countsBetween(0, today - keptDays),
      textsBetween(0, today - keptDays),
      askedBefore(hour - 2),
    ])
      await ledger.drop(await ledger.series(from, to));
    const [from, to] = [today - keptDays, today + 1];
    for (const series of await ledger.series(...countsBetween(from, to))) await this.strip(series, readSaid);
    for (const series of await ledger.series(...textsBetween(from, to)))
      await this.strip(series, readWritten);
  }

  /** What comes in meanwhile stays: it is of guilds that the bot is in. */
  private async strip(
    series: string,
    read: (rows: readonly Uint8Array[]) => readonly { readonly guild: string }[],
  ): Promise<void> {
    const { ledger, hasLeft } = this.options;
    const rows = await ledger.read(series);
    const entries = read(rows);
    const kept = entries.filter(({ guild }) => !hasLeft(guild));
    if (kept.length < entries.length) await ledger.fold(series, rows, pack(kept));
  }
}
