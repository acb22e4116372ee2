/** The scorecard as one container: every figure with its target, and the chart. */
import type { Text } from '../../alerts/Card.js';
import { figureText, legend, standing } from '../../alerts/wording/scorecard.js';
import { lines } from '../../alerts/wording/facts.js';
import type { Figure } from '../../scorecard/Figure.js';
import type { ScorecardReport } from '../../scorecard/ScorecardRoom.js';
import type { ComponentsMessage, DrawnFile } from '../ComponentsMessage.js';
import { shorten } from '../inert.js';
import { renderText } from '../renderText.js';
import type { tones } from '../tones.js';
import { type CardPart, containerCard, heading, picture, text } from '../containerCard.js';

/** Discord takes 4,000 characters in all of a message's texts together. */
const lengths = { title: 200, figures: 2_600, compared: 700, legend: 300 };
const longestBasis = 150;

export function scorecardCard(report: ScorecardReport, chart: DrawnFile | undefined): ComponentsMessage {
  const { tone, title } = standing(report.figures);
  return message(
    `Scorecard: ${title}`,
    tone,
    report.figures,
    comparedText(report, chart !== undefined),
    chart,
  );
}

export function engineeringCard({ engineering }: Pick<ScorecardReport, 'engineering'>): ComponentsMessage {
  const { tone, title } = standing(engineering);
  const how: Text = [
    'CI pushes them with ',
    { code: 'npx rollouts metrics push' },
    '; the first push is the baseline.',
  ];
  return message(`Engineering: ${title}`, tone, engineering, how, undefined);
}

function message(
  title: string,
  tone: keyof typeof tones,
  figures: readonly Figure[],
  foot: Text,
  chart: DrawnFile | undefined,
): ComponentsMessage {
  const rows = figures.map((figure): Text => [
    ...parts(figureText(figure)),
    { br: true },
    `    ${shorten(figure.basis, longestBasis)}`,
  ]);
  const shown: readonly CardPart[] = [
    heading(tone, title, lengths.title),
    text(renderText(joined(rows), lengths.figures)),
    ...(chart === undefined ? [] : [picture(chart)]),
    text(renderText(foot, lengths.compared)),
    text(`-# ${renderText(legend, lengths.legend)}`),
  ];
  return containerCard(tone, shown, chart);
}

function comparedText({ baseline, gaps }: ScorecardReport, isDrawn: boolean): Text {
  return lines([
    baseline === null
      ? ['Compared with nothing yet: ', { code: '/scorecard baseline' }, ' takes the last seven days.']
      : [
          'Compared with ',
          { time: baseline.from, style: 'D' },
          ' to ',
          { time: baseline.to, style: 'D' },
          `, set by ${baseline.setBy}; the figures are of the last seven whole days, uptime of 30.`,
          ...(isDrawn ? [' Dashed: that baseline in grey, the target in amber.'] : []),
        ],
    ...gaps.map(({ from, to }): Text => [
      'Gap ',
      { time: from, style: 'f' },
      `, ${Math.round((to - from) / 60_000).toLocaleString('en-US')} min`,
    ]),
  ]);
}

function joined(rows: readonly Text[]): Text {
  return rows.flatMap((row, at) => [...(at === 0 ? [] : [{ br: true } as const]), ...parts(row)]);
}

function parts(text: Text): Exclude<Text, string> {
  return typeof text === 'string' ? [text] : text;
}
