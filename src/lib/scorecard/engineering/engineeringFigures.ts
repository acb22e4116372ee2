/** The engineering figures: what was pushed last against its target; without a push they are unknown, and say so. */
import type { Figure } from '../Figure.js';
import { figure } from '../Figure.js';
import { type Measure, measures } from './measures.js';
import type { Series } from './series.js';

export function engineeringFigures(series: Readonly<Record<string, Series>>): readonly Figure[] {
  return Object.entries(measures).map(([name, measure]) => engineeringFigure(name, measure, series[name]));
}

function engineeringFigure(name: string, measure: Measure, series: Series | undefined): Figure {
  const { title, unit, target } = measure;
  const show = (value: number): string =>
    `${Number(value.toFixed(1)).toLocaleString('en-US')} ${unit}`.trim();
  const newest = series?.points.at(-1);
  const before = series?.points.at(-2);
  const isLess = target.is === 'less';
  const share = (value: number): string => `${value > 0 ? '+' : ''}${(value * 100).toFixed(0)} %`;
  const described = {
    name,
    title,
    good: target.is === 'at-least' ? 'above' : 'below',
    // A target that is just reached is reached.
    limit: isLess ? -target.by : target.limit,
    target: isLess
      ? `${share(-target.by)} of the baseline`
      : `${target.is.replace('-', ' ')} ${show(target.limit)}`,
    show: isLess ? share : show,
  } as const;
  if (series === undefined || newest === undefined) {
    return figure(described, { value: null, basis: 'Nothing was pushed yet.' });
  }
  const { baseline } = series;
  if (isLess && baseline.value <= 0) {
    return figure(described, {
      value: null,
      basis: `${show(newest.value)}; the baseline is 0, of which nothing can go.`,
    });
  }
  const measured = (value: number): number => (isLess ? value / baseline.value - 1 : value);
  const value = measured(newest.value);
  const reached =
    value + (described.good === 'above' ? 1 : -1) * Number.EPSILON * Math.max(1, Math.abs(value)) * 4;
  return figure(described, {
    value,
    interval: [reached, reached],
    before: before === undefined ? null : measured(before.value),
    basis: `${show(newest.value)}${newest.version === null ? '' : ` with ${newest.version}`}; baseline ${show(baseline.value)}.`,
  });
}
