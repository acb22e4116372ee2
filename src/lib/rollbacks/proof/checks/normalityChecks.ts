/** Which quarter hours the two comparisons look at, since when there was the feature, and what counts as normal. */
import { unitMs } from '../../../health/judging/units.js';
import type { HealthRecords } from '../../../health/recording/HealthRecords.js';
import { unitOf } from '../../../health/recording/unitOf.js';
import type { RolloutDocument } from '../../../rollouts/documents.js';
import type { RollbackDocument } from '../../documents.js';
import type { HadIt } from '../hadFlag.js';
import type { Check, CheckName } from '../Proof.js';
import type { CheckFinding } from './Finding.js';
import { normality, type NormalityEvidence, normalityEvidence } from './normality.js';
import { compareWithUsual } from './Usual.js';

/** What an ended rollout still says of itself. */
export type RolloutFacts = Pick<RolloutDocument, 'plan' | 'stepsBegan' | 'created'>;

export interface NormalityOptions {
  readonly records: Pick<HealthRecords, 'baseUnits' | 'settledUntil'>;
  readonly rollouts: readonly RolloutFacts[];
  readonly had: HadIt;
  /** Domain time at which the proof was first looked for; it is off by then. */
  readonly beganAt: number;
  /** Domain time at which the last look is over. */
  readonly until: number;
  readonly isLast: boolean;
  /** What was found the last time. */
  readonly before: readonly Check[];
  readonly breathe: () => Promise<void>;
}

type NormalityName = Extract<CheckName, 'errors-normal' | 'performance-restored'>;
export type NormalityFindings = Readonly<Record<NormalityName, CheckFinding>>;

/** As the judge has them where no plan says otherwise. */
const defaults = { errors: 1.2, latency: 1.5 } as const;

/** Throws Unavailable. */
export async function normalityChecks(
  rollback: RollbackDocument,
  options: NormalityOptions,
): Promise<NormalityFindings> {
  const { records, rollouts, had, isLast, before, breathe } = options;
  const margins = { errors: marginOf(rollouts, 'errors'), times: marginOf(rollouts, 'latency') };
  if (rollback.isCounted && rollback.affected.guilds === 0) return nobody(margins, isLast);
  const units = unitsAfter(options, await records.settledUntil());
  const known = isLast ? undefined : lookedAt(before, units);
  if (known !== undefined) return known;
  const featureFrom = unitOf(featureBegan(rollback, rollouts));
  const compared = await compareWithUsual({
    ...{ records, had, units, featureFrom, margins, isLast },
    breathe,
  });
  return { 'errors-normal': normality(compared.errors), 'performance-restored': normality(compared.times) };
}

/** Whole quarter hours that began after it was off, ended within the hour, and can be read by now. */
function unitsAfter({ beganAt, until }: NormalityOptions, settledUntil: number | null): readonly number[] {
  const first = Math.ceil(beganAt / unitMs);
  const end = Math.floor(Math.min(until, settledUntil ?? 0) / unitMs);
  return Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
}

/** The past before it is the usual: the rollout's first step, or since when the flag was as it was. */
function featureBegan(
  { flag, before, created }: RollbackDocument,
  rollouts: readonly RolloutFacts[],
): number {
  const starts = rollouts.map(({ stepsBegan, created: { at } }) => stepsBegan[0] ?? at);
  const served = before.filter(({ key }) => key === flag).map(({ servedSince }) => servedSince);
  // A flag that is on for longer than measurements are kept has become the usual itself.
  const since = starts.length > 0 ? Math.min(...starts) : Math.min(...served, created.at);
  return created.at - since < keptMs ? since : created.at;
}

const keptMs = 7 * 24 * 60 * 60_000;

/** The widest that a plan allows: what was tolerable in the rollout is tolerable after it. */
function marginOf(rollouts: readonly RolloutFacts[], metric: 'errors' | 'latency'): number {
  const margins = rollouts.flatMap(({ plan }) =>
    plan.guards.filter((guard) => guard.metric === metric && guard.margin > 1).map(({ margin }) => margin),
  );
  return margins.length === 0 ? defaults[metric] : Math.max(...margins);
}

/** Nothing has been measured since: the answer is the same. */
function lookedAt(before: readonly Check[], units: readonly number[]): NormalityFindings | undefined {
  const errors = seenBefore(before, 'errors-normal', units);
  const times = seenBefore(before, 'performance-restored', units);
  return errors && times && { 'errors-normal': errors, 'performance-restored': times };
}

function seenBefore(
  before: readonly Check[],
  name: NormalityName,
  units: readonly number[],
): CheckFinding | undefined {
  const check = before.find((one) => one.name === name);
  const read = normalityEvidence.safeParse(check?.evidence);
  if (check === undefined || !read.success || units.length === 0) return undefined;
  return read.data.ticks.at(-1)?.unit === units.at(-1) ? check : undefined;
}

function nobody(margins: { errors: number; times: number }, isLast: boolean): NormalityFindings {
  const of = (metric: NormalityEvidence['metric']): CheckFinding =>
    normality({
      ...{ metric, margin: margins[metric], comparedWith: 'nobody', isLast },
      ...{ cutMs: null, seen: { units: 0, bad: 0 }, guilds: 0, ticks: [] },
    });
  return { 'errors-normal': of('errors'), 'performance-restored': of('times') };
}
