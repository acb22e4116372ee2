/** The weekly report to those who decide: which targets are met, which are not, and what nobody knows. */
import { count } from '../../core/count.js';
import type { Text, Tone } from '../Card.js';
import { lines } from './facts.js';
import { told, type Told } from './told.js';

export interface FigureFacts {
  readonly title: string;
  readonly target: string;
  readonly shown: string;
  readonly trend: 'better' | 'same' | 'worse' | null;
  readonly verdict: 'met' | 'missed' | 'open' | 'unknown';
  readonly basis: string;
}

const signs = { met: '✅', missed: '❌', open: '🟡', unknown: '⚪' } as const;
const trends = { better: ' ↗ better', same: ' → same', worse: ' ↘ worse' } as const;

/** `✅ Uptime 99.98 % · target above 99.9 % ↗ better` */
export function figureText({ title, target, shown, trend, verdict }: FigureFacts): Text {
  return [
    `${signs[verdict]} `,
    { bold: title },
    ` ${shown} · target ${target}${trend === null ? '' : trends[trend]}`,
  ];
}

/** The legend, for whoever reads it for the first time. */
export const legend =
  '✅ met · ❌ missed · 🟡 not sure yet · ⚪ unknown. In brackets: where it surely lies (95 %).';

export function standing(figures: readonly FigureFacts[]): { readonly tone: Tone; readonly title: string } {
  const of = (verdict: FigureFacts['verdict']): number =>
    figures.filter((figure) => figure.verdict === verdict).length;
  const parts = [
    `${of('met')} of ${figures.length} targets met`,
    ...(of('missed') === 0 ? [] : [`${of('missed')} missed`]),
    ...(of('unknown') === 0 ? [] : [`${of('unknown')} unknown`]),
  ];
  const tone = of('missed') > 0 ? 'warn' : of('met') === figures.length ? 'good' : 'info';
  return { tone, title: parts.join(', ') };
}

export function weeklyScorecard(figures: readonly FigureFacts[], engineering: readonly FigureFacts[]): Told {
  const { tone, title } = standing(figures);
  const missed = figures.filter(({ verdict }) => verdict === 'missed');
  const unknown = figures.filter(({ verdict }) => verdict === 'unknown');
  const pushed = engineering.filter(({ verdict }) => verdict !== 'unknown');
  return told({
    tone,
    title: `Weekly scorecard: ${title}`,
    why: figures.map(figureText),
    did: [],
    todo:
      missed.length > 0
        ? 'Look at what was missed, and decide what is done about it.'
        : unknown.length > 0
          ? 'Nothing is missed. Look at why some of it is unknown.'
          : 'Nothing.',
    fields: [
      ...(missed.length === 0
        ? []
        : [{ name: 'Look at', value: lines(missed.map(({ title: name, basis }) => `${name}: ${basis}`)) }]),
      ...(unknown.length === 0
        ? []
        : [{ name: 'Unknown', value: lines(unknown.map(({ title: name, basis }) => `${name}: ${basis}`)) }]),
      ...(pushed.length === 0
        ? []
        : [
            { name: `Engineering (${count(pushed.length, 'figure')})`, value: lines(pushed.map(figureText)) },
          ]),
      { name: 'How to read it', value: [legend, ' ', { code: '/scorecard show' }, ' has the chart.'] },
    ],
  });
}
