import { describe, expect, it, vi } from 'vitest';
import type { Deployments } from '../../../../src/lib/deployments/Deployments.js';
import { DeploymentsHook } from '../../../../src/lib/deployments/webhooks/DeploymentsHook.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { announcing, gateOf, Ground } from '../life/ground.js';
import { secret, signed as signedBy, signedAt, withHeaders } from './messages.js';

let now = signedAt;

async function hookOn(ground: Ground, room = ground.room, store: Pick<Store, 'outcome'> = ground.store) {
  return new DeploymentsHook({
    ...{ deployments: room, store, secret, realTime: { now: () => now } },
  });
}

const signed = (event: object | string, { at = now, key = secret } = {}) => signedBy(event, { at, key });

const started = (version: string) => ({ event: 'started', version, summary: 'Faster', link: 'https://ci/7' });

describe('/hooks/deployments', () => {
  it('takes a deployment from its beginning to its end', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    expect(await hook.take(signed(started('1.4.0')))).toMatchObject({
      status: 200,
      outcome: 'taken',
      body: { message: '1.4.0 is being deployed to production.' },
    });
    expect(ground.room.status()).toMatchObject({
      source: 'webhook',
      summary: 'Faster',
      link: 'https://ci/7',
    });
    now += 1_000;
    await hook.take(signed({ event: 'finished', version: '1.4.0' }));
    expect(ground.room.status()?.state).toBe('testing');
  });

  it('keeps a gate, and refuses what the gate refused, which people are told', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    const gate = { event: 'gate', version: '1.4.0', gate: gateOf('1.4.0', 'failed') };
    expect((await hook.take(signed(gate))).status).toBe(200);
    const answer = await hook.take(signed(started('1.4.0')));
    expect(answer).toMatchObject({ status: 409, outcome: 'refused', body: { code: 'GATE_FAILED' } });
    const titles = (await ground.notices()).map(({ title }) => title);
    expect(titles).toContain('1.4.0 was refused in production');
  });

  it('refuses the very same message a second time, from every process, and also where it changed nothing', async () => {
    const ground = await Ground.open();
    const [hook, other] = [await hookOn(ground), await hookOn(ground, await ground.process())];
    const message = signed(started('1.4.0'));
    await hook.take(message);
    expect(await other.take(message)).toMatchObject({ status: 409, outcome: 'replayed' });
    now += 1_000;
    const again = signed(started('1.4.0'));
    expect((await hook.take(again)).status).toBe(200);
    await ground.room.fail('production', { by: announcing('').by });
    expect(await other.take(again)).toMatchObject({ status: 409, outcome: 'replayed' });
    expect(ground.room.list().map(({ state }) => state)).toEqual(['failed']);
  });

  it('takes the same message once where it comes twice in one moment', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    const message = signed(started('1.4.0'));
    const answers = await Promise.all([hook.take(message), hook.take(message)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await ground.audited()).toEqual(['Start deployment 1.4.0 to production']);
  });

  it.each([
    ['without a signature', () => withHeaders('{}', {}), 'unsigned'],
    ['with another secret', () => signed(started('1.4.0'), { key: 'guessed' }), 'unsigned'],
    [
      'with another body',
      () => ({ ...signed(started('1.4.0')), body: new TextEncoder().encode('{}') }),
      'unsigned',
    ],
    ['signed six minutes ago', () => signed(started('1.4.0'), { at: now - 360_000 }), 'late'],
    ['signed in the future', () => signed(started('1.4.0'), { at: now + 360_000 }), 'late'],
  ])('refuses a message %s', async (_, message, outcome) => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    expect(await hook.take(message())).toMatchObject({ status: 401, outcome });
    expect(ground.room.list()).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['an unknown event', { event: 'exploded', version: '1' }, 'event'],
    ['no version', { event: 'started' }, 'version'],
    ['a version with spaces', { event: 'started', version: '1 4' }, 'cannot be a version'],
    ['a link to nowhere', { event: 'started', version: '1', link: 'javascript:alert(1)' }, 'link'],
    ['a gate of another version', { event: 'gate', version: '2', gate: gateOf('1', 'passed') }, 'not of 2'],
    [
      'a gate that contradicts itself',
      { event: 'gate', version: '1', gate: { ...gateOf('1', 'passed'), verdict: 'failed' } },
      'verdict',
    ],
  ])('answers 400 to %s, and says what is wrong', async (_, event, what) => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    const answer = await hook.take(signed(event));
    expect(answer).toMatchObject({ status: 400, outcome: 'malformed' });
    expect(answer.body.message).toContain(what);
  });

  it('asks for the message again where the store is away', async () => {
    const ground = await Ground.open();
    const away = { outcome: () => Promise.reject(new Unavailable('away', 'none')) };
    const hook = await hookOn(ground, ground.room, away);
    expect(await hook.take(signed(started('1.4.0')))).toMatchObject({ status: 503, outcome: 'unavailable' });
  });

  it('takes a message that the store did not take before, when it is sent again', async () => {
    const ground = await Ground.open();
    const outcome = vi
      .fn<Store['outcome']>()
      .mockRejectedValueOnce(new Unavailable('away', 'none'))
      .mockImplementation((op) => ground.store.outcome(op));
    const hook = await hookOn(ground, ground.room, { outcome });
    const message = signed(started('1.4.0'));
    expect(await hook.take(message)).toEqual({
      status: 503,
      outcome: 'unavailable',
      body: {
        ok: false,
        code: 'UNAVAILABLE',
        message: 'The state store did not take it. Send it again in a moment.',
      },
    });
    expect(await hook.take(message)).toMatchObject({ status: 200, outcome: 'taken', body: { ok: true } });
  });

  it('says that it took a gate only once the store has it', async () => {
    const ground = await Ground.open();
    const takeGate = () => Promise.reject(new Unavailable('away', 'unknown'));
    const hook = await hookOn(ground, Object.assign(Object.create(ground.room) as Deployments, { takeGate }));
    const gate = { event: 'gate', version: '1.4.0', gate: gateOf('1.4.0', 'passed') };
    expect((await hook.take(signed(gate))).status).toBe(503);
  });

  it('a message that was refused is refused as a replay the next time, and people are told once', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    await ground.room.start(announcing('1.3.0'));
    const message = signed(started('1.4.0'));
    const answer = await hook.take(message);
    expect(answer.body).toEqual({
      ok: false,
      code: 'DEPLOYMENT_UNDER_WAY',
      message: expect.stringContaining('1.3.0 is being deployed to production') as string,
      next: expect.stringContaining('/deploy finish') as string,
    });
    expect(await hook.take(message)).toMatchObject({
      status: 409,
      outcome: 'replayed',
      body: { ok: false, code: 'REPLAYED' },
    });
    const told = (await ground.notices()).filter(({ title }) => title.includes('refused'));
    expect(told.map(({ to }) => to)).toEqual(['operations', 'dev-team']);
  });

  it('a beginning that was signed before its end, and comes after it, changes nothing', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    const late = signed(started('1.4.0'), { at: now - 60_000 });
    await hook.take(signed({ event: 'failed', version: '1.4.0', summary: 'no disk' }));
    expect(await hook.take(late)).toMatchObject({ status: 200 });
    expect(ground.room.list()).toMatchObject([
      { state: 'failed', ended: { why: 'The deployment webhook: no disk' }, origin: { at: now } },
    ]);
  });

  it('what is a bug is nobody’s answer: it is thrown, for the log', async () => {
    const ground = await Ground.open();
    const start = () => Promise.reject(new TypeError('a bug'));
    const hook = await hookOn(ground, Object.assign(Object.create(ground.room) as Deployments, { start }));
    await expect(hook.take(signed(started('1.4.0')))).rejects.toThrow('a bug');
  });

  it.each([
    ['summary', 1_000, { event: 'started', version: '1.4.0' }],
    ['version', 64, { event: 'started' }],
    ['environment', 32, { event: 'started', version: '1.4.0' }],
  ])('takes a %s of %i characters, and none of one more', async (field, most, rest) => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    const taken = await hook.take(signed({ ...rest, [field]: 'x'.repeat(most) }));
    expect(taken.status).toBe(200);
    const answer = await hook.take(signed({ ...rest, [field]: 'x'.repeat(most + 1) }));
    expect(answer.body.message).toBe(
      `The event is not understood: ${field} has more than ${most.toLocaleString('en-US')} characters`,
    );
  });

  it('takes empty and absent words for the same', async () => {
    const ground = await Ground.open();
    const hook = await hookOn(ground);
    expect((await hook.take(signed({ ...started('1.4.0'), summary: '', link: null }))).status).toBe(200);
    expect(ground.room.status()).toMatchObject({ summary: '', link: null });
  });
});
