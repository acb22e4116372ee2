import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawRatioChart } from '../../../src/lib/chart/drawRatioChart.js';
import { drawingTools } from '../../../src/lib/chart/drawingTools.js';
import { ratioOption, size } from '../../../src/lib/chart/ratioOption.js';
import type { RatioPoints } from '../../../src/lib/chart/RatioPoints.js';

const hour = 3_600_000;
const begin = Date.UTC(2026, 4, 1);

function chart(lowerAtEnd: number): RatioPoints {
  return {
    limit: 1.2,
    phases: [
      { at: begin, name: 'beta_guilds' },
      { at: begin + 48 * hour, name: 'gradual_rollout 10 %' },
    ],
    points: Array.from({ length: 96 }, (_, i) => ({
      at: begin + i * hour,
      ratio: 1 + i / 96,
      lower: (lowerAtEnd * i) / 95,
      upper: 4 - i / 48,
    })),
  };
}

async function svgOf(points: RatioPoints): Promise<string> {
  return (await drawingTools()).toSvg(ratioOption(points), size);
}

test('it is a PNG of the promised size, and the same points draw the same picture', async () => {
  const [first, second] = await Promise.all([drawRatioChart(chart(1)), drawRatioChart(chart(1))]);
  expect(first.subarray(1, 4).toString()).toBe('PNG');
  expect([first.readUInt32BE(16), first.readUInt32BE(20)]).toEqual([1520, 760]);
  expect(first.length).toBeLessThan(200_000);
  expect(first.equals(second)).toBe(true);
});

test('phases, the ratio at the end, the limit and the days can be read off it', async () => {
  const svg = await svgOf(chart(1));
  for (const text of ['beta_guilds', 'gradual_rollout 10 %', '1.99x', 'limit 1.2x', 'May 2', 'UTC'])
    expect(svg).toContain(text);
});

test('the band turns red where the limit is surely exceeded, and only there', async () => {
  expect(await svgOf(chart(1))).not.toContain('rgb(255,90,90)');
  expect(await svgOf(chart(1.5))).toContain('rgb(255,90,90)');
});

test('letters are drawn from the font that comes with the package, and the ground is dark and solid', async () => {
  const tools = await drawingTools();
  const draw = async (text: string) =>
    pixels(
      await tools.toPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text y="15" fill="#fff">${text}</text></svg>`,
        1,
      ),
    );
  const [empty, written] = await Promise.all([draw(''), draw('rollout')]);
  expect(new Set(empty.map(([r, g, b, a]) => `${r},${g},${b},${a}`))).toEqual(new Set(['30,31,34,255']));
  expect(written.filter(([r]) => (r ?? 0) > 120).length).toBeGreaterThan(50);
});

test.each([
  ['nothing at all', { points: [], phases: [], limit: 1.2 }],
  ['one phase that just began', { points: [], phases: [{ at: begin, name: 'a' }], limit: 1.2 }],
  ['one point', { points: [{ at: begin, ratio: null, lower: 0, upper: null }], phases: [], limit: 1.2 }],
])('%s is drawn as "nothing to compare yet"', async (_, points) => {
  expect(await svgOf(points)).toContain('Nothing to compare yet');
  expect((await drawRatioChart(points)).length).toBeGreaterThan(1_000);
});

/** RGBA of every pixel of a PNG whose rows are 8 bits a channel. */
function pixels(png: Buffer): number[][] {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const row = png.readUInt32BE(16) * 4;
  const result: number[][] = [];
  let above: Buffer = Buffer.alloc(row);
  for (let start = 0; start < raw.length; start += row + 1) {
    const line = unfiltered(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + row), above);
    for (let x = 0; x < row; x += 4) result.push([...line.subarray(x, x + 4)]);
    above = line;
  }
  return result;
}

/** PNG specification, section 9: the filters of a row. */
function unfiltered(filter: number, row: Buffer, above: Buffer): Buffer {
  const line = Buffer.from(row);
  for (let x = 0; x < line.length; x++) {
    const left = x < 4 ? 0 : (line[x - 4] ?? 0);
    const up = above[x] ?? 0;
    const corner = x < 4 ? 0 : (above[x - 4] ?? 0);
    const guess = left + up - corner;
    const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
    const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
    line[x] = (line[x] ?? 0) + ([0, left, up, (left + up) >> 1, paeth][filter] ?? 0);
  }
  return line;
}
