import { expect, test } from 'vitest';
import { drawingTools } from '../../../src/lib/chart/drawingTools.js';
import { drawPanels } from '../../../src/lib/chart/drawPanels.js';
import { panelsOption, panelsSize } from '../../../src/lib/chart/panelsOption.js';

const day = 86_400_000;
const begin = Date.UTC(2026, 4, 1);
const errors = {
  title: 'Errors, %',
  limit: 1.5,
  usual: 1,
  points: Array.from({ length: 30 }, (_, at) => [begin + at * day, at === 7 ? null : 1 + at / 60] as const),
};
const unknown = { title: 'Memory, MiB', points: [] };

test('it is a PNG, a row for every two, and the same points draw the same picture', async () => {
  const [first, second] = await Promise.all([
    drawPanels([errors, unknown, errors]),
    drawPanels([errors, unknown, errors]),
  ]);
  expect(first.subarray(1, 4).toString()).toBe('PNG');
  expect([first.readUInt32BE(16), first.readUInt32BE(20)]).toEqual([1520, 760]);
  expect(first.equals(second)).toBe(true);
});

test('what was not measured is said, and no line is drawn over the gap', async () => {
  const svg = (await drawingTools()).toSvg(panelsOption([errors, unknown]), panelsSize([errors, unknown]));
  expect(svg).toContain('Not measured');
  expect(svg).toContain('Errors, %');
  const lines = [...svg.matchAll(/<path d="(M[^"]*)"[^>]*stroke="#7cb7ff"/g)].map(([, path]) => path ?? '');
  expect(lines.some((path) => (path.match(/M/g) ?? []).length === 2)).toBe(true);
});

test('what lies across is named where there is such a line, and what is not well is red', async () => {
  const svg = async (panel: typeof errors | typeof plain) =>
    (await drawingTools()).toSvg(panelsOption([panel]), panelsSize([panel]));
  const plain = { title: 'Errors, %', points: errors.points, isBad: true };
  expect(await svg(errors)).toContain('╍ limit');
  expect(await svg(errors)).toContain('╍ usual');
  expect(await svg(plain)).not.toContain('╍');
  expect(await svg(plain)).toContain('stroke="#ff6b6b"');
  expect(await svg(errors)).not.toContain('stroke="#ff6b6b"');
});
