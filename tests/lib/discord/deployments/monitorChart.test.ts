import { describe, expect, it, vi } from 'vitest';
import { monitorChart, panelsOf, verdictOf } from '../../../../src/lib/discord/deployments/monitorChart.js';
import * as drawing from '../../../../src/lib/chart/drawPanels.js';
import { ChartUnavailable } from '../../../../src/lib/chart/errors.js';
import { deployment, watched } from './deploymentFixture.js';

const debug = vi.fn();
const house = () => ({ logger: { debug } as never });
const healthy = watched.readings.map((reading) => ({ ...reading, verdict: 'healthy' as const }));

describe('the picture of what the monitor saw', () => {
  it('is a PNG whose description is the verdict', async () => {
    const file = await monitorChart(house(), deployment({ monitor: watched }));
    expect(file?.data.subarray(1, 4).toString()).toBe('PNG');
    expect(file?.description).toBe(
      'Breach: Errors. Not known: Memory. Healthy: 0 of 2 checks. ' +
        'Errors and response times of 1.4.0 in production, 3 looks so far.',
    );
  });

  it('draws percent and milliseconds against what is usual and too much, and gaps as gaps', () => {
    const [errors, times] = panelsOf({
      ...watched,
      readings: watched.readings.map((reading) => ({
        ...reading,
        limit: reading.baseline === null ? null : 0.012,
      })),
    });
    expect(errors).toMatchObject({ usual: 1, limit: 1.2, isBad: true });
    expect(errors?.points.map(([, value]) => value)).toEqual([1, null, 4]);
    expect(times).toMatchObject({ isBad: false });
    expect(times).not.toHaveProperty('limit');
    expect(times?.points.map(([, value]) => value)).toEqual([120, null, 240]);
  });

  it('is not drawn before there are two looks, nor drawn anew while nothing is new', async () => {
    const draw = vi.spyOn(drawing, 'drawPanels');
    const one = house();
    const [first] = watched.series;
    if (first === undefined) throw new Error('Bad fixture.');
    expect(await monitorChart(one, deployment({ monitor: { ...watched, series: [first] } }))).toBeUndefined();
    const drawn = await monitorChart(one, deployment({ monitor: watched }));
    const again = await monitorChart(one, deployment({ monitor: watched }));
    expect(again?.data).toBe(drawn?.data);
    expect(draw).toHaveBeenCalledTimes(1);
    const more = { ...watched, series: [...watched.series, [watched.nextAt, 0.05, 300] as const] };
    expect((await monitorChart(one, deployment({ monitor: more })))?.data).not.toBe(drawn?.data);
    draw.mockRestore();
  });

  it('that cannot be drawn on this machine costs only itself', async () => {
    const draw = vi
      .spyOn(drawing, 'drawPanels')
      .mockRejectedValue(new ChartUnavailable(new Error('no resvg')));
    expect(await monitorChart(house(), deployment({ monitor: watched }))).toBeUndefined();
    expect(debug).toHaveBeenCalled();
    draw.mockRestore();
  });
});

it('all is well only where every check is', () => {
  expect(verdictOf({ readings: healthy })).toBe('All 2 checks are healthy.');
  expect(verdictOf({ readings: [] })).toBe('Healthy: 0 of 0 checks.');
});
