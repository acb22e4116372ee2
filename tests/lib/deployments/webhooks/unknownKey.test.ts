import { describe, expect, it } from 'vitest';
import { DeploymentsHook } from '../../../../src/lib/deployments/webhooks/DeploymentsHook.js';
import { gateOf, Ground } from '../life/ground.js';
import { secret, signed, signedAt } from './messages.js';

const hookOn = ({ room: deployments, store }: Ground) =>
  new DeploymentsHook({ deployments, store, secret, realTime: { now: () => signedAt } });

describe('an event for /hooks/deployments', () => {
  it.each([
    [{ event: 'started', version: '1', sumary: 'Faster' }, '"sumary"', 'Did you mean "summary"?'],
    [
      { event: 'finished', version: '1', Environment: 'staging' },
      '"Environment"',
      'Did you mean "environment"?',
    ],
    [
      { event: 'failed', version: '1', reason: 'no disk' },
      '"reason"',
      'It knows event, version, environment, summary, link.',
    ],
    [
      { event: 'gate', version: '1', gates: {}, gate: gateOf('1', 'passed') },
      '"gates"',
      'Did you mean "gate"?',
    ],
    [{ event: 'metrics', metric: { 'test-coverage': 81 } }, '"metric"', 'Did you mean "metrics"?'],
    [
      { event: 'gate', version: '1', gate: { ...gateOf('1', 'passed'), host: 'ci-7' } },
      'gate has a key "host"',
      'A key of a later version needs the bot of that version.',
    ],
  ])(
    'refuses a key that it does not know, and names the one that was meant: %j',
    async (event, key, next) => {
      const ground = await Ground.open();
      const hook = hookOn(ground);
      const answer = await hook.take(signed(event));
      expect(answer).toMatchObject({
        status: 400,
        outcome: 'malformed',
        body: { ok: false, code: 'MALFORMED' },
      });
      expect(answer.body.message).toContain(key);
      expect(answer.body.next).toContain(next);
      expect(ground.room.list()).toEqual([]);
    },
  );

  it('never reads what begins with x-', async () => {
    const ground = await Ground.open();
    const hook = hookOn(ground);
    const answer = await hook.take(signed({ event: 'started', version: '1.4.0', 'x-pipeline': { run: 7 } }));
    expect(answer.status).toBe(200);
  });
});
