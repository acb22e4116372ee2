import { describe, expect, it, vi } from 'vitest';
import { DeploymentsHook } from '../../../../src/lib/deployments/webhooks/DeploymentsHook.js';
import type { TakeMetrics } from '../../../../src/lib/deployments/webhooks/HooksRoom.js';
import { BadMetrics } from '../../../../src/lib/scorecard/engineering/readPush.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { Ground } from '../life/ground.js';
import { secret, signed, signedAt } from './messages.js';

describe('figures that are pushed to /hooks/deployments', () => {
  const figures = { event: 'metrics', metrics: { 'test-coverage': 81 } };

  async function pushing(takeMetrics?: TakeMetrics) {
    const ground = await Ground.open();
    const { store, room: deployments } = ground;
    return new DeploymentsHook({
      deployments,
      store,
      secret,
      realTime: { now: () => signedAt },
      ...(takeMetrics && { takeMetrics }),
    });
  }

  it('are handed over as they came, under an id of their own', async () => {
    const takeMetrics = vi.fn<TakeMetrics>().mockResolvedValue('Taken in: test-coverage.');
    const hook = await pushing(takeMetrics);
    const answer = await hook.take(signed(figures));
    expect(answer).toMatchObject({ status: 200, body: { ok: true, message: 'Taken in: test-coverage.' } });
    expect(takeMetrics.mock.calls).toEqual([[figures, expect.stringMatching(/^hook\.[0-9a-f]{64}$/)]]);
  });

  it.each([
    ['that are none', new BadMetrics('no such figure'), 400, 'malformed'],
    ['while the store is away', new Unavailable('away', 'none'), 503, 'unavailable'],
  ])('are refused %s', async (_, error, status, outcome) => {
    const hook = await pushing(() => Promise.reject(error));
    expect(await hook.take(signed(figures))).toMatchObject({ status, outcome, body: { ok: false } });
  });

  it('are refused where nobody takes them', async () => {
    const hook = await pushing();
    expect(await hook.take(signed(figures))).toMatchObject({ status: 400, outcome: 'malformed' });
  });
});
