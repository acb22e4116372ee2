import { expect, it } from 'vitest';
import { scorecardPanels } from '../../../../src/lib/discord/scorecard/scorecardChart.js';

const day = 86_400_000;
const daily = (usual: number | null) => ({ points: [[0, 0.02] as const, [day, null] as const], usual });
const all = (usual: number | null) => ({
  ...{ errors: daily(usual), responseTimes: daily(usual), memory: daily(usual), store: daily(usual) },
});

it('every panel has its baseline and its target, in the unit of its line', () => {
  const [errors, , memory] = scorecardPanels(all(0.02));
  expect(errors).toMatchObject({
    usual: 2,
    points: [
      [0, 2],
      [day, null],
    ],
  });
  expect(errors?.limit).toBeCloseTo(2.02);
  expect(memory?.limit).toBeCloseTo(0.024);
});

it('without a baseline there is nothing to draw across', () => {
  for (const panel of scorecardPanels(all(null))) expect(panel).not.toHaveProperty('limit');
});
