/** Panels, two in a row, described for ECharts. */
import type { EChartsCoreOption } from 'echarts/core';
import { colours, font } from './colours.js';
import type { Panel } from './Panels.js';

const width = 760;
const rowHeight = 190;
const inner = { left: 52, right: 26, top: 40, bottom: 30 } as const;
const columns = 2;
const dayMs = 86_400_000;

export function panelsSize(panels: readonly Panel[]): { readonly width: number; readonly height: number } {
  return { width, height: rowHeight * Math.max(1, Math.ceil(panels.length / columns)) };
}

export function panelsOption(panels: readonly Panel[]): EChartsCoreOption {
  const places = panels.map((_, at) => placeOf(at, panels.length));
  return {
    animation: false,
    useUTC: true,
    backgroundColor: colours.ground,
    textStyle: { fontFamily: font, color: colours.text },
    title: panels.flatMap((panel, at) => titles(panel, places[at]!)),
    grid: places.map(({ left, top, width: across }) => ({
      left: left + inner.left,
      top: top + inner.top,
      width: across - inner.left - inner.right,
      height: rowHeight - inner.top - inner.bottom,
      containLabel: false,
    })),
    xAxis: panels.map((panel, at) => timeAxis(panel, at)),
    yAxis: panels.map((panel, at) => valueAxis(panel, at)),
    series: panels.map((panel, at) => line(panel, at)),
  };
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The last of an odd number has the row to itself. */
function placeOf(at: number, count: number): Place {
  const isAlone = at === count - 1 && count % columns === 1;
  const across = isAlone ? width : width / columns;
  return { left: (at % columns) * across, top: Math.floor(at / columns) * rowHeight, width: across };
}

function titles({ title, points, limit, usual }: Panel, { left, top, width: across }: Place): object[] {
  const known = points.some(([, value]) => value !== null);
  const text = (
    said: string,
    x: number,
    y: number,
    color: string,
    fontSize: number,
    fontWeight: string,
  ): object => ({
    text: said,
    left: x,
    top: y,
    padding: 0,
    textStyle: { color, fontSize, fontWeight, fontFamily: font },
  });
  return [
    text(title, left + 14, top + 12, colours.text, 15, 'bold'),
    ...(usual === undefined
      ? []
      : [text('╍ usual', left + across - 140, top + 14, colours.same, 12, 'normal')]),
    ...(limit === undefined
      ? []
      : [text('╍ limit', left + across - 76, top + 14, colours.limit, 12, 'normal')]),
    ...(known
      ? []
      : [text('Not measured', left + across / 2 - 45, top + rowHeight / 2 - 8, colours.faint, 15, 'normal')]),
  ];
}

const marks = 4;

function timeAxis({ points }: Panel, gridIndex: number): object {
  const times = points.map(([at]) => at);
  const from = times.length === 0 ? 0 : Math.min(...times);
  const to = Math.max(from + 60_000, times.length === 0 ? 0 : Math.max(...times));
  const isDays = to - from > 3 * dayMs;
  const step = isDays ? dayMs : 60_000;
  const values = Array.from(
    { length: marks },
    (_, at) => from + Math.floor(((at / (marks - 1)) * (to - from)) / step) * step,
  );
  return {
    type: 'time',
    gridIndex,
    min: from,
    max: to,
    axisLine: { onZero: false, lineStyle: { color: colours.grid } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      show: times.length > 0,
      color: colours.faint,
      fontSize: 12,
      fontFamily: font,
      hideOverlap: true,
      customValues: values,
      formatter: isDays ? '{MMM} {d}' : (at: number) => `${clock(at)}${at === from ? ' UTC' : ''}`,
    },
  };
}

const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** From nothing, so that a tenth more looks like a tenth more. */
function valueAxis({ points, limit, usual }: Panel, gridIndex: number): object {
  const values = [...points.flatMap(([, value]) => value ?? []), limit ?? 0, usual ?? 0];
  const top = Math.max(...values);
  return {
    type: 'value',
    gridIndex,
    min: 0,
    max: top > 0 ? top * 1.1 : 1,
    splitNumber: 3,
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.grid, width: 1 } },
    axisLabel: {
      show: points.length > 0,
      color: colours.faint,
      fontSize: 12,
      fontFamily: font,
      showMaxLabel: false,
      formatter: (value: number) => Number(value.toPrecision(3)).toLocaleString('en-US'),
    },
  };
}

function line({ points, limit, usual, isBad = false }: Panel, at: number): object {
  const color = isBad ? colours.proven : colours.ratio;
  const mark = (value: number | undefined, color: string): object[] =>
    value === undefined ? [] : [{ yAxis: value, lineStyle: { color, type: [7, 5], width: 1.5 } }];
  return {
    type: 'line',
    xAxisIndex: at,
    yAxisIndex: at,
    silent: true,
    connectNulls: false,
    // A single day between two that are not known would be no line.
    showSymbol: points.length < 40,
    symbol: 'circle',
    symbolSize: 4,
    itemStyle: { color },
    lineStyle: { color, width: 2 },
    data: points.map(([time, value]) => [time, value]),
    markLine: {
      symbol: 'none',
      label: { show: false },
      data: [...mark(limit, colours.limit), ...mark(usual, colours.same)],
    },
  };
}
