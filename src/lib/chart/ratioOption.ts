/** The picture, described for ECharts. */
import type { CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import type { EChartsCoreOption } from 'echarts/core';
import { bandStretches, type BandStretch } from './band.js';
import { colours, font } from './colours.js';
import { phaseSpans } from './phaseSpans.js';
import type { RatioPoints } from './RatioPoints.js';
import { onScale, ratioScale, ratioText, type RatioScale } from './ratioScale.js';

/** In the picture's own units; it is drawn twice as fine. */
export const size = { width: 760, height: 380 } as const;
const margin = { left: 58, right: 66, top: 76, bottom: 34 } as const;
const dayMs = 86_400_000;

export function ratioOption(chart: RatioPoints): EChartsCoreOption {
  const scale = ratioScale(chart);
  const span = spanOf(chart);
  return {
    animation: false,
    useUTC: true,
    backgroundColor: colours.ground,
    textStyle: { fontFamily: font, color: colours.text },
    title: [...titles(chart), ...(hasRatio(chart) ? [] : [nothingYet])],
    grid: { ...margin, containLabel: false },
    xAxis: timeAxis(span),
    yAxis: ratioAxis(scale),
    series: [
      backdrop(chart, span, scale),
      ...bandStretches(chart).map((stretch) => band(stretch, scale)),
      line(chart, scale),
    ],
  };
}

interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** A picture needs a width: a rollout that has just begun gets an hour. */
function spanOf({ points, phases }: RatioPoints): TimeSpan {
  const times = [...points, ...phases].map(({ at }) => at);
  const from = times.length === 0 ? 0 : Math.min(...times);
  const to = times.length === 0 ? 0 : Math.max(...times);
  return { from, to: Math.max(to, from + 3_600_000) };
}

function hasRatio({ points }: RatioPoints): boolean {
  return points.some(({ ratio }) => ratio !== null);
}

const nothingYet = {
  text: 'Nothing to compare yet',
  left: 'center',
  top: '27%',
  textStyle: { color: colours.faint, fontSize: 17, fontWeight: 'normal', fontFamily: font },
};

function titles({ metric = 'Errors', limit }: RatioPoints): object[] {
  const heading = { color: colours.text, fontSize: 16, fontWeight: 'bold', fontFamily: font };
  const key = (text: string, left: number, color: string, top = 12): object => ({
    text,
    left,
    top,
    padding: 0,
    textStyle: { color, fontSize: 13, fontWeight: 'normal', fontFamily: font },
  });
  return [
    { text: `${metric}, canary over control`, left: 14, top: 5, textStyle: heading },
    // Places of their own, since how wide the font runs is only known once it is drawn.
    key('● ratio', 448, colours.ratio),
    key('■ surely within', 515, colours.bandKey),
    key(`╍ limit ${ratioText(limit)}`, 644, colours.limit),
    key('UTC', 708, colours.faint, 353),
  ];
}

const day = '{MMM} {d}';

function timeAxis({ from, to }: TimeSpan): object {
  const isDays = to - from > 3 * dayMs;
  return {
    type: 'time',
    min: from,
    max: to,
    splitNumber: 6,
    axisLine: { onZero: false, lineStyle: { color: colours.grid } },
    axisTick: { show: false },
    splitLine: { show: false },
    minInterval: isDays ? dayMs : 3_600_000,
    axisLabel: {
      color: colours.faint,
      fontSize: 13,
      fontFamily: font,
      hideOverlap: true,
      formatter: { year: day, month: day, day, hour: '{HH}:{mm}', minute: '{HH}:{mm}' },
    },
  };
}

function ratioAxis(scale: RatioScale): object {
  const values = scale.marks.map((mark) => onScale(mark, scale));
  return {
    type: 'value',
    min: Math.log2(scale.min),
    max: Math.log2(scale.max),
    axisTick: { show: false, customValues: values },
    splitLine: { show: false },
    axisLabel: {
      color: colours.faint,
      fontSize: 13,
      fontFamily: font,
      customValues: values,
      formatter: (value: number) => ratioText(2 ** value),
    },
  };
}

/** Phases, the limit, and the line at which both arms do the same; beneath everything else. */
function backdrop(chart: RatioPoints, span: TimeSpan, scale: RatioScale): object {
  const spans = phaseSpans(chart, { ...span, widthPx: size.width - margin.left - margin.right });
  return {
    type: 'line',
    data: [],
    silent: true,
    markArea: {
      label: { color: colours.faint, fontSize: 12, fontFamily: font, position: 'top', distance: 6 },
      data: spans.map(({ from, to, label }, i) => [
        {
          xAxis: from,
          name: label,
          itemStyle: { color: i % 2 === 0 ? colours.phase : colours.ground },
        },
        { xAxis: to },
      ]),
    },
    markLine: {
      symbol: 'none',
      label: { show: false },
      data: [
        ...scale.marks.map((mark) => ({
          yAxis: onScale(mark, scale),
          lineStyle: { color: colours.grid, type: 'solid', width: 1 },
        })),
        ...spans.slice(1).map(({ from }) => ({
          xAxis: from,
          lineStyle: { color: colours.same, type: [2, 3], width: 1 },
        })),
        { yAxis: onScale(1, scale), lineStyle: { color: colours.same, type: 'solid', width: 1.5 } },
        {
          yAxis: onScale(chart.limit, scale),
          lineStyle: { color: colours.limit, type: [7, 5], width: 2 },
        },
      ],
    },
  };
}

function band({ points, isProven }: BandStretch, scale: RatioScale): object {
  const edge = [
    ...points.map(({ at, upper }) => [at, onScale(upper ?? Infinity, scale)]),
    ...[...points].reverse().map(({ at, lower }) => [at, onScale(lower, scale)]),
  ];
  const renderItem: CustomSeriesRenderItem = (_, api) => ({
    type: 'polygon',
    shape: { points: edge.map((corner) => api.coord(corner)) },
    style: { fill: isProven ? colours.provenBand : colours.band },
  });
  return { type: 'custom', silent: true, clip: true, renderItem, data: [[0, 0]] };
}

function line({ points, limit }: RatioPoints, scale: RatioScale): object {
  const last = points.findLast(({ ratio }) => ratio !== null);
  const colour = (last?.lower ?? 0) > limit ? colours.proven : colours.ratio;
  return {
    type: 'line',
    showSymbol: false,
    connectNulls: false,
    lineStyle: { color: colours.ratio, width: 2.5 },
    data: points.map(({ at, ratio }) => [at, ratio === null ? null : onScale(ratio, scale)]),
    markPoint: {
      symbol: 'circle',
      symbolSize: 9,
      itemStyle: { color: colour },
      label: {
        position: 'right',
        distance: 8,
        color: colour,
        fontSize: 16,
        fontWeight: 'bold',
        fontFamily: font,
        formatter: ({ name }: { name: string }) => name,
      },
      data:
        last === undefined || last.ratio === null
          ? []
          : [{ name: ratioText(last.ratio), coord: [last.at, onScale(last.ratio, scale)] }],
    },
  };
}
