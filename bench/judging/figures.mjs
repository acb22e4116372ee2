/** Rates, medians and boundaries from the results of many rollouts. */

/** How many of the rollouts' peaks reached the boundary. */
export function alarms(results, method, boundary) {
  return results.filter((result) => result[method] >= boundary).length;
}

/** The boundary at which the method alarms in exactly `count` of these harmless rollouts, or as few as it can. */
export function boundaryFor(results, method, count) {
  const peaks = results.map((result) => result[method]).sort((a, b) => b - a);
  // Just above the first peak that must not alarm.
  return peaks[count] + 1e-9 * Math.max(1, Math.abs(peaks[count]));
}

/** Quantile of times in which Infinity means "not found"; rollouts that had alarmed before the harm (null) do not count. */
export function timeQuantile(times, quantile) {
  const counted = times.filter((time) => time !== null).sort((a, b) => a - b);
  return counted.length === 0
    ? NaN
    : counted[Math.min(counted.length - 1, Math.floor(quantile * counted.length))];
}

/** A rate with its 95 % error; of none seen, what is excluded at 95 % (the "rule of three"). */
export function share(count, of) {
  if (count === 0) return `0 % (< ${(300 / of).toFixed(2)})`;
  const rate = count / of;
  const error = 1.96 * Math.sqrt((rate * (1 - rate)) / of);
  return `${(100 * rate).toFixed(2)} % ± ${(100 * error).toFixed(2)}`;
}

export function amount(value, unit = '') {
  if (value === Infinity) return 'not found';
  if (Number.isNaN(value)) return 'always alarmed before';
  return `${value >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toFixed(2))} ${unit}`.trim();
}

export function table(title, head, rows) {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  console.log(`\n${title}\n\n${[line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n')}`);
}
