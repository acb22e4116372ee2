import { describe, expect, it } from 'vitest';
import { ada, grace, guildId } from '../flags/room.js';
import { asked, done, Ground, stepsOf } from './ground.js';

describe('an immediate rollback', () => {
  it('is one commit: the flag killed, the rollback, the audit and the first word to everybody', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting', 5_000);
    const had = ground.on('greeting');
    const before = ground.flags.flag('greeting');
    const head = (await ground.store.load()).head.seq;
    const rollback = await ground.now_('greeting');
    expect((await ground.store.load()).head.seq).toBe(head + 1);
    expect(ground.on('greeting')).toBe(0);
    expect(ground.flags.flag('greeting')).toMatchObject({
      killed: { by: ada.id, reason: 'it leaks' },
      basisPoints: 5_000,
    });
    expect(rollback).toMatchObject({
      state: 'running',
      affected: { guilds: had },
      isCounted: true,
      before: [before],
      offAt: ground.realNow,
      pressedAt: ground.realNow,
    });
    expect(rollback.sample).toHaveLength(had);
    expect(await ground.notices()).toMatchObject([
      { to: 'operations', title: 'ROLLBACK INITIATED: it leaks', pings: true },
      { to: 'dev-team', pings: false },
      { to: 'management', pings: false },
    ]);
    const [audit, flagsAudit] = (await ground.store.audit.read({ limit: 2 })).toReversed();
    expect(audit?.body).toMatchObject({
      kind: 'rollbacks',
      rollback: rollback.id,
      before: [{ key: 'greeting', killed: null }],
    });
    expect(flagsAudit?.body).toMatchObject({ kind: 'flags', by: { id: ada.id } });
  });

  it('of everything sets the switch, and leaves the flags’ own settings alone', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    await ground.serve('parting', 2_000);
    const rollback = await ground.now_(null);
    expect(ground.on('greeting') + ground.on('parting')).toBe(0);
    expect(ground.flags.flag('greeting').killed).toBeNull();
    expect(ground.flags.switchedOff()).toMatchObject({ by: ada.id });
    expect(rollback).toMatchObject({ flag: null, before: [], affected: { guilds: 40 } });
    expect((await ground.rollbacks.now(asked(null))).status).toBe('unchanged');
    await ground.do({ do: 'unkill-all' });
    await ground.until(({ state }) => state === 'completed');
    expect((await ground.rollbacks.now(asked(null))).status).toBe('done');
  });

  it('runs its steps in order, each begun and ended in the document, and ends with proof and receipt', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    await ground.rollbacks.now(asked('greeting', { withDatabase: true }));
    const end = await ground.until(({ state }) => state === 'completed');
    expect(ground.ran).toEqual(['snapshot', 'database', 'bring-up', 'hand-over', 'take-down']);
    expect(stepsOf(end)).toBe(
      'flags done, snapshot done, database done, bring-up done, hand-over done, take-down done, proof done',
    );
    expect(end.steps.every(({ startedAt, endedAt }) => startedAt !== null && endedAt !== null)).toBe(true);
    expect(end.steps[1]).toMatchObject({ detail: 'snapshot is done', facts: { step: 'snapshot' } });
    expect(end).toMatchObject({
      receipt: `digest-of-${end.id}`,
      proof: { verdict: 'proven', isFinal: true },
    });
    expect((await ground.notices()).slice(3)).toMatchObject([
      { to: 'operations', file: `receipt-${end.id}.json` },
      { to: 'dev-team', file: `receipt-${end.id}.json` },
      { to: 'management', file: `receipt-${end.id}.json` },
    ]);
    const [last] = await ground.store.audit.read({ limit: 1 });
    expect(last?.body).toMatchObject({ kind: 'rollbacks', receipt: end.receipt, proof: 'proven' });
    const { v } = end;
    for (let turn = 0; turn < 3; turn++) await ground.turn();
    expect(ground.rollbacks.status(end.id).v).toBe(v);
  });

  it('skips at once what nobody asked for, and says why', async () => {
    const ground = await Ground.open({ works: [] });
    await ground.serve('greeting');
    const rollback = await ground.now_('greeting');
    expect(stepsOf(rollback)).toBe(
      'flags done, snapshot skipped, database skipped, bring-up skipped, hand-over skipped, take-down skipped, proof waiting',
    );
    expect(rollback.steps[2]?.detail).toBe('Nothing is configured for it.');
  });

  it('that cannot bring the previous version up leaves traffic and the new version alone, and pings on-call', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.fates.set('bring-up', () => Promise.reject(new Error('the image is gone')));
    await ground.now_('greeting');
    const end = await ground.until(({ state }) => state === 'completed');
    expect(ground.ran).toEqual(['snapshot', 'bring-up']);
    expect(stepsOf(end)).toBe(
      'flags done, snapshot done, database skipped, bring-up failed, hand-over skipped, take-down skipped, proof done',
    );
    expect(end.steps.find(({ name }) => name === 'take-down')?.detail).toContain('was not taken down');
    const failed = (await ground.notices()).find(({ title }) => title.includes('a step failed'));
    expect(failed).toMatchObject({ to: 'operations', pings: true });
    expect(ground.warnings).toEqual(['The step "bring-up" of a rollback failed.']);
  });

  it('goes on where any other step fails, but takes nothing down after a handover that failed', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.fates.set('snapshot', () => Promise.reject(new Error('the disk is full')));
    ground.fates.set('hand-over', () => Promise.reject(new Error('403')));
    await ground.now_('greeting');
    const end = await ground.until(({ state }) => state === 'completed');
    expect(stepsOf(end)).toBe(
      'flags done, snapshot failed, database skipped, bring-up done, hand-over failed, take-down skipped, proof done',
    );
    expect(end.steps[1]?.detail).toBe('It failed: the disk is full');
  });

  it('gives a step up at its deadline', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.fates.set('bring-up', () => new Promise(() => undefined));
    await ground.now_('greeting');
    const end = await ground.until(({ state }) => state === 'completed', { stepMs: 10_000 });
    expect(end.steps.find(({ name }) => name === 'bring-up')).toMatchObject({
      state: 'failed',
      detail: 'It took longer than 60 s, and was given up.',
    });
  });

  it('shows how far a step is, and writes it at most every two seconds', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    let finish: (detail: string) => void = () => undefined;
    ground.fates.set('snapshot', () => new Promise((resolve) => (finish = resolve)));
    await ground.now_('greeting');
    const shown = await ground.until(({ steps }) => steps[1]?.detail === 'snapshot is under way');
    const { v } = shown;
    await ground.turn();
    expect(ground.rollbacks.status(shown.id).v).toBe(v);
    finish('kept');
    const next = await ground.until(({ steps }) => steps[1]?.state === 'done');
    expect(next.steps[1]?.detail).toBe('kept');
  });

  it('is complete after five minutes although not everything is known, and tells again when it is', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.proof = () => Promise.resolve(ground.proofOf('unknown', false, 'Not enough data yet.'));
    await ground.now_('greeting');
    const complete = await ground.until(({ state }) => state === 'completed', { stepMs: 5_000 });
    expect(complete).toMatchObject({ receipt: null, proof: { verdict: 'unknown', isFinal: false } });
    expect(complete.endedAt! - complete.pressedAt).toBeGreaterThanOrEqual(5 * 60_000);
    const told = (await ground.notices()).length;
    ground.proof = () => Promise.resolve(ground.proofOf('proven', true));
    const end = await ground.until(({ receipt }) => receipt !== null, { stepMs: 5_000 });
    expect(end).toMatchObject({ endedAt: complete.endedAt, proof: { verdict: 'proven' } });
    expect((await ground.notices()).slice(told)).toMatchObject([
      { to: 'operations', title: 'The rollback of greeting is proven' },
      { to: 'dev-team' },
      { to: 'management' },
    ]);
  });

  it('writes the proof down only where it says something new', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.proof = () => Promise.resolve(ground.proofOf('unknown', false));
    await ground.now_('greeting');
    const { v } = await ground.until(({ proof }) => proof !== null);
    const asks = ground.proofsAsked;
    for (let turn = 0; turn < 60; turn++) {
      ground.pass(1_000);
      await ground.turn();
    }
    expect(ground.proofsAsked).toBe(asks + 2);
    expect(ground.rollbacks.list()[0]?.v).toBe(v);
  });
});

describe('what it is refused for', () => {
  it('an unknown flag, an archived one, a missing reason', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    await expect(ground.rollbacks.now(asked('greting'))).rejects.toThrow('No flag is called "greting"');
    await expect(ground.rollbacks.now(asked('greeting', { reason: ' ' }))).rejects.toThrow('needs a reason');
    await expect(ground.rollbacks.now(asked('greeting', { reason: 'x'.repeat(501) }))).rejects.toThrow('500');
    await ground.do({ do: 'archive', flag: 'greeting' });
    await expect(ground.rollbacks.now(asked('greeting'))).rejects.toThrow('is archived');
    expect(ground.flags.explain('greeting', guildId(1))[1]?.answer).toBe('off');
  });

  it('a flag that is rolled back already is left so, and says by whom; unkilled, it can be rolled back again', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const first = await ground.now_('greeting');
    const during = await ground.rollbacks.now(asked('greeting', { by: grace }));
    expect(during).toMatchObject({ status: 'unchanged', rollback: { id: first.id } });
    await ground.until(({ state }) => state === 'completed');
    const after = await ground.rollbacks.now(asked('greeting', { by: grace }));
    expect(after).toMatchObject({
      status: 'unchanged',
      why: 'greeting is rolled back already, by Ada, and still off.',
    });
    await ground.do({ do: 'unkill', flag: 'greeting' });
    expect(done(await ground.rollbacks.now(asked('greeting'))).id).not.toBe(first.id);
  });

  it('one that was turned on again and killed by hand since is rolled back anew', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const first = await ground.now_('greeting');
    await ground.until(({ state }) => state === 'completed');
    ground.pass(1_000);
    await ground.do({ do: 'unkill', flag: 'greeting' });
    await ground.do({ do: 'kill', flag: 'greeting' });
    expect((await ground.now_('greeting')).id).not.toBe(first.id);
  });

  it('a flag that somebody killed by hand can still be rolled back: driver and proof follow', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    await ground.do({ do: 'kill', flag: 'greeting' });
    await ground.now_('greeting');
    expect((await ground.until(({ state }) => state === 'completed')).proof?.verdict).toBe('proven');
    expect((await ground.rollbacks.now(asked('greeting'))).status).toBe('unchanged');
  });

  it('two who press at once make one rollback; the other hears who was first', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const other = await ground.otherProcess();
    const [one, two] = await Promise.all([
      ground.rollbacks.now(asked('greeting')),
      other.now(asked('greeting', { by: grace })),
    ]);
    const statuses = [one.status, two.status].sort();
    expect(statuses).toEqual(['done', 'unchanged']);
    expect(ground.rollbacks.list()).toHaveLength(1);
    const late = one.status === 'unchanged' ? one : two;
    expect(late.status === 'unchanged' && late.why).toMatch(/(Ada|Grace) asked for it first/);
    expect((await ground.notices()).filter(({ pings }) => pings)).toHaveLength(1);
  });

  it('a process that has not heard of the first press yet learns of it from the store', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const deaf = await ground.otherProcess(true);
    const first = await ground.now_('greeting');
    const second = await deaf.now(asked('greeting', { by: grace }));
    expect(second).toMatchObject({ status: 'unchanged', rollback: { id: first.id } });
    expect((await ground.store.load()).documents.rollbacks.size).toBe(1);
  });

  it('what would be done is said before, and nothing is done', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const head = (await ground.store.load()).head.seq;
    const proposal = await ground.rollbacks.propose(asked('greeting'), 'immediate');
    expect(proposal).toMatchObject({ flag: 'greeting', guilds: 40, batches: null, rollouts: [] });
    expect(proposal.steps).toEqual([
      'Turned off: greeting is off at once, in 40 guilds that have it.',
      'Snapshot of the state: would snapshot',
      "Backup of the host's database: Nobody asked for it.",
      'Previous version brought up: would bring-up',
      'Handed over to it: would hand-over',
      'New version taken down: would take-down',
      'Proof: read back from every process, with a receipt.',
    ]);
    expect((await ground.store.load()).head.seq).toBe(head);
    await ground.now_('greeting');
    await expect(ground.rollbacks.propose(asked('greeting'), 'immediate')).rejects.toThrow('already');
  });
});
