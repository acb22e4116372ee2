/** Reads all that the figures are made from. */
import type { FlagDocument } from '../flags/documents.js';
import type { FlagOverview } from '../flags/results.js';
import type { Said as Words } from '../health/feedback/entries.js';
import { countsBetween, dayOf as feedbackDay, featureOf } from '../health/feedback/series.js';
import { breather } from '../state/breather.js';
import type { Store } from '../state/Store.js';
import { bucketOf, type Day, dayMs, dayOf, readDay } from './Day.js';
import { ticketsMeasure } from './engineering/measures.js';
import type { Series } from './engineering/series.js';
import { readUptime } from './uptime.js';
import type { Adopted, Baseline, Material, PushedTickets, Said } from './Material.js';

export interface ReadingOptions {
  readonly store: Pick<Store, 'counters' | 'ledger'>;
  readonly feedback: {
    said(feature: string, fromMs: number, toMs: number): Promise<readonly Words[]>;
  };
  readonly flags: {
    list(): readonly FlagDocument[];
    overview(flag: string): Pick<FlagOverview, 'guildsOn' | 'outOf' | 'denied' | 'keptOff'>;
  };
}

const uptimeDays = 30;
const newMs = 90 * dayMs;
/** A pushed count that is older says nothing of this week. */
const freshMs = 14 * dayMs;
/** Days that are read in one breath. */
const atOnce = 7;

/** Whole days from the day `first` up to but not `end`; days on which nothing was counted are left out. */
export async function readDays(
  counters: Pick<Store['counters'], 'read'>,
  first: number,
  end: number,
): Promise<readonly Day[]> {
  const days: number[] = [];
  for (let day = first; day < end; day += dayMs) days.push(day);
  const read: Day[] = [];
  const breathe = breather();
  for (let at = 0; at < days.length; at += atOnce) {
    await breathe();
    const some = days.slice(at, at + atOnce);
    const found = await Promise.all(
      some.map(async (day) => readDay(day, await counters.read(bucketOf(day)))),
    );
    read.push(...found.filter((day) => day !== undefined));
  }
  return read;
}

/** @param now domain time. Throws Unavailable */
export async function readMaterial(
  options: ReadingOptions,
  now: number,
  baseline: Baseline | null,
  series: Readonly<Record<string, Series>>,
): Promise<Material> {
  const { counters } = options.store;
  const today = dayOf(now);
  const [weekAgo, twoAgo] = [today - 7 * dayMs, today - 14 * dayMs];
  return {
    now,
    baseline,
    week: await readDays(counters, weekAgo, today),
    weekBefore: await readDays(counters, twoAgo, weekAgo),
    uptime: await readUptime(counters, now - uptimeDays * dayMs, now),
    uptimeBefore: await readUptime(counters, now - 2 * uptimeDays * dayMs, now - uptimeDays * dayMs),
    said: await readSaid(options, weekAgo, today),
    saidBefore: await readSaid(options, twoAgo, weekAgo),
    tickets: pushedTickets(series[ticketsMeasure], now),
    adopted: adoptedOf(options.flags, now),
  };
}

export async function readSaid(
  { store, feedback }: Pick<ReadingOptions, 'store' | 'feedback'>,
  from: number,
  to: number,
): Promise<Said> {
  const names = await store.ledger.series(...countsBetween(feedbackDay(from), feedbackDay(to) + 1));
  const features = [...new Set(names.map(featureOf))];
  const all = (await Promise.all(features.map((feature) => feedback.said(feature, from, to)))).flat();
  return {
    reports: all.filter(({ severity }) => severity !== undefined).length,
    stars: all.flatMap(({ stars }) => (stars === undefined ? [] : [stars])),
  };
}

function pushedTickets(series: Series | undefined, now: number): PushedTickets | null {
  const newest = series?.points.at(-1);
  if (series === undefined || newest === undefined || newest.at < now - freshMs) return null;
  return {
    value: newest.value,
    baseline: series.baseline.value,
    before: series.points.at(-2)?.value ?? null,
  };
}

/** Features that came lately and are on for somebody; switches for operators are no features. */
function adoptedOf(flags: ReadingOptions['flags'], now: number): readonly Adopted[] {
  return flags
    .list()
    .filter(
      ({ archived, enabled, killed, created, kind }) =>
        archived === null && enabled && killed === null && created.at > now - newMs && kind !== 'ops',
    )
    .map(({ key }) => {
      const { guildsOn, outOf, denied, keptOff } = flags.overview(key);
      return { flag: key, guildsOn, eligible: Math.max(guildsOn, outOf - denied - keptOff) };
    });
}
