/**
 * Intervals from day to day: what guilds do hangs together within a day, so that days are the units and not single commands.
 *
 * The delete-one-day jackknife: Efron, Stein, Ann. Stat. 9 (1981); quantiles of Student's t.
 */

/** 97.5 % quantiles for 1 … 30 degrees of freedom. */
const student = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const fewestDays = 3;

export function studentQuantile(freedom: number): number {
  return student[Math.min(student.length, Math.max(1, Math.floor(freedom))) - 1] ?? 1.96;
}

/** Variance of a statistic over days; null where it is not known without one of them, or there are too few. */
export function jackknifeVariance<Day>(
  days: readonly Day[],
  statistic: (days: readonly Day[]) => number | null,
): number | null {
  if (days.length < fewestDays) return null;
  const without = days.map((_, left) => statistic(days.filter((__, at) => at !== left)));
  if (!without.every((value) => value !== null)) return null;
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return ((days.length - 1) / days.length) * squares;
}

/** Of one statistic over these days. */
export function interval<Day>(
  days: readonly Day[],
  statistic: (days: readonly Day[]) => number | null,
): readonly [number, number] | null {
  const value = statistic(days);
  const variance = jackknifeVariance(days, statistic);
  if (value === null || variance === null) return null;
  const width = studentQuantile(days.length - 1) * Math.sqrt(variance);
  return [value - width, value + width];
}

/** Of how many times the usual it is: both sides vary. On the log scale, since "half" and "double" are equally far. */
export function ratioInterval<Day>(
  days: readonly Day[],
  usual: readonly Day[],
  statistic: (days: readonly Day[]) => number | null,
): readonly [number, number] | null {
  const ln = (some: readonly Day[]): number | null => {
    const value = statistic(some);
    return value === null || value <= 0 ? null : Math.log(value);
  };
  const [now, then] = [ln(days), ln(usual)];
  const [one, other] = [jackknifeVariance(days, ln), jackknifeVariance(usual, ln)];
  if (now === null || then === null || one === null || other === null) return null;
  const width = studentQuantile(Math.min(days.length, usual.length) - 1) * Math.sqrt(one + other);
  return [Math.exp(now - then - width), Math.exp(now - then + width)];
}
